import { type GraphQLAbstractType, isObjectType } from 'graphql'
import { generateProjection } from '../answer/generate.ts'
import type { Project } from '../answer/project.ts'
import { type Shape, Shapes, type ShapesMore, type ShapesRoot } from '../answer/shapes.ts'
import { tooLarge } from '../document/limits.ts'
import { compilePlan } from '../execute/compile.ts'
import type { Work } from '../execute/run.ts'
import type { World } from '../execute/world.ts'
import type { PlanNode } from '../plan/nodes.ts'
import type { Deferral } from './deferrals.ts'
import { partition } from './partition.ts'
import { treeAt, treeOfShapes } from './trees.ts'

/** What is written of one object, by its type. */
export interface Writing {
  readonly shape: Shape
  readonly project: Project
}

/** A part that comes later, ready to run any number of times. */
export interface Part {
  readonly deferral: Deferral
  readonly work: Work | undefined
  /** Parts whose fetches it needs, by their place among them all. */
  readonly awaits: readonly number[]
  /** The part it stands in, which is told before it. */
  readonly within: number | undefined
  readonly writings: ReadonlyMap<string, Writing>
}

/** What of a compiled operation is another when parts of it come later. */
export interface Deferred {
  /** Of what is told at once. */
  readonly work: Work | undefined
  readonly shapes: Shapes
  readonly project: Project
  readonly parts: readonly Part[]
}

interface Compiling {
  readonly world: World
  readonly typeNames: ReadonlySet<string>
  readonly plan: PlanNode
  readonly root: ShapesRoot
  readonly more: ShapesMore
}

/** Null where nothing would come later: all that is deferred comes with what is not. */
export function compileDeferred(
  deferrals: readonly Deferral[],
  { world, typeNames, plan, root, more: given }: Compiling,
): Deferred | null {
  const more = { ...given, deferred: new Set(deferrals.map(({ selection }) => selection)) }
  const shapes = new Shapes(world.schema, root, more)
  const later = deferrals.map((deferral) => shapesOf(deferral, world, more))
  throwIfTooMany([shapes, ...later.flat()], more)
  const trees = deferrals.map(({ way }, at) => {
    const keys = way.map(({ field }) => more.names.of(field))
    return treeAt(keys, treeOfShapes((later[at] ?? []).map((each) => each.root)))
  })
  const portions = partition(plan, treeOfShapes([shapes.root]), trees)
  if (portions.later.every(({ node }) => !node)) return null
  return {
    work: portions.first && compilePlan(portions.first, [], world),
    shapes,
    project: generateProjection(shapes, typeNames),
    parts: portions.later.map(({ node, awaits }, at) => {
      const deferral = deferrals[at] as Deferral
      const work = node && compilePlan(node, [], world)
      const writings = new Map(
        (later[at] ?? []).map((each) => [
          each.root.type.name,
          { shape: each.root, project: generateProjection(each, typeNames) },
        ]),
      )
      return { deferral, awaits, work, writings, within: around(deferral, deferrals) }
    }),
  }
}

function shapesOf({ type, set }: Deferral, { schema }: World, more: ShapesMore): Shapes[] {
  const types = isObjectType(type) ? [type] : schema.getPossibleTypes(type as GraphQLAbstractType)
  return types.map((each) => new Shapes(schema, { type: each, set }, more))
}

/** Each has as many as it may have; together they are held to the same. */
function throwIfTooMany(all: readonly Shapes[], { mostFields }: ShapesMore): void {
  if (all.reduce((sum, { fields }) => sum + fields, 0) > mostFields) throw tooLarge('fields')
}

/** The nearest part it stands in that is deferred itself. */
function around({ within }: Deferral, all: readonly Deferral[]): number | undefined {
  if (!within) return undefined
  const at = all.indexOf(within)
  return at >= 0 ? at : around(within, all)
}
