import type { Asked } from './asked.ts'
import { invalid, missing } from './fault.ts'
import { type Form, formIn, numberIn, textIn } from './form.ts'
import type { Kind, Store } from './store.ts'

type Listed = Exclude<Kind, 'card' | 'key'>

interface Row {
  readonly id: string
  readonly created: number
}

/** Newest first, by `starting_after`, with the filters that this shop uses. */
export function listOf(kind: Listed, url: string, filters: readonly string[]) {
  return ({ store, form }: Asked): object => {
    const intentId = textIn(form, 'payment_intent')
    const past = kind === 'refund' && intentId ? store.pastRefundsOf(intentId) : []
    const isWanted = (row: Row) => fits(row, form, filters)
    const rows: Row[] = [...past.filter(isWanted), ...store.all(kind, isWanted)]
    return page(rows.toReversed(), form, url)
  }
}

function page(rows: readonly Row[], form: Form, url: string): object {
  const limit = numberIn(form, 'limit') ?? 10
  if (limit < 1 || limit > 100) {
    throw invalid('This value must be between 1 and 100.', { param: 'limit' })
  }
  const after = textIn(form, 'starting_after')
  const from = after ? rows.findIndex(({ id }) => id === after) + 1 : 0
  if (after && from === 0) throw missing('object', after, 'starting_after')
  const data = rows.slice(from, from + limit)
  return { object: 'list', data, has_more: from + limit < rows.length, url }
}

function fits(row: Row, form: Form, filters: readonly string[]): boolean {
  const created = formIn(form, 'created')
  const [gte, lte] = [numberIn(created, 'gte') ?? 0, numberIn(created, 'lte') ?? Infinity]
  const [gt, lt] = [numberIn(created, 'gt') ?? -1, numberIn(created, 'lt') ?? Infinity]
  const isThen = row.created >= gte && row.created <= lte && row.created > gt && row.created < lt
  const has = (name: string) => {
    const wanted = textIn(form, name)
    return wanted === undefined || (row as unknown as Record<string, unknown>)[name] === wanted
  }
  return isThen && filters.every(has)
}

const clause = /^metadata\[['"](\w+)['"]\]:['"]([^'"]*)['"]$/

/** https://docs.stripe.com/search: one clause of metadata, which is all that this shop asks. */
export function searchIntents({ store, form }: Asked): object {
  const query = textIn(form, 'query') ?? ''
  const [, name = '', value] = clause.exec(query) ?? []
  if (value === undefined)
    throw invalid('We were unable to parse your search query.', { param: 'query' })
  const found = store.all('payment_intent', ({ metadata }) => metadata[name] === value)
  const data = found.toReversed().slice(0, numberIn(form, 'limit') ?? 10)
  return {
    object: 'search_result',
    data,
    has_more: false,
    next_page: null,
    url: '/v1/payment_intents/search',
  }
}

export function retrieve(kind: Listed, what: string) {
  return ({ store, ids: [id = ''] }: Asked): object => {
    const found = store.get(kind, id)
    if (!found) throw missing(what, id, 'id')
    return found
  }
}

const kinds: Readonly<Record<string, Listed>> = {
  pi: 'payment_intent',
  ch: 'charge',
  re: 'refund',
  pm: 'payment_method',
  cus: 'customer',
  seti: 'setup_intent',
}

/** `latest_charge` of an object, `data.latest_charge` of each in a list. */
export function expanded(store: Store, value: unknown, paths: readonly string[]): unknown {
  for (const path of paths) expand(store, value, path.split('.'))
  return value
}

function expand(store: Store, value: unknown, [first = '', ...rest]: string[]): void {
  if (Array.isArray(value)) {
    for (const each of value) expand(store, each, [first, ...rest])
    return
  }
  const holder = value as Record<string, unknown>
  const inner = holder?.[first]
  if (inner === undefined) throw invalid(`This property cannot be expanded (${first}).`)
  const kind = typeof inner === 'string' ? kinds[inner.split('_')[0] ?? ''] : undefined
  if (kind) holder[first] = store.get(kind, inner as string) ?? inner
  if (rest.length > 0) expand(store, holder[first], rest)
}
