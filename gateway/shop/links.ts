import { nobody } from '@shop/kit/identity'
import type { Keys } from '@shop/kit/keys'
import type { SubgraphLink as KitLink } from '@shop/kit/link'
import type { SetCookie } from '@shop/kit/request'
import { callHeader, signed } from '@shop/kit/signature'
import { traceparent } from '@shop/kit/tracing'
import { httpLink } from '../execute/http-link.ts'
import {
  LinkFault,
  type SubgraphAnswer,
  type SubgraphCall,
  type SubgraphLink,
} from '../execute/link.ts'

interface Remote {
  readonly name: string
  readonly url: string
  readonly keys: Keys
}

/** From these alone cookies are handed on. */
const mayCook = new Set(['accounts', 'orders'])

/** A subgraph in a process of its own: every call is signed for it, for who asks, for this body. */
export function signedLink({ name, url, keys }: Remote): SubgraphLink {
  const link = httpLink({
    url,
    timeoutMs: 15_000,
    connections: 32,
    mostBytes: 32 * 1024 * 1024,
    // Three heartbeats of kit's.
    silenceMs: 30_000,
    headersOf: ({ body, request }) => {
      const { identity = nobody, cookies, address, lifetime } = request
      const deadlineMs = Math.round(Date.now() + lifetime.remainingMs)
      const said = { identity, cookies, address, deadlineMs, traceparent: traceparent() }
      return [callHeader, signed(said, { audience: name, keyOf: name, body }, keys)]
    },
  })
  return {
    ask: async (call) => withCookies(name, call, await link.ask(call)),
    follow: (call, signal) => link.follow(call, signal),
    close: () => link.close(),
  }
}

/** A subgraph in this process: the same identity, deadline and masking, without the wire. */
export function nearLink(name: string, link: KitLink): SubgraphLink {
  async function ask(call: SubgraphCall): Promise<SubgraphAnswer> {
    const { document, operationName, variables, request } = call
    const { identity = nobody, cookies, address, lifetime } = request
    const deadline =
      Date.now() + Math.min(call.timeoutMs ?? Number.POSITIVE_INFINITY, lifetime.remainingMs)
    try {
      const answer = await link.ask({
        document,
        operationName,
        variables: JSON.parse(variables),
        identity,
        cookies,
        address,
        deadline,
      })
      if (isLate(answer)) throw new LinkFault('late', true)
      return withCookies(name, call, answer)
    } catch (fault) {
      if (fault instanceof LinkFault) throw fault
      throw new LinkFault('unreachable', true, fault)
    }
  }

  async function* follow(call: SubgraphCall, signal: AbortSignal): AsyncIterable<SubgraphAnswer> {
    const { document, operationName, variables, request } = call
    const { identity = nobody, cookies } = request
    const asked = { document, operationName, variables: JSON.parse(variables), signal }
    try {
      yield* link.follow({ ...asked, identity, cookies })
    } catch (fault) {
      throw new LinkFault('unreachable', true, fault)
    }
  }

  return { ask, follow, close: () => Promise.resolve(link[Symbol.asyncDispose]()) }
}

/** As over the wire: what came to nothing in its time is no answer. */
const isLate = ({ data, errors }: SubgraphAnswer) =>
  !data && errors?.some(({ extensions }) => codeOf(extensions) === 'DEADLINE_EXCEEDED')

const codeOf = (extensions: unknown) => (extensions as { code?: unknown } | null)?.code

function withCookies(
  name: string,
  { request }: SubgraphCall,
  answer: SubgraphAnswer & { readonly extensions?: unknown },
): SubgraphAnswer {
  const { setCookies } = (answer.extensions ?? {}) as { setCookies?: readonly SetCookie[] }
  if (setCookies && mayCook.has(name)) {
    request.setCookies = [...(request.setCookies ?? []), ...setCookies]
  }
  return answer
}
