import type { TestEvent } from 'node:test/reporters'

const mark = 'left out:'

/** A reporter of `node --test`: what the tests said that they left out, each reason once. */
export default async function* leftOut(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const reasons = new Set<string>()
  for await (const { type, data } of events) {
    if (type !== 'test:diagnostic' || !data.message.startsWith(mark)) continue
    reasons.add(data.message.slice(mark.length).trim())
  }
  if (reasons.size > 0) yield `\nLeft out:\n${[...reasons].map((each) => `  ${each}\n`).join('')}`
}
