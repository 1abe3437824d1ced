import { Kind, type SelectionSetNode } from 'graphql'
import type { Shape } from '../answer/shapes.ts'
import type { Need } from '../plan/nodes.ts'

/** What is wanted, by the names it has in what was fetched, whatever type an object is of. */
export interface Tree {
  readonly isEmpty: boolean
  of(key: string): Tree | null
}

const leaf: Tree = { isEmpty: true, of: () => null }

/** What shapes of one place want. */
export function treeOfShapes(shapes: readonly Shape[]): Tree {
  const fields = shapes.flatMap((shape) => shape.fields.filter(({ name }) => name !== '__typename'))
  // Where an object may be of several types, what is answered is decided by which it is.
  const isOpen = new Set(shapes.map(({ type }) => type)).size > 1
  return {
    isEmpty: fields.length === 0,
    of(key) {
      if (isOpen && key === '__typename') return leaf
      const same = fields.filter((field) => field.read === key)
      if (same.length === 0) return null
      return treeOfShapes(same.flatMap(({ shapes: inner }) => [...(inner?.values() ?? [])]))
    },
  }
}

/** The same at the end of a way. */
export function treeAt(way: readonly string[], end: Tree): Tree {
  const [first, ...rest] = way
  if (first === undefined) return end
  return { isEmpty: false, of: (key) => (key === first ? treeAt(rest, end) : null) }
}

/** What a fetch reads of objects that are there. */
export function treeOfNeeds(needs: readonly Need[]): Tree {
  const read = needs.flatMap(function plain(need): (Need & { kind: 'field' })[] {
    return need.kind === 'on' ? need.needs.flatMap(plain) : [need]
  })
  return {
    isEmpty: read.length === 0,
    of(key) {
      const same = read.filter((need) => need.read === key)
      return same.length === 0 ? null : treeOfNeeds(same.flatMap(({ needs: inner = [] }) => inner))
    },
  }
}

/** Whether there is something in a fetch's selection that is wanted. */
export function gives(set: SelectionSetNode, wanted: Tree): boolean {
  return set.selections.some((selection) => {
    // What planners write has no fragments by name.
    if (selection.kind === Kind.FRAGMENT_SPREAD) return true
    if (selection.kind === Kind.INLINE_FRAGMENT) return gives(selection.selectionSet, wanted)
    const { name, alias, selectionSet } = selection
    const found = wanted.of(alias?.value ?? name.value)
    if (!found) return false
    return !selectionSet || found.isEmpty || gives(selectionSet, found)
  })
}

/** What is wanted where a way leads; null where nothing is. */
export const wantedAt = (tree: Tree, way: readonly string[]): Tree | null =>
  way.reduce<Tree | null>((at, key) => at?.of(key) ?? null, tree)
