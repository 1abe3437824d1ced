import type { Clock } from '@shop/kit/clock'
import { BadUserInput, NotFound, ShopError, StaleVersion } from '@shop/kit/errors'
import type { Asked } from '@shop/kit/identity'
import { newId } from '@shop/kit/ids'
import type { Category } from './product.ts'
import { slugFrom, textFrom } from './slug.ts'

export interface CategorySaved {
  readonly kind: 'CategorySaved'
  readonly categoryId: string
}

export class WouldBeACircle extends ShopError {
  readonly code = 'WOULD_BE_A_CIRCLE'
}

export type CategoryChanges = Partial<Pick<Category, 'slug' | 'name' | 'description'>> & {
  readonly position?: number
}

export interface CategoryNeeds extends Asked {
  clock: Clock
  tree: {
    /** Locks the tree until the end of the transaction: two moves could make a circle. */
    held(id: string): Promise<Category | null>
    add(category: Category & { position: number }): Promise<void>
    change(id: string, changes: CategoryChanges): Promise<void>
    /** Everything below comes along. */
    move(category: Category, parent: Category | null, now: Date): Promise<void>
    /** StillInUse while it has a product or a child. */
    remove(id: string): Promise<void>
  }
}

type Maybe<T> = T | null | undefined

interface Texts {
  readonly slug?: Maybe<string>
  readonly name?: Maybe<string>
  readonly description?: Maybe<string>
  readonly position?: Maybe<number>
}

const mostLevels = 8

export async function createCategory(
  { tree }: CategoryNeeds,
  { parentId, ...input }: Texts & { name: string; parentId?: Maybe<string> },
): Promise<CategorySaved> {
  const parent = parentId ? await held(tree, parentId) : null
  const id = newId()
  const path = [...(parent?.path ?? []), id]
  if (path.length > mostLevels) throw new BadUserInput(`The tree has ${mostLevels} levels.`)
  const name = textFrom(input.name, 200)
  await tree.add({
    id,
    path,
    parentId: parent?.id ?? null,
    name,
    slug: slugFrom(input.slug, name),
    description: '',
    position: 0,
    version: 1,
    ...changesFrom({ ...input, name, slug: null }),
  })
  return { kind: 'CategorySaved', categoryId: id }
}

export async function updateCategory(
  { tree }: CategoryNeeds,
  {
    categoryId,
    expectedVersion,
    ...input
  }: Texts & { categoryId: string; expectedVersion: number },
): Promise<CategorySaved> {
  const { version } = await held(tree, categoryId)
  if (version !== expectedVersion) throw new StaleVersion('It has been changed since.')
  await tree.change(categoryId, changesFrom(input))
  return { kind: 'CategorySaved', categoryId }
}

export async function moveCategory(
  { tree, clock }: CategoryNeeds,
  { categoryId, parentId }: { categoryId: string; parentId?: Maybe<string> },
): Promise<CategorySaved> {
  const category = await held(tree, categoryId)
  const parent = parentId ? await held(tree, parentId) : null
  if (parent?.path.includes(categoryId)) {
    throw new WouldBeACircle('A category is not below itself.')
  }
  await tree.move(category, parent, clock.now())
  return { kind: 'CategorySaved', categoryId }
}

export async function deleteCategory(
  { tree }: CategoryNeeds,
  { categoryId }: { categoryId: string },
): Promise<{ kind: 'Deleted'; id: string }> {
  await held(tree, categoryId)
  await tree.remove(categoryId)
  return { kind: 'Deleted', id: categoryId }
}

async function held(tree: CategoryNeeds['tree'], id: string): Promise<Category> {
  const category = await tree.held(id)
  if (!category) throw new NotFound('There is no such category.')
  return category
}

function changesFrom({ slug, name, description, position }: Texts): CategoryChanges {
  return {
    ...(slug && { slug: slugFrom(slug, '') }),
    ...(name && { name: textFrom(name, 200) }),
    ...(typeof description === 'string' && {
      description: description.trim() && textFrom(description, 5000),
    }),
    ...(typeof position === 'number' && { position }),
  }
}
