import { readFileSync } from 'node:fs'
import { csvRows, type DataSets, type Row } from '@shop/kit/learn/data'
import { type Evidence, type EvidenceSource, evidenceSources } from './evidence.ts'
import type { Utterance } from './intents.ts'

export interface Split<T> {
  readonly train: readonly T[]
  readonly scored: readonly T[]
}

/** With `--held` the validation rows are learned from as well. */
function filesOf(data: DataSets, name: string) {
  const scored = data.scored(name)
  const validation = data.scoredHere(name)
  return { train: [data.train(name), ...(scored === validation ? [] : [validation])], scored }
}

function splitBy<T>(data: DataSets, name: string, read: (rows: readonly Row[]) => T[]): Split<T> {
  const { train, scored } = filesOf(data, name)
  return { train: read(train.flatMap(csvRows)), scored: read(csvRows(scored)) }
}

export const bankingIn = (data: DataSets): Split<Utterance> =>
  splitBy(data, 'support-banking77', (rows) =>
    rows.map(({ text = '', category = '' }) => ({ text, intent: category })),
  )

export const bitextIn = (data: DataSets): Split<Utterance> =>
  splitBy(data, 'support-bitext', (rows) =>
    rows.map(({ utterance = '', intent = '' }) => ({ text: utterance, intent })),
  )

type Clinc = Readonly<Record<string, readonly (readonly [text: string, intent: string])[]>>

/** One file of all splits by name; of the held one `test` and `oos_test`, else all there is. */
export function clincIn(data: DataSets): Split<Utterance> {
  const here = data.file('support-clinc150/data_full_dev')
  const held = data.heldFile('support-clinc150/data_full_test')
  const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Clinc
  const of = (all: Clinc, names: readonly string[]) =>
    names.flatMap((name) => (all[name] ?? []).map(([text, intent]) => ({ text, intent })))
  const known = read(here)
  if (!held) {
    return { train: of(known, ['train', 'oos_train']), scored: of(known, ['val', 'oos_val']) }
  }
  const tested = of(read(held), ['test', 'oos_test'])
  return {
    train: of(known, ['train', 'oos_train', 'val', 'oos_val']),
    scored: tested.length > 0 ? tested : of(read(held), Object.keys(read(held))),
  }
}

/** A question, its evidence and how far each answers: 0, 1 or 2. */
export interface JudgedQuestion {
  readonly question: string
  readonly evidence: readonly Evidence[]
  readonly answers: readonly number[]
}

export const questionsIn = (data: DataSets): Split<JudgedQuestion> =>
  splitBy(data, 'product-qa/epqa', judgedQuestions)

/** The evidence of a question in the order of its ids' digits turned round: files have the best first. */
function judgedQuestions(rows: readonly Row[]): JudgedQuestion[] {
  const byQuestion = new Map<string, Row[]>()
  for (const row of rows) {
    const key = `${row.qid} ${row.ASIN}`
    byQuestion.set(key, [...(byQuestion.get(key) ?? []), row])
  }
  return [...byQuestion.values()].map((own) => {
    const mixed = own.toSorted((a, b) => (turned(a) < turned(b) ? -1 : 1))
    return {
      question: own[0]?.question ?? '',
      evidence: mixed.map((row) => ({
        id: row.qa_pair_id ?? '',
        source: sourceFrom(row.source),
        title: row.title ?? '',
        text: row.candidate ?? '',
      })),
      answers: mixed.map((row) => Number(row.label)),
    }
  })
}

const turned = (row: Row) => [...(row.candidate ?? '')].reverse().join('')

const sourceFrom = (text = ''): EvidenceSource =>
  evidenceSources.find((source) => source === text) ?? 'description'
