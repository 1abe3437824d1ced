import type { AskedOperation, Router as AskRouter } from '@shop/kit/ask'
import type { Answer } from '@shop/kit/call'
import { type Identity, serviceNamed } from '@shop/kit/identity'
import type { KnownOperation } from '../composition/routes.ts'
import { Lifetime } from '../execute/lifetime.ts'
import type { Data } from '../json.ts'
import { recordOf } from '../request.ts'
import { plainRoad, travel } from '../road.ts'
import type { Life } from '../supergraph/life.ts'

export interface Asks {
  /** An operation that composition knows of its asker, for a service or for whom it acts. */
  readonly known: AskRouter
  /** The gateway's own. */
  own(document: string, timeoutMs: number, variables?: Data): Promise<Answer>
}

/** What is asked of the router from within. It takes the same road, and no client's limits. */
export function asksOn(
  life: () => Life,
  operations: Readonly<Record<string, KnownOperation>>,
): Asks {
  async function run(document: string, { identity, variables, deadline }: Asking): Promise<Answer> {
    const { generation, leave } = life().enter()
    const forMs = Math.max(1, deadline - Date.now())
    const lifetime = new Lifetime(forMs)
    const clock = setTimeout(() => lifetime.end('late'), forMs)
    const record = recordOf({
      params: { query: document, operationName: undefined, variables, extensions: {} },
      headers: {},
      address: '',
      readOnly: false,
      carries: { cookies: false, events: null },
      lifetime,
      generation,
      identity,
    })
    try {
      await travel(record, plainRoad)
      return JSON.parse(record.answer ?? '{}') as Answer
    } finally {
      clearTimeout(clock)
      leave()
    }
  }

  return {
    async known({ service, hash, variables, actsFor, deadline }: AskedOperation) {
      const operation = operations[hash]
      if (operation?.service !== service) return notKnown
      const identity = { ...serviceNamed(service), ...(actsFor && { actsFor }) }
      return run(operation.document, { identity, variables, deadline })
    },
    own: (document, timeoutMs, variables = {}) =>
      run(document, {
        identity: serviceNamed('gateway'),
        variables,
        deadline: Date.now() + timeoutMs,
      }),
  }
}

interface Asking {
  identity: Identity
  variables: Data
  deadline: number
}

const notKnown: Answer = {
  errors: [
    { message: 'This is no operation of the asker.', extensions: { code: 'OPERATION_UNKNOWN' } },
  ],
}
