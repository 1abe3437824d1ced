import type { Data } from '../json.ts'
import type { Need, Rewrite } from '../plan/nodes.ts'
import type { Kinds } from '../supergraph/read.ts'
import { applyRewrites, isData, merge } from './values.ts'

/** An entity as its subgraph knows it, as JSON; null when what is needed of it was not fetched. */
export interface Represent {
  (entity: Data, variables: Data): string | null
  /** Of a representation that is a type and one field: entities equal in it are the same. */
  readonly single?: { readonly type: string; readonly read: string }
}

/** Tells an entity from others without writing it down; nothing, where that takes more than a look. */
export function shortKey({ single }: Represent, entity: Data): string | number | undefined {
  if (!single || entity.__typename !== single.type) return undefined
  const value = entity[single.read]
  return typeof value === 'string' || typeof value === 'number' ? value : undefined
}

interface Wanted {
  readonly needs: readonly Need[]
  readonly inputRewrites: readonly Rewrite[]
}

/** Most are a type and scalars: for those a function is generated that writes the JSON itself. */
export function compileRepresentation(wanted: Wanted, kinds: Kinds): Represent {
  const plain = wanted.inputRewrites.length === 0 ? plainTypes(wanted.needs, kinds) : null
  if (!plain) return interpreted(wanted, kinds)
  const writers = new Map(plain.map(({ type, fields }) => [type, writer(type, fields)]))
  const [first] = writers
  if (writers.size === 1 && first) {
    const [type, write] = first
    const represent = (entity: Data) => (entity.__typename === type ? write(entity) : null)
    const [field, more] = plain[0]?.fields ?? []
    return field && !more
      ? Object.assign(represent, { single: { type, read: field.read } })
      : represent
  }
  return (entity) => writers.get(entity.__typename as string)?.(entity) ?? null
}

interface PlainType {
  readonly type: string
  readonly fields: readonly { read: string; send: string }[]
}

/** Null unless each type stands there once, with nothing but scalars. */
function plainTypes(needs: readonly Need[], kinds: Kinds): PlainType[] | null {
  const types: PlainType[] = []
  for (const need of needs) {
    if (need.kind !== 'on' || need.skipIf || need.includeIf) return null
    // An entity of an interface carries the name of what implements it.
    if (kinds.hasMembers(need.type)) return null
    const fields = need.needs.flatMap((each) =>
      each.kind === 'field' && !each.needs ? [{ read: each.read, send: each.send }] : [],
    )
    if (fields.length < need.needs.length) return null
    if (types.some(({ type }) => type === need.type)) return null
    types.push({ type: need.type, fields: fields.filter(({ send }) => send !== '__typename') })
  }
  return types
}

function writer(type: string, fields: PlainType['fields']): (entity: Data) => string | null {
  const names = fields.map((_, index) => `v${index}`)
  const reads = fields.map(
    ({ read }, index) =>
      `const v${index}=e[${JSON.stringify(read)}];if(v${index}===undefined)return null;`,
  )
  const parts = fields.map(
    ({ send }, index) =>
      `+${JSON.stringify(`,${JSON.stringify(send)}:`)}+(typeof ${names[index]}==="number"?${names[index]}:J(${names[index]}))`,
  )
  const head = JSON.stringify(`{"__typename":${JSON.stringify(type)}`)
  const code = `return (e)=>{${reads.join('')}return ${head}${parts.join('')}+"}"}`
  return new Function('J', code)(JSON.stringify)
}

function interpreted({ needs, inputRewrites }: Wanted, kinds: Kinds): Represent {
  return (entity, variables) => {
    const taken = take(entity, needs, { kinds, variables })
    if (!taken?.__typename) return null
    applyRewrites(inputRewrites, taken, kinds)
    return JSON.stringify(taken)
  }
}

interface Taking {
  readonly kinds: Kinds
  readonly variables: Data
}

/** Null when something needed was not fetched: an error, told already, of an earlier fetch. */
function take(source: Data, needs: readonly Need[], taking: Taking): Data | null {
  const taken: Data = {}
  for (const need of needs) {
    if (need.kind === 'on') takeOf(taken, need, { source, taking })
    else {
      const value = source[need.read]
      if (value === undefined) return null
      taken[need.send] = need.needs ? takeWithin(value, need.needs, taking) : value
    }
  }
  return taken
}

function takeOf(
  taken: Data,
  need: Need & { kind: 'on' },
  { source, taking }: { source: Data; taking: Taking },
): void {
  const more = isWanted(source, need, taking) ? take(source, need.needs, taking) : null
  if (more) merge(taken, more, taking.kinds)
}

function takeWithin(value: unknown, needs: readonly Need[], taking: Taking): unknown {
  if (Array.isArray(value)) return value.map((each) => takeWithin(each, needs, taking))
  return isData(value) ? take(value, needs, taking) : value
}

function isWanted(
  source: Data,
  { type, skipIf, includeIf }: Need & { kind: 'on' },
  { kinds, variables }: Taking,
): boolean {
  if (skipIf && variables[skipIf] === true) return false
  if (includeIf && variables[includeIf] === false) return false
  return typeof source.__typename === 'string' && kinds.is(source.__typename, type)
}
