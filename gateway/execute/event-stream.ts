import { LinkFault } from './link.ts'

/** One event of a `text/event-stream`. */
export interface StreamEvent {
  readonly name: string
  readonly data: string
}

/** The events of a stream, comments left out. Throws a `LinkFault` for one of more bytes than these. */
export async function* eventsOf(
  stream: AsyncIterable<Buffer>,
  mostBytes: number,
): AsyncIterable<StreamEvent> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of stream) {
    rest += decoder.decode(chunk, { stream: true })
    const blocks = rest.split(/\r?\n\r?\n/)
    rest = blocks.pop() ?? ''
    if (rest.length > mostBytes) throw new LinkFault('too-large', true)
    for (const block of blocks) {
      const event = eventIn(block)
      if (event) yield event
    }
  }
}

function eventIn(block: string): StreamEvent | null {
  let name = 'message'
  const data: string[] = []
  for (const line of block.split(/\r?\n/)) {
    const [, field, value = ''] = /^(\w+):? ?(.*)$/s.exec(line) ?? []
    if (field === 'event') name = value
    if (field === 'data') data.push(value)
  }
  return data.length > 0 || name !== 'message' ? { name, data: data.join('\n') } : null
}
