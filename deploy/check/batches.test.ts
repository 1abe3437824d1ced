import assert from 'node:assert/strict'
import { test } from 'node:test'
import { batchesOf } from './batches.ts'

test('a room is a batch, what opens a whole shop is one alone and comes first', () => {
  assert.deepEqual(
    batchesOf([
      'subgraphs/orders/domain/order.test.ts',
      'subgraphs/vision/test/look.test.ts',
      'test/race/last-unit.test.ts',
      'subgraphs/orders/admission.test.ts',
      'test/access.test.ts',
    ]),
    [
      { room: 'test/race/last-unit.test.ts', files: ['test/race/last-unit.test.ts'] },
      { room: 'test/access.test.ts', files: ['test/access.test.ts'] },
      {
        room: 'subgraphs/orders',
        files: ['subgraphs/orders/admission.test.ts', 'subgraphs/orders/domain/order.test.ts'],
      },
      { room: 'subgraphs/vision', files: ['subgraphs/vision/test/look.test.ts'] },
    ],
  )
})

test('a large room is cut into parts, and none of its files is lost', () => {
  const files = Array.from({ length: 40 }, (_, at) => `subgraphs/kit/${at}.test.ts`)

  const batches = batchesOf(files)

  assert.deepEqual(
    batches.map((batch) => batch.files.length),
    [14, 13, 13],
  )
  assert.deepEqual(batches.flatMap((batch) => batch.files).toSorted(), files.toSorted())
})
