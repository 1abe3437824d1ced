import type { Encoder } from './encoder.ts'
import { askedBy, type Evidence, evidenceSources, partsOf } from './evidence.ts'
import { bm25, coverage, type TermWeights } from './term-weights.ts'
import { gramsOf, termsOf } from './words.ts'

export const evidenceFeatures = [
  'bm25',
  'bm25 of the body',
  'bm25 of the heading',
  'coverage',
  'coverage of the body',
  'coverage of the heading',
  'coverage without the title',
  'coverage of the heading by the question',
  'grams in common',
  'terms in a row',
  'words',
  'figures',
  'says yes or no',
  'asks',
  'cosine',
  'cosine of the body',
  'cosine of the heading',
  ...evidenceSources,
  'asks whether',
  'asks how much',
  'asks where or when',
  'figures where figures are asked',
  'behind the best bm25',
  'behind the best coverage',
  'behind the best cosine',
  'place by bm25',
] as const

export interface Candidates {
  readonly question: string
  readonly evidence: readonly Evidence[]
}

type Vectors = ReadonlyMap<string, Float32Array | null>

/** Vectors of all texts that candidates are compared by; none without an encoder. */
export async function vectorsOf(
  encoder: Encoder | undefined,
  all: readonly Candidates[],
): Promise<Vectors> {
  if (!encoder) return new Map()
  const texts = new Set(
    all.flatMap(({ question, evidence }) => [question, ...evidence.flatMap(said)]),
  )
  const list = [...texts]
  const vectors = await encoder.encode(list)
  return new Map(list.map((text, i) => [text, vectors[i] ?? null]))
}

function said(evidence: Evidence): string[] {
  const { body, heading } = partsOf(evidence)
  return [body, heading].filter((each) => each !== '')
}

/** A row of numbers for each evidence, in their order; NaN where there is no vector. */
export function evidenceRows(
  { question, evidence }: Candidates,
  weights: TermWeights,
  vectors: Vectors,
): number[][] {
  const asked = { question, terms: termsOf(question), grams: new Set(gramsOf(question)) }
  const rows = evidence.map((each) => ownRow(asked, each, { weights, vectors }))
  const best = (column: number) =>
    Math.max(...rows.map((row) => row[column] as number).filter((each) => !Number.isNaN(each)), 0)
  const [byTerms, byCoverage, byVector] = [best(0), best(3), best(14)]
  return rows.map((row) => [
    ...row,
    byTerms - (row[0] as number),
    byCoverage - (row[3] as number),
    byVector - (row[14] as number),
    rows.filter((other) => (other[0] as number) > (row[0] as number)).length,
  ])
}

interface Asking {
  readonly question: string
  readonly terms: readonly string[]
  readonly grams: ReadonlySet<string>
}

interface Learned {
  readonly weights: TermWeights
  readonly vectors: Vectors
}

function ownRow({ question, terms, grams }: Asking, evidence: Evidence, learned: Learned) {
  const { weights, vectors } = learned
  const { body, heading } = partsOf(evidence)
  const [bodyTerms, headingTerms] = [termsOf(body), termsOf(heading)]
  const both = [...bodyTerms, ...headingTerms]
  const title = new Set(termsOf(evidence.title))
  const untitled = terms.filter((term) => !title.has(term))
  const own = new Set(gramsOf(`${heading} ${body}`))
  const common = [...grams].filter((gram) => own.has(gram)).length
  const figures = (body.match(/\d+/g) ?? []).length
  const kind = askedBy(question)
  const ofBody = cosine(vectors.get(question), vectors.get(body))
  const ofHeading = cosine(vectors.get(question), vectors.get(heading))
  return [
    bm25(weights, terms, both),
    bm25(weights, terms, bodyTerms),
    bm25(weights, terms, headingTerms),
    coverage(weights, terms, both),
    coverage(weights, terms, bodyTerms),
    coverage(weights, terms, headingTerms),
    coverage(weights, untitled, both),
    coverage(weights, headingTerms, terms),
    common / Math.sqrt((grams.size || 1) * (own.size || 1)),
    longestRun(terms, both),
    Math.log1p(bodyTerms.length),
    Math.min(9, figures),
    Number(/^\s*(?:yes|no|yep|nope|sure)\b/i.test(body)),
    Number(body.includes('?')),
    Number.isNaN(ofHeading) ? ofBody : Math.max(ofBody, ofHeading),
    ofBody,
    ofHeading,
    ...evidenceSources.map((source) => Number(source === evidence.source)),
    Number(kind === 'whether'),
    Number(kind === 'how-much'),
    Number(kind === 'where-or-when'),
    Number(kind === 'how-much' && figures > 0),
  ]
}

function cosine(a: Float32Array | null | undefined, b: Float32Array | null | undefined): number {
  if (!a || !b) return Number.NaN
  return a.reduce((sum, each, i) => sum + each * (b[i] as number), 0)
}

function longestRun(question: readonly string[], terms: readonly string[]): number {
  let longest = 0
  for (const [from] of question.entries()) {
    for (const [at] of terms.entries()) {
      let length = 0
      while (
        question[from + length] !== undefined &&
        question[from + length] === terms[at + length]
      )
        length += 1
      longest = Math.max(longest, length)
    }
  }
  return longest
}
