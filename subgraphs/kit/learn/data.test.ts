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
