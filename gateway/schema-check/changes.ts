import {
  findBreakingChanges,
  findDangerousChanges,
  type GraphQLSchema,
  parse,
  validate,
} from 'graphql'

/** What a client asks, and where it stands. */
export interface Asked {
  readonly place: string
  readonly body: string
}

export interface SchemaChanges {
  /** What some client may have relied on: gone, narrowed, or wanted now. */
  readonly breaking: readonly string[]
  /** What a client may not be prepared for: a new value, a new member, another default. */
  readonly dangerous: readonly string[]
  /** Operations that were valid and are not any more, and why. */
  readonly broken: readonly string[]
}

/** From what is served to what would be; of operations that were never valid nothing is said. */
export function changesBetween(
  served: GraphQLSchema,
  next: GraphQLSchema,
  operations: readonly Asked[],
): SchemaChanges {
  return {
    breaking: findBreakingChanges(served, next).map(({ description }) => description),
    dangerous: findDangerousChanges(served, next).map(({ description }) => description),
    broken: operations.flatMap(({ place, body }) => {
      const document = parse(body)
      if (validate(served, document).length > 0) return []
      return validate(next, document).map(({ message }) => `${place}: ${message}`)
    }),
  }
}
