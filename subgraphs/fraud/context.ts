import type { Clock } from '@shop/kit/clock'
import type { Database } from '@shop/kit/database'
import { NotFound } from '@shop/kit/errors'
import { type Once, onceIn } from '@shop/kit/idempotency'
import { type Identity, serviceNamed } from '@shop/kit/identity'
import type { Live } from '@shop/kit/live'
import { type Loader, loadAllBy, loadById } from '@shop/kit/loader'
import type { Request } from '@shop/kit/request'
import { Assessments } from './db/assessments.ts'
import { Lists } from './db/lists.ts'
import { Reviews } from './db/reviews.ts'
import { Rules } from './db/rules.ts'
import type { Tables } from './db/schema.ts'
import { Sightings } from './db/sightings.ts'
import { type AskedOrder, factsFrom } from './domain/asked-order.ts'
import { assessOrder } from './domain/assess-order.ts'
import type { Assessment, Review } from './domain/assessment.ts'
import type { Policy } from './domain/decide.ts'
import type { ListEntry } from './domain/manage-lists.ts'
import type { Rule, RuleVersion } from './domain/rules.ts'
import type { Scorer } from './domain/scorecard.ts'
import { simulateFraudRule } from './domain/simulate-rule.ts'
import { alerts } from './live-alerts.ts'

export interface Opened {
  readonly db: Database<Tables>
  readonly clock: Clock
  readonly live: Live
  readonly scorer: Scorer
  readonly pastMs: number
}

export const fraud = serviceNamed('fraud')

/** What an act of the domain is given, within its transaction and as its caller. */
export type World = ReturnType<typeof worldIn>

export function worldIn(db: Database<Tables>, identity: Identity, { clock, scorer }: Opened) {
  const rules = new Rules(db, identity)
  const lists = new Lists(db, identity)
  const assessments = new Assessments(db, identity)
  return {
    identity,
    clock,
    scorer,
    assessments,
    reviews: new Reviews(db, identity),
    rules,
    thresholds: rules,
    lists,
    policy: async (): Promise<Policy> => ({
      rules: await rules.inForce(),
      thresholds: await rules.thresholds(),
    }),
    standings: lists.standings.bind(lists),
    history: assessments.history.bind(assessments),
  }
}

/** What a resolver can reach. Made anew for each request, so what its loaders remember ends with it. */
export interface Context extends Request, Loaders {
  world: World
  once: Once<World>
  assess(input: AskedOrder): Promise<{ kind: 'OrderAssessed'; assessmentId: string }>
  /** As orders is told it, which may not read assessments itself. */
  made(assessmentId: string): Promise<Assessment>
  /** One that a row of ours names. */
  assessment(id: string): Promise<Assessment>
  simulate(input: Parameters<typeof simulateFraudRule>[1]): ReturnType<typeof simulateFraudRule>
  alerts(): AsyncGenerator<Assessment>
}

export const contextOn =
  (opened: Opened) =>
  (request: Request): Context => {
    const { db } = opened
    const { identity, signal = new AbortController().signal } = request
    const world = worldIn(db, identity, opened)
    const loaders = loadersOf(world)
    const own = loadById((ids) => new Assessments(db, fraud).withIds(ids), idOf)
    return {
      ...request,
      ...loaders,
      made: (id) => there(own.load(id)),
      assessment: (id) => there(loaders.assessmentsById.load(id)),
      world,
      once: onceIn(db, identity, (tx) => worldIn(tx, identity, opened)),
      assess: (input) => assess(opened, identity, input),
      simulate: (input) => simulateFraudRule(world, input),
      alerts: () => alerts({ ...opened, signal, assessments: world.assessments }),
    }
  }

/**
 * The past is read before the transaction begins: a look that takes too long is given up, and a
 * transaction in which that happened could not go on.
 */
async function assess(opened: Opened, { actsFor: _, ...asker }: Identity, input: AskedOrder) {
  const { db, clock, pastMs } = opened
  const { orderId } = input
  const facts = factsFrom(input)
  const looked = { orderId, facts, now: clock.now() }
  const past = await new Sightings(db, fraud).pastWithin(pastMs, looked)
  const once = onceIn(db, asker, (tx) => worldIn(tx, fraud, opened))
  const act = async (world: World) => {
    const { id } = await assessOrder({ ...world, past: async () => past }, { orderId, facts })
    return { kind: 'OrderAssessed', assessmentId: id } as const
  }
  return once('assessOrder', act, input)
}

async function there<T>(loading: Promise<T | null>): Promise<T> {
  const value = await loading
  if (!value) throw new NotFound('There is no such assessment.')
  return value
}

interface Loaders {
  assessmentsById: Loader<string, Assessment>
  assessmentOfOrder: Loader<string, Assessment>
  reviewsById: Loader<string, Review>
  reviewOfAssessment: Loader<string, Review>
  rulesById: Loader<string, Rule>
  versionsOfRule: ReturnType<typeof loadAllBy<RuleVersion>>
  entriesById: Loader<string, ListEntry>
}

const idOf = ({ id }: { readonly id: string }) => id

const loadersOf = ({ assessments, reviews, rules, lists }: World): Loaders => ({
  assessmentsById: loadById((ids) => assessments.withIds(ids), idOf),
  assessmentOfOrder: loadById(
    (ids) => assessments.ofOrders(ids),
    ({ orderId }) => orderId,
  ),
  reviewsById: loadById((ids) => reviews.withIds(ids), idOf),
  reviewOfAssessment: loadById(
    (ids) => reviews.ofAssessments(ids),
    ({ assessmentId }) => assessmentId,
  ),
  rulesById: loadById((ids) => rules.withIds(ids), idOf),
  versionsOfRule: loadAllBy(
    (ids) => rules.versionsOf(ids),
    ({ ruleId }) => ruleId,
  ),
  entriesById: loadById((ids) => lists.withIds(ids), idOf),
})
