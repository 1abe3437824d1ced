import { Readable } from 'node:stream'
import type { Data } from '../json.ts'
import type { Router } from '../router.ts'
import type { Answer } from './graph.ts'

// biome-ignore lint/suspicious/noExplicitAny: JSON, as it came.
type Json = any

const accept = 'multipart/mixed;deferSpec=20220824, application/json'

/** Asks as Apollo Client does where something is deferred, and gives each part as it comes. */
export async function* partsOf(
  { url }: Router,
  query: string,
  variables: Data = {},
): AsyncGenerator<Json> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify({ query, variables }),
  })
  const type = response.headers.get('content-type') ?? ''
  if (!type.startsWith('multipart/mixed')) {
    yield await response.json()
    return
  }
  if (type !== 'multipart/mixed;boundary="-";deferSpec=20220824') throw new Error(type)
  yield* blocksIn(response)
}

async function* blocksIn({ body }: Response): AsyncGenerator<Json> {
  let rest = ''
  for await (const chunk of Readable.fromWeb(body as never)) {
    rest += Buffer.from(chunk).toString()
    const blocks = rest.split('\r\n---')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const [, json] = block.split('\r\n\r\n')
      if (json) yield JSON.parse(json)
    }
  }
  if (rest !== '--\r\n') throw new Error(`It ended with ${rest}.`)
}

/** What a client has when all parts have come. */
export async function wholeOf(parts: AsyncIterable<Json>): Promise<Answer & { count: number }> {
  let whole: Answer = {}
  let count = 0
  let hasNext = true
  for await (const { hasNext: more = false, incremental = [], ...first } of parts) {
    if (!hasNext) throw new Error('Something came after the last part.')
    hasNext = more
    if (count++ === 0) whole = first
    else addErrors(whole, first.errors)
    for (const { data, path, errors } of incremental) {
      if (data)
        mergeInto(
          path.reduce((at: Json, key: string) => at[key], whole.data),
          data,
        )
      addErrors(whole, errors)
    }
  }
  if (hasNext) throw new Error('The last part did not come.')
  return { ...whole, count }
}

function addErrors(whole: Answer, errors?: Json[]): void {
  if (errors) whole.errors = [...(whole.errors ?? []), ...errors]
}

function mergeInto(target: Json, source: Json): void {
  for (const [key, value] of Object.entries(source)) {
    const isBoth = typeof target[key] === 'object' && target[key] && typeof value === 'object'
    if (isBoth && value) mergeInto(target[key], value)
    else target[key] = value
  }
}
