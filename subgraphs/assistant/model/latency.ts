import { statisticWithInterval } from '@shop/kit/learn/bootstrap'
import type { DataSets } from '@shop/kit/learn/data'
import { randomFrom } from '@shop/kit/learn/random'
import type { Metric } from '@shop/kit/learn/report'
import type { Encoder } from './encoder.ts'
import { learnedRanker } from './evidence-ranker.ts'
import { learnedIntents } from './intents.ts'
import { knowledgeOf } from './knowledge.ts'
import { type Assistant, replyTo } from './reply.ts'
import { questionsIn } from './sets.ts'
import { encoded, judgedRows, shopUtterances, weightsFor } from './trials.ts'

export interface Teaching {
  /** What the lessons are encoded by, and what answers: that one is timed. */
  readonly encoder: Encoder | undefined
  readonly live: Encoder | undefined
  readonly seed: number
  /** Every so manieth sentence is learned from. */
  readonly every?: number
}

/** The assistant as it is trained for a shop, its knowledge the evidence of the product questions. */
export async function shopAssistant(
  data: DataSets,
  { encoder, live, seed, every = 1 }: Teaching,
): Promise<Assistant & { readonly questions: readonly string[] }> {
  const { train, scored } = questionsIn(data)
  const weights = weightsFor(train)
  const rows = await judgedRows(train, { weights, encoder })
  const ranker = learnedRanker(rows, seed)
  // A part of the sentences knows nearly all grams, and takes as long to ask.
  const sentences = shopUtterances(data).filter((_, i) => i % every === 0)
  return {
    name: { name: 'assistant', version: 'judged' },
    intents: learnedIntents(await encoded(encoder, sentences), { seed }),
    ranking: { weights, ranker, encoder: live },
    knowledge: knowledgeOf([...train, ...scored].flatMap(({ evidence }) => evidence)),
    clock: { now: () => new Date() },
    deadlineMs: 5_000,
    questions: scored.map(({ question }) => question),
  }
}

/** The 95th of a hundred answers, in milliseconds, without a language model. */
export async function latencyMetric(data: DataSets, how: Omit<Teaching, 'every'>): Promise<Metric> {
  const assistant = await shopAssistant(data, { ...how, every: 4 })
  const times = await answerTimes(assistant, assistant.questions)
  return {
    name: 'p95 of an answer without a language model, ms',
    ...statisticWithInterval(
      times,
      (each) =>
        shareOf(
          each.toSorted((a, b) => a - b),
          0.95,
        ),
      randomFrom(how.seed),
    ),
    higherIsBetter: false,
    floor: 60,
    scored: times.length,
    note: 'By the clock, on the machine as busy as it was.',
  }
}

/** Milliseconds of one answer, message after message, the first twenty left out as warming up. */
export async function answerTimes(assistant: Assistant, messages: readonly string[]) {
  const taken: number[] = []
  for (const text of messages) {
    const began = performance.now()
    await replyTo(assistant, { text })
    taken.push(performance.now() - began)
  }
  return taken.slice(20).sort((a, b) => a - b)
}

export const shareOf = (sorted: readonly number[], share: number): number =>
  sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN
