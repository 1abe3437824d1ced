import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { QdrantVectors } from '../clients/qdrant.ts'
import { EmbeddedVectors } from '../model/embedded-vectors.ts'
import { SearchRefused } from '../model/refusal.ts'
import type { VectorHit, VectorIndex, VectorPoint } from '../model/vector-index.ts'
import { addressOf, freshFile, freshName } from './peers.ts'

type Open = () => Promise<VectorIndex>

const dimensions = 16

/** Directions a few degrees apart, so that their order is known. */
const arc = (degrees: number) => {
  const vector = new Float32Array(dimensions)
  vector[0] = Math.cos((degrees * Math.PI) / 180)
  vector[1] = Math.sin((degrees * Math.PI) / 180)
  return vector
}
const mugs: VectorPoint[] = Array.from({ length: 25 }, (_, i) => ({
  id: `mug-${String(i).padStart(2, '0')}`,
  vector: arc(3 * i),
  facets: { brand: [i % 2 === 0 ? 'Even' : 'Odd'] },
  numbers: { price: 100 * i },
}))
const idsOf = (hits: readonly VectorHit[]) => hits.map(({ id }) => id)

const contract: Record<string, (open: Open) => Promise<void>> = {
  'the nearest come first, with their cosines': async (open) => {
    await using vectors = await open()
    await vectors.put(mugs)

    const hits = await vectors.nearest({ vector: arc(1), first: 10 })

    assert.deepEqual(idsOf(hits), idsOf(mugs.slice(0, 10).map(({ id }) => ({ id, score: 0 }))))
    for (const [i, { score }] of hits.entries()) {
      assert.ok(Math.abs(score - Math.cos(((3 * i - 1) * Math.PI) / 180)) < 0.01)
    }
  },
  'filters narrow, by value and by range': async (open) => {
    await using vectors = await open()
    await vectors.put(mugs)

    const hits = await vectors.nearest({
      vector: arc(0),
      first: 3,
      filters: { facets: { brand: ['Odd'] }, numbers: { price: { from: 300 } } },
    })

    assert.deepEqual(idsOf(hits), ['mug-03', 'mug-05', 'mug-07'])
  },
  'what was removed or replaced is where it was no more': async (open) => {
    await using vectors = await open()
    await vectors.put(mugs)

    await vectors.remove(['mug-00', 'nobody'])
    await vectors.put([{ id: 'mug-01', vector: arc(90) }])

    assert.deepEqual(idsOf(await vectors.nearest({ vector: arc(0), first: 2 })), [
      'mug-02',
      'mug-03',
    ])
    assert.deepEqual(idsOf(await vectors.nearest({ vector: arc(90), first: 1 })), ['mug-01'])
    assert.equal((await vectors.nearest({ vector: arc(0), first: 100 })).length, 24)
  },
  'it is all there after a restart': async (open) => {
    {
      await using vectors = await open()
      await vectors.put(mugs)
      await vectors.remove(['mug-00'])
    }

    await using again = await open()

    const hits = await again.nearest({ vector: arc(0), first: 100 })
    assert.deepEqual(idsOf(hits), idsOf(mugs.slice(1).map(({ id }) => ({ id, score: 0 }))))
  },
  'many who write at once lose nothing and double nothing': async (open) => {
    await using vectors = await open()

    await Promise.all([...mugs, ...mugs].map((mug) => vectors.put([mug])))

    assert.equal((await vectors.nearest({ vector: arc(0), first: 100 })).length, 25)
  },
  'what has no direction is refused, and what came with it is not kept': async (open) => {
    await using vectors = await open()
    const broken = [
      new Float32Array(dimensions),
      new Float32Array(dimensions).fill(Number.NaN),
      new Float32Array(dimensions).fill(Number.POSITIVE_INFINITY),
      new Float32Array(3).fill(1),
    ]

    for (const vector of broken) {
      await assert.rejects(vectors.put([...mugs, { id: 'broken', vector }]), SearchRefused)
      await assert.rejects(vectors.nearest({ vector, first: 1 }), SearchRefused)
    }

    assert.deepEqual(await vectors.nearest({ vector: arc(0), first: 1 }), [])
  },
}

for (const [promise, keeps] of Object.entries(contract)) {
  test(`the embedded vector index: ${promise}`, async () => {
    const file = freshFile()
    await keeps(() => EmbeddedVectors.open({ dimensions, file }))
  })

  test(`Qdrant: ${promise}`, (context) => onQdrant(context, keeps))
}

async function onQdrant(context: TestContext, keeps: (open: Open) => Promise<void>) {
  const url = addressOf('SEARCH_QDRANT_URL', context)
  if (!url) return
  const collection = freshName()
  try {
    await keeps(() => QdrantVectors.open({ url, collection, dimensions }))
  } finally {
    await using vectors = await QdrantVectors.open({ url, collection, dimensions })
    await vectors.drop()
  }
}
