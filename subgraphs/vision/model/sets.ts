import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { csvRows, type DataSets, type Row } from '@shop/kit/learn/data'

/** A photograph, and the place of its class among the set's. */
export interface Photo {
  readonly file: string
  readonly label: number
}

export interface PhotoSet {
  readonly name: string
  readonly classes: readonly string[]
  readonly train: readonly Photo[]
  readonly scored: readonly Photo[]
}

export interface GrocerySet extends PhotoSet {
  /** One picture a class, as a catalogue has it. */
  readonly catalogue: readonly Photo[]
  /** By class, the place of the kind that it is of: apple for Golden-Delicious. */
  readonly kinds: readonly number[]
}

/** Photographs of clothes by people who own them, 10 classes (Grigorev, 2020; CC0). */
export function clothingSet(data: DataSets): PhotoSet {
  const name = 'images-clothing'
  const folder = path.dirname(data.file(`${name}/manifest`))
  const rows = csvRows(data.file(`${name}/manifest`))
  const classes = [...new Set(rows.map((row) => row.class ?? ''))].sort()
  const labelOf = (row: Row) => classes.indexOf(row.class ?? classNameIn(row))
  return { name, classes, ...splits({ data, name, folder, rows, labelOf }) }
}

/** Photographs in shops, 81 classes, and a picture of each (Klasson et al., 2019; MIT). */
export function grocerySet(data: DataSets): GrocerySet {
  const name = 'images-grocery'
  const listed = csvRows(data.file(`${name}/classes`))
  const folder = path.dirname(data.file(`${name}/classes`))
  const classes = listed.map((row) => row['Class Name (str)'] ?? '')
  const labelOf = (row: Row) => (row.fine ? Number(row.fine) : classes.indexOf(classNameIn(row)))
  const rows = csvRows(data.file(`${name}/manifest`))
  return {
    name,
    classes,
    ...splits({ data, name, folder, rows, labelOf }),
    catalogue: listed.map((row, label) => ({
      file: path.join(folder, row['Iconic Image Path (str)'] ?? ''),
      label,
    })),
    kinds: listed.map((row) => Number(row['Coarse Class ID (int)'])),
  }
}

/** The folder that a photograph lies in is called as its class is. */
const classNameIn = (row: Row) => path.basename(path.dirname(row.path ?? ''))

interface Listed {
  data: DataSets
  name: string
  folder: string
  rows: readonly Row[]
  labelOf: (row: Row) => number
}

function splits({ data, name, folder, rows, labelOf }: Listed) {
  const photosOf = (base: string, of: readonly Row[]): Photo[] =>
    of.map((row) => ({ file: path.join(base, row.path ?? ''), label: labelOf(row) }))
  const scored = data.scoredFolder(name)
  const kept = scored === folder ? rows.filter(({ split }) => split !== 'train') : heldRows(scored)
  const photos = photosOf(scored, kept)
  const odd = photos.find(({ label }) => !(label >= 0))
  if (photos.length === 0) throw new Error(`There is nothing to score in ${scored}.`)
  if (odd) throw new Error(`${odd.file} is of a class that the set does not have.`)
  return {
    train: photosOf(
      folder,
      rows.filter(({ split }) => split === 'train'),
    ),
    scored: photos,
  }
}

/** A list of them, `manifest_test.csv` or the set's own with `test` rows, or all below `test/`. */
function heldRows(folder: string): Row[] {
  const list = ['manifest_test.csv', 'manifest.csv'].map((file) => path.join(folder, file))
  const found = list.find((file) => existsSync(file))
  const rows = found ? csvRows(found).filter(({ split = 'test' }) => split === 'test') : []
  if (rows.length > 0) return rows
  const test = path.join(folder, 'test')
  if (!existsSync(test)) return []
  return readdirSync(test, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(jpe?g|png)$/i.test(file))
    .sort()
    .map((file) => ({ path: path.join('test', file) }))
}
