import { chanceOf, hashOf } from './chance.ts'
import { departments, type Place, places } from './departments/all.ts'
import type { AttributeSpec, Comes } from './departments/spec.ts'
import { idAt } from './ids.ts'
import {
  type AttributeDefinition,
  type Category,
  type Named,
  type Options,
  openedAt,
  slugOf,
} from './shop.ts'

/** The tree, parents before their children. */
export function* categories(options: Options): Generator<Category> {
  const id = (slug: string) => categoryId(options, slug)
  for (const [position, { name, groups }] of departments.entries()) {
    const root = slugOf(name)
    yield { id: id(root), slug: root, name, parentId: null, level: 1, position, attributes: [] }
    for (const [place, [group, leaves]] of Object.entries(groups).entries()) {
      const slug = `${root}-${slugOf(group)}`
      yield {
        id: id(slug),
        slug,
        name: group,
        parentId: id(root),
        level: 2,
        position: place,
        attributes: [],
      }
      for (const [index, leaf] of leaves.entries()) {
        const own = `${slug}-${slugOf(leaf.name)}`
        const attributes = [...definitions(leaf.attributes), ...ofVariants(leaf.comes)]
        yield {
          id: id(own),
          slug: own,
          name: leaf.name,
          parentId: id(slug),
          level: 3,
          position: index,
          attributes,
        }
      }
    }
  }
}

/** Of the departments that are taxed as food is. */
export const foodCategoryIds = (options: Options): string[] =>
  departments
    .filter(({ reducedTax }) => reducedTax)
    .map(({ name }) => categoryId(options, slugOf(name)))

/** The slug of each place, in their order. */
export const leafSlugs = places.map(leafSlug)

function leafSlug({ department, group, leaf }: Place) {
  return `${slugOf(department.name)}-${slugOf(group)}-${slugOf(leaf.name)}`
}

export function categoryId({ seed, ...options }: Options, slug: string): string {
  return idAt('category', hashOf(slug), { seed, ms: openedAt(options) })
}

function definitions(specs: Readonly<Record<string, AttributeSpec>>): AttributeDefinition[] {
  return Object.entries(specs).map(([name, spec]) => ({
    key: slugOf(name),
    name,
    type: spec.type,
    unit: spec.type === 'number' ? spec.unit : null,
    options: spec.type === 'enum' ? spec.options : [],
    ofVariants: false,
  }))
}

function ofVariants(comes: Comes): AttributeDefinition[] {
  const of = (key: string, type: 'text' | 'number' | 'enum', unit: string | null = null) => ({
    key,
    name: key,
    type,
    unit,
    options: [],
    ofVariants: true,
  })
  if (comes === 'once') return []
  if (comes === 'colours') return [of('colour', 'text')]
  if (comes === 'capacities') return [of('capacity', 'number', 'GB'), of('colour', 'text')]
  if (comes === 'sizes' || comes === 'shoe sizes') return [of('size', 'text'), of('colour', 'text')]
  return [{ ...of('pack', 'enum'), options: comes }]
}

export interface Brand extends Named {
  readonly categoryId: string
}

export function* brands(options: Options): Generator<Brand> {
  for (const [index, { name, brands: names }] of departments.entries()) {
    for (const [place, brand] of names.entries()) {
      const at = { seed: options.seed, ms: openedAt(options) }
      yield {
        id: idAt('brand', index * 100 + place, at),
        slug: slugOf(brand),
        name: brand,
        categoryId: categoryId(options, slugOf(name)),
      }
    }
  }
}

export interface Seller extends Named {
  readonly country: string
  /** What the shop keeps of each sale. */
  readonly commissionBps: number
}

const sellerNames = [
  'Shopgraph Direct',
  'Hafen Handel',
  'Atelier du Nord',
  'Grachten Goods',
  'Alpenkontor',
  'Casa Mercado',
  'Liffey Traders',
  'Werkhof',
  'Marché Vert',
  'Polder & Co',
  'Donau Depot',
  'Taller Sur',
]
const sellerCountries = ['DE', 'DE', 'FR', 'NL', 'AT', 'ES', 'IE']

export function* sellers(options: Options): Generator<Seller> {
  const chance = chanceOf(options.seed, 'sellers')
  for (const [index, name] of sellerNames.entries()) {
    yield {
      id: sellerId(options, index),
      slug: slugOf(name),
      name,
      country: sellerCountries[index % 7] as string,
      commissionBps: index === 0 ? 0 : chance.between(8, 16) * 100,
    }
  }
}

export const sellerCount = sellerNames.length

export const sellerId = (options: Options, index: number) =>
  idAt('seller', index, { seed: options.seed, ms: openedAt(options) })

export const allTags = [
  ...new Set(['sustainable', ...places.flatMap(({ leaf }) => leaf.tags)]),
].sort()
