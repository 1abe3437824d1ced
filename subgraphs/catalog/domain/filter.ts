import { BadUserInput, Forbidden } from '@shop/kit/errors'
import { type Asked, hasScope, ownerOf } from '@shop/kit/identity'
import type { Status } from './product.ts'

export interface AttributeFilter {
  readonly key: string
  readonly values: readonly string[]
}

type Maybe<T> = T | null | undefined

/** As a client writes it. */
export interface FilterInput {
  readonly categoryId?: Maybe<string>
  readonly category?: Maybe<string>
  readonly brandIds?: Maybe<readonly string[]>
  readonly sellerId?: Maybe<string>
  readonly tags?: Maybe<readonly string[]>
  readonly minPrice?: Maybe<number>
  readonly maxPrice?: Maybe<number>
  readonly attributes?: Maybe<readonly AttributeFilter[]>
  readonly namePrefix?: Maybe<string>
  readonly status?: Status
}

/** With slugs looked up: what does not exist is an id that nothing has. */
export type Filter = Omit<FilterInput, 'category' | 'tags' | 'status'> & {
  readonly tagIds?: readonly string[]
  readonly status: Status
}

interface Needs extends Asked {
  categories: { idOf(slug: string): Promise<string | null> }
  tags: { idsOf(slugs: readonly string[]): Promise<readonly string[]> }
  sellers: { ownedBy(userId: string): Promise<readonly string[]> }
}

const unknown = 'unknown'

/** Refuses what is out of bounds, and what the caller may not see. */
export async function filterFrom(needs: Needs, given: Maybe<FilterInput>): Promise<Filter> {
  const { category, tags, status = 'ACTIVE', ...rest } = given ?? {}
  mustBeBounded(given ?? {})
  if (status !== 'ACTIVE') await mustSee(needs, rest.sellerId)
  const filter: Filter = { ...rest, status }
  return {
    ...filter,
    ...(category && { categoryId: (await needs.categories.idOf(category)) ?? unknown }),
    ...(tags?.length && { tagIds: await allOf(needs, tags) }),
  }
}

async function allOf({ tags }: Needs, slugs: readonly string[]): Promise<readonly string[]> {
  const ids = await tags.idsOf(slugs)
  return ids.length === new Set(slugs).size ? ids : [unknown]
}

function mustBeBounded({ attributes, brandIds, tags, namePrefix }: FilterInput): void {
  const lists = [attributes, brandIds, tags, ...(attributes ?? []).map(({ values }) => values)]
  if (lists.some((list) => (list?.length ?? 0) > 50) || (attributes?.length ?? 0) > 10) {
    throw new BadUserInput('A filter has at most 50 of a kind, and 10 attributes.')
  }
  if (JSON.stringify([attributes, namePrefix]).includes('\\u0000')) {
    throw new BadUserInput('No text has a zero character.')
  }
  if ((namePrefix?.length ?? 0) > 100) {
    throw new BadUserInput('A name is looked for by at most 100 characters.')
  }
}

/** Drafts and what is archived are for staff, and for vendors where they ask for their own. */
async function mustSee({ identity, sellers }: Needs, sellerId: Maybe<string>): Promise<void> {
  if (hasScope(identity, 'catalog:read') || hasScope(identity, 'catalog:write')) return
  const userId = ownerOf(identity).slice('user:'.length)
  const isVendor = hasScope(identity, 'vendor:own') && sellerId
  if (isVendor && (await sellers.ownedBy(userId)).includes(sellerId)) return
  throw new Forbidden('Only staff see what is not on sale.')
}
