import type { GraphQLError } from 'graphql'

export interface Told {
  readonly message: string
  readonly path?: readonly (string | number)[] | undefined
  readonly locations?: readonly { line: number; column: number }[] | undefined
  readonly extensions: Readonly<Record<string, unknown>>
}

interface Manner {
  /** For clients that take `application/graphql-response+json`; others get 200 where the request was well formed. */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
}

/** The whole request is answered with errors and without data: nothing was executed. */
export class Refusal extends Error {
  readonly errors: readonly Told[]
  readonly status: number
  readonly headers: Readonly<Record<string, string>>

  constructor(errors: readonly Told[], manner: Manner = {}) {
    super(errors[0]?.message ?? 'Refused.')
    this.errors = errors
    this.status = manner.status ?? 400
    this.headers = manner.headers ?? {}
  }

  static of(code: string, message: string, manner: Manner = {}): Refusal {
    return new Refusal([{ message, extensions: { code } }], manner)
  }

  /** Of what graphql-js found wrong with a document. */
  static ofDocument(code: string, errors: readonly GraphQLError[]): Refusal {
    return new Refusal(
      errors.map(({ message, locations }) => ({ message, locations, extensions: { code } })),
    )
  }
}
