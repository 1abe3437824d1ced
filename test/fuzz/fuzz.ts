import { readFileSync } from 'node:fs'
import { refusalOf } from '@shop/gateway/answer/step'
import { configOf } from '@shop/gateway/config'
import { costStep } from '@shop/gateway/cost/step'
import { Lifetime } from '@shop/gateway/execute/lifetime'
import type { SubgraphLink } from '@shop/gateway/execute/link'
import { rateStep } from '@shop/gateway/rate/step'
import { recordOf, type Step } from '@shop/gateway/request'
import { roadWith, travel } from '@shop/gateway/road'
import { generationSettings } from '@shop/gateway/router'
import { type Generation, openGeneration } from '@shop/gateway/supergraph/generation'
import { systemClock } from '@shop/kit/clock'
import { localLimits } from '@shop/kit/limits'
import { Documents } from './documents.ts'

export interface Fuzzed {
  readonly seed: number
  readonly documents: number
  readonly admitted: number
  readonly planned: number
  readonly refused: Readonly<Record<string, number>>
  /** What no client may ever be told: faults of ours. */
  readonly faults: readonly string[]
  /** Of the thread's own time, the most that one document took: what others wait for it. */
  readonly longestStallMs: number
  readonly megabytes: number
}

export interface Fuzzing {
  readonly seed: number
  readonly documents: number
  /** One in so many of those that are admitted is planned and run; the others end before their plan. */
  readonly planOneIn: number
  /** How deep what is valid goes; 4 unless told. */
  readonly depth?: number
  readonly onThousand?: (done: number) => void
}

/** Answers everything with nothing, so that what is written of it is nulls. */
const empty: SubgraphLink = {
  ask: async () => ({ data: {} }),
  follow() {
    throw new Error('Nobody subscribes here.')
  },
  async close() {},
}

/** Sends documents down the shop's road, and looks for what is neither an answer nor a refusal. */
export async function fuzz({ depth = 4, ...asked }: Fuzzing): Promise<Fuzzed> {
  const { seed, documents, planOneIn, onThousand } = asked
  const config = configOf({ introspection: false, plans: { cacheBytes: 32 * 2 ** 20 } })
  const sdl = readFileSync('gateway/supergraph.graphql', 'utf8')
  const generation = await openGeneration(
    sdl,
    generationSettings(config, () => empty),
  )
  const made = new Documents(generation.schema, { seed, depth })
  const tally = new Tally()
  let longest = 0
  for (let at = 0; at < documents; at += 1) {
    const steps = at % planOneIn === 0 ? whole : untilPlan
    const document = made.next()
    const before = process.threadCpuUsage()
    await tally.count(
      document.query,
      send({ ...document, address: `10.0.${at % 250}.1` }, generation, steps),
    )
    const { user, system } = process.threadCpuUsage(before)
    longest = Math.max(longest, user + system)
    // A front process answers others in between.
    if (at % 20 === 0) await new Promise((resolve) => setImmediate(resolve))
    if (at % 1000 === 999) onThousand?.(at + 1)
  }
  await generation.close()
  const longestStallMs = Math.round(longest / 1000)
  const megabytes = Math.round(process.memoryUsage().rss / 2 ** 20)
  return { seed, documents, ...tally.result, longestStallMs, megabytes }
}

const admitted = [costStep({ most: 50_000, listSize: 10 }), rateStep(localLimits(systemClock))]
const whole = roadWith({ admitted })
const untilPlan = whole.slice(0, 2 + admitted.length)

interface Sent {
  readonly query: string
  readonly variables: Record<string, unknown>
  readonly address: string
}

/** The answer; nothing for what was admitted and not planned. Rejects with what a step throws. */
async function send(
  { query, variables, address }: Sent,
  generation: Generation,
  steps: readonly Step[],
): Promise<string | undefined> {
  const request = recordOf({
    params: { query, operationName: undefined, variables, extensions: {} },
    headers: {},
    address,
    readOnly: false,
    carries: { cookies: true, events: null },
    lifetime: new Lifetime(10_000),
    generation,
  })
  await travel(request, steps)
  return request.answer
}

class Tally {
  readonly #refused: Record<string, number> = {}
  readonly #faults: string[] = []
  #admitted = 0
  #planned = 0

  get result() {
    const [admitted, planned] = [this.#admitted, this.#planned]
    return { admitted, planned, refused: this.#refused, faults: this.#faults.slice(0, 20) }
  }

  async count(query: string, sent: Promise<string | undefined>): Promise<void> {
    try {
      const answer = await sent
      this.#admitted += 1
      if (answer === undefined) return
      JSON.parse(answer)
      this.#planned += 1
    } catch (error) {
      const code = String(refusalOf(error).errors[0]?.extensions.code)
      this.#refused[code] = (this.#refused[code] ?? 0) + 1
      if (code === 'INTERNAL') this.#faults.push(`${error} by ${JSON.stringify(query)}`)
    }
  }
}
