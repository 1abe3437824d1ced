import { randomFrom } from '@shop/kit/learn/random'
import type { Judging, Metric } from '@shop/kit/learn/report'
import { type History, historiesOf } from '../history.ts'
import { type Learned, learned, shopSettings } from '../learned.ts'
import { recommended } from '../recommend.ts'
import { type Case, compared } from './comparison.ts'
import { methodsOf, ownFrequency, type Scoring, tenBest } from './methods.ts'
import { onlineRetail, type Shop } from './online-retail.ts'
import { judgedStrangers } from './strangers.ts'

export async function judgedShop({ data, seed }: Judging): Promise<Metric[]> {
  const shop = onlineRetail(data)
  const began = process.cpuUsage()
  const settings = { ...shopSettings, als: { ...shopSettings.als, seed } }
  const model = await learned({ interactions: shop.train, catalogue: shop.catalogue }, settings)
  const { user, system } = process.cpuUsage(began)
  const judged = { model, shop, seed }
  return [
    ...judgedLists(judged),
    ...judgedStrangers(judged),
    {
      name: `retraining, CPU seconds, ${model.items.count} items`,
      value: (user + system) / 1e6,
      higherIsBetter: false,
      floor: 10,
      scored: shop.train.length,
    },
  ]
}

function judgedLists({
  model,
  shop,
  seed,
}: {
  model: Learned
  shop: Shop
  seed: number
}): Metric[] {
  const histories = historiesOf(shop.train, model.items)
  const bought = Map.groupBy(shop.scored, ({ shopper }) => shopper)
  const known = new Set(model.items.all)
  const cases = [...histories].map(([shopper, history]) => ({
    history,
    wanted: new Set(bought.get(shopper)?.map(({ item }) => item)).intersection(known),
  }))
  const methods = methodsOf(model, [...histories.values()], model.endMs)
  const answer = (history: History, how: 'HIDE' | 'OFFER') => {
    const events = history.map(({ place, atMs }) => ({ item: model.items.nameOf(place), atMs }))
    const asked = { events, nowMs: model.endMs, count: 10, bought: how }
    return recommended(model, asked).items.map(({ item }) => item)
  }
  const others = (repeats: boolean, more: Record<string, Scoring> = {}) =>
    Object.fromEntries(
      Object.entries({ ...methods, ...more }).map(([name, scoring]) => [
        name,
        tenBest(model, scoring, { repeats }),
      ]),
    )
  const shared = { catalogue: shop.catalogue.length, seed }
  const [fresh, again] = ['online-retail new items', 'online-retail with repeats']
  const newOnes = {
    ...shared,
    name: fresh,
    cases: cases.map((each) => withoutBought(each, model)),
    ours: (history: History) => answer(history, 'HIDE'),
    others: others(false),
  }
  const repeats = {
    ...shared,
    name: again,
    cases,
    ours: (history: History) => answer(history, 'OFFER'),
    others: others(true, { 'own frequency': ownFrequency(model) }),
  }
  const note =
    'Lists as served; only items known at training can be wanted, as in the baselines of the set; coverage is over all shoppers.'
  return [
    ...compared(newOnes, { floor: 0.063, aim: 0.075, note }),
    ...compared(repeats, { floor: 0.165, aim: 0.19, note }).map((metric) =>
      metric.name.endsWith('coverage') ? { ...metric, floor: 0.35 } : metric,
    ),
    latency(cases, (history) => answer(history, 'OFFER'), seed),
  ]
}

function withoutBought({ history, wanted }: Case, { items }: Learned): Case {
  const bought = new Set(history.map(({ place }) => items.nameOf(place)))
  return { history, wanted: wanted.difference(bought) }
}

/** Of one answer after two hundred others. */
function latency(
  cases: readonly Case[],
  answer: (history: History) => unknown,
  seed: number,
): Metric {
  const drawn = randomFrom(seed).shuffled(cases).slice(0, 1200)
  const took = drawn.map(({ history }) => {
    const [began, before] = [performance.now(), process.cpuUsage()]
    answer(history)
    const { user, system } = process.cpuUsage(before)
    return { clock: performance.now() - began, work: (user + system) / 1000 }
  })
  const warm = took.slice(200)
  const p95 = (of: 'clock' | 'work') =>
    warm.map((each) => each[of]).sort((a, b) => a - b)[Math.floor(warm.length * 0.95)] ?? Number.NaN
  return {
    name: 'one answer, p95 ms',
    value: p95('clock'),
    higherIsBetter: false,
    floor: 5,
    scored: warm.length,
    note: `By the clock; ${p95('work').toFixed(1)} ms of the processor, whatever else the machine does.`,
  }
}
