import type { ModelFiles, NewModel } from '@shop/kit/learn/model-folder'
import { treesFromJson, treesToJson } from '@shop/kit/learn/tree-file'
import type { EvidenceRanker } from './evidence-ranker.ts'
import type { IntentModel } from './intents.ts'
import type { TermWeights } from './term-weights.ts'

type Files = Pick<ModelFiles, 'bytes' | 'json'>

/** Weights as single precision in a file of their own: they were rounded so when they were learned. */
export function intentContents({
  lines,
  ...model
}: IntentModel): Record<string, Uint8Array | string> {
  const { columns, classes, weights } = lines
  return {
    'intents.json': `${JSON.stringify({ ...model, columns, classes })}\n`,
    'weights.f32': new Uint8Array(Float32Array.from(weights).buffer),
  }
}

type Described = Omit<IntentModel, 'lines'> & { columns: number; classes: number }

export function intentsFrom(files: Files): IntentModel {
  const { columns, classes, ...model } = files.json<Described>('intents.json')
  const bytes = Uint8Array.from(files.bytes('weights.f32'))
  const weights = Float64Array.from(new Float32Array(bytes.buffer))
  return { ...model, lines: { columns, classes, weights } }
}

interface Written {
  readonly trees: readonly string[]
  readonly curve: EvidenceRanker['curve']
  readonly weights: Omit<TermWeights, 'counts'> & { counts: readonly (readonly [string, number])[] }
}

export const rankerContents = (
  { trees, curve }: EvidenceRanker,
  weights: TermWeights,
): NewModel['contents'] => ({
  'ranker.json': `${JSON.stringify({
    trees: trees.map(treesToJson),
    curve,
    weights: { ...weights, counts: [...weights.counts] },
  } satisfies Written)}\n`,
})

export function rankerFrom(files: Files): { ranker: EvidenceRanker; weights: TermWeights } {
  const { trees, curve, weights } = files.json<Written>('ranker.json')
  return {
    ranker: { trees: trees.map(treesFromJson), curve },
    weights: { ...weights, counts: new Map(weights.counts) },
  }
}
