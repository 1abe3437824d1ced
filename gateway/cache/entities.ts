import { createHash } from 'node:crypto'
import type { Cache } from '@shop/kit/cache'
import type { GraphQLCompositeType } from 'graphql'
import { isCompositeType } from 'graphql'
import type { Group } from '../execute/groups.ts'
import type { KeepEntities, KeptEntities } from '../execute/kept.ts'
import type { Data } from '../json.ts'
import type { Applied } from '../supergraph/applied.ts'
import { hintIn, keepableOf } from './policy.ts'
import type { RecentPurges } from './recent-purges.ts'
import { tagsOfEntity } from './tags.ts'

export interface EntityCache {
  readonly cache: Cache
  readonly purges: Pick<RecentPurges, 'isSince'>
  readonly onLook?: (looked: 'hit' | 'miss', count: number) => void
}

/** Nothing for a fetch whose entities may not be kept: something in it is one person's, or says nothing. */
export const entityKeeper =
  (store: EntityCache): KeepEntities =>
  (group, graph) =>
    kept(group, graph, store)

function kept(
  { entries, text }: Parameters<KeepEntities>[0],
  { applied, schema }: Schema,
  store: EntityCache,
): KeptEntities | undefined {
  const maxAge = maxAgeOf(entries, { applied, schema })
  if (maxAge <= 0) return undefined
  const fetch = createHash('sha256').update(text).digest('base64url')
  const keyOf = (variables: string, representation: string) =>
    `entity ${fetch} ${variables} ${representation}`
  const { cache, purges, onLook = () => {} } = store
  return {
    async read(variables, representations) {
      const found = await Promise.all(
        representations.map((each) => cache.get(keyOf(variables, each)).catch(() => undefined)),
      )
      const hits = found.filter((each) => each !== undefined).length
      onLook('hit', hits)
      onLook('miss', found.length - hits)
      return found.map((each) => (each === undefined ? undefined : JSON.parse(each)))
    },
    write({ variables, at }, entities) {
      for (const [representation, entity] of entities) {
        const tags = tagsOf(applied, JSON.parse(representation))
        if (purges.isSince(at, tags)) continue
        const keeping = { ttlMs: maxAge * 1000, tags }
        cache.set(keyOf(variables, representation), JSON.stringify(entity), keeping).catch(() => {})
      }
    },
  }
}

const tagsOf = (applied: Applied, representation: Data) =>
  tagsOfEntity(applied, String(representation.__typename), (name) => representation[name])

type Entry = Group['entries'][number]
type Schema = Parameters<KeepEntities>[1]

function maxAgeOf(entries: Group['entries'], { applied, schema }: Schema): number {
  const ages = entries.map((entry) => ageOfEntry(entry, { applied, schema }))
  return ages.length > 0 ? Math.min(...ages) : 0
}

function ageOfEntry({ type, node }: Entry, { applied, schema }: Schema): number {
  const named = schema.getType(type)
  if (!named || !isCompositeType(named)) return 0
  const ofType = hintIn(applied.onType(type))
  if (ofType?.isPrivate) return 0
  const isScalar = !node.selectionSet && !hintIn(applied.onField(type, node.name.value))
  return isScalar ? (ofType?.maxAge ?? 0) : ageOf(node, named, { applied, schema })
}

function ageOf(
  node: Group['entries'][number]['node'],
  type: GraphQLCompositeType,
  world: Schema,
): number {
  const set = { kind: 'SelectionSet', selections: [node] } as never
  const { maxAge, isPublic } = keepableOf(set, type, { ...world, fragments: new Map() })
  return isPublic && Number.isFinite(maxAge) ? maxAge : 0
}
