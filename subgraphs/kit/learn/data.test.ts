import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { csvRows, dataSetsIn, jsonLines } from './data.ts'

test('the held folder takes the place of validation, packed or not', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sets-'))
  for (const place of ['given/mugs', 'held/mugs']) {
    mkdirSync(path.join(folder, place), { recursive: true })
  }
  writeFileSync(path.join(folder, 'given/mugs/sales_train.csv'), 'a,b\n1,"x,\ny"\n')
  writeFileSync(path.join(folder, 'given/mugs/sales_validation.csv'), 'a,b\n2,z\n')
  writeFileSync(path.join(folder, 'held/mugs/sales_test.jsonl.gz'), gzipSync('{"a":3}\n'))

  const given = dataSetsIn({ folder: path.join(folder, 'given') })
  const held = dataSetsIn({ folder: path.join(folder, 'given'), held: path.join(folder, 'held') })

  assert.deepEqual(csvRows(given.train('mugs/sales')), [{ a: '1', b: 'x,\ny' }])
  assert.deepEqual(csvRows(given.scored('mugs/sales')), [{ a: '2', b: 'z' }])
  assert.deepEqual(jsonLines(held.scored('mugs/sales')), [{ a: 3 }])
  assert.throws(() => given.file('mugs/prices'), /mugs\/prices is not there/)
})

test('a set of one file a split is called by its own name', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sets-'))
  for (const place of ['given/pans', 'held/pans']) {
    mkdirSync(path.join(folder, place), { recursive: true })
  }
  writeFileSync(path.join(folder, 'given/pans/train.csv'), 'a\n1\n')
  writeFileSync(path.join(folder, 'given/pans/validation.csv'), 'a\n2\n')
  writeFileSync(path.join(folder, 'held/pans/test.csv'), 'a\n3\n')

  const given = dataSetsIn({ folder: path.join(folder, 'given') })
  const held = dataSetsIn({ folder: path.join(folder, 'given'), held: path.join(folder, 'held') })

  assert.deepEqual(csvRows(given.train('pans')), [{ a: '1' }])
  assert.deepEqual(csvRows(given.scored('pans')), [{ a: '2' }])
  assert.deepEqual(csvRows(held.scored('pans')), [{ a: '3' }])
  assert.deepEqual(csvRows(held.scoredHere('pans')), [{ a: '2' }])
  assert.equal(given.heldFile('pans/prices'), undefined)
})
