/** Server-sent events as graphql-sse's "distinct connections" mode writes them. */
export const nextMessage = (json: string): string => `event: next\ndata: ${json}\n\n`
export const completeMessage = 'event: complete\ndata:\n\n'
/** A comment, so that nobody between takes the stream for dead. */
export const heartbeat = ':\n\n'

/** The `data` of each `next` until `complete`; a stream that breaks off before throws. */
export async function* messagesOf(stream: AsyncIterable<Buffer>): AsyncIterable<string> {
  for await (const block of blocksOf(stream)) {
    if (block.startsWith('event: complete')) return
    const [, data] = /^event: next\ndata: (.*)$/s.exec(block) ?? []
    if (data) yield data
  }
  throw new Error('The stream broke off.')
}

async function* blocksOf(stream: AsyncIterable<Buffer>): AsyncIterable<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of stream) {
    rest += decoder.decode(chunk, { stream: true })
    const blocks = rest.split('\n\n')
    rest = blocks.pop() ?? ''
    yield* blocks
  }
}
