import type { Introspect } from '../answer/introspect.ts'
import type { Project } from '../answer/project.ts'
import type { Shapes } from '../answer/shapes.ts'
import type { Part } from '../defer/compile.ts'
import type { Work } from '../execute/run.ts'
import type { CompiledSubscription } from '../execute/subscription.ts'
import type { Plan } from './nodes.ts'
import type { OwnNames } from './own-names.ts'

/** An operation that was planned, ready to run any number of times. */
export interface Compiled {
  readonly plan: Plan
  /** Nothing when nothing is to be fetched. */
  readonly work: Work | undefined
  /** Of a subscription, in place of work. */
  readonly subscription: CompiledSubscription | undefined
  /** What is told after the rest, each by itself; nothing where all is told at once. */
  readonly parts?: readonly Part[]
  readonly shapes: Shapes
  /** Of the whole operation, what comes later with it. */
  readonly asked: Shapes
  readonly names: OwnNames
  /** Names of fields that are fetched for types they may not have been asked of. */
  readonly lifted: ReadonlySet<string>
  readonly project: Project
  /** Nothing when the operation asks nothing about the schema. */
  readonly introspect: Introspect | undefined
}
