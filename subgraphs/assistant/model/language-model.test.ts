import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { openAiCompatible } from './language-model.ts'
import { madeAssistant } from './made-world.ts'
import { replyTo } from './reply.ts'

const assistant = await madeAssistant()
const question = 'how heavy is the kettle?'
const fact = { text: 'The kettle weighs 900 grams.', citations: ['kettle-weight'] }
const quoted = { kind: 'Answered', by: 'quotation', sentences: [fact] }

const saying = (content: unknown) => (answer: ServerResponse) =>
  answer.end(JSON.stringify({ choices: [{ message: { content: JSON.stringify(content) } }] }))

/** A server of chat completions that answers as its script says. */
async function scripted(script: (answer: ServerResponse) => unknown) {
  const asked: string[] = []
  const server = createServer(async (request, answer) => {
    let body = ''
    for await (const part of request) body += part
    asked.push(body)
    script(answer)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    asked,
    language: openAiCompatible({
      url: `http://127.0.0.1:${port}/v1`,
      model: 'double',
      deadlineMs: 400,
    }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

test('what a language model words from its sources is said', async () => {
  const sentence = { text: 'It weighs 900 grams, the kettle.', citations: ['kettle-weight'] }
  await using double = await scripted(saying({ sentences: [sentence] }))

  const { value } = await replyTo({ ...assistant, language: double.language }, { text: question })

  assert.deepEqual(value, { kind: 'Answered', by: 'language-model', sentences: [sentence] })
  const [asked = ''] = double.asked
  assert.ok(!/order|email|token/i.test(JSON.parse(asked).messages[1].content))
})

const scripts: Record<string, (answer: ServerResponse) => unknown> = {
  'a wrong figure': saying({
    sentences: [{ text: 'The kettle weighs 950 grams.', citations: ['kettle-weight'] }],
  }),
  'one lie beside a truth': saying({
    sentences: [fact, { text: 'It is free today.', citations: ['kettle-weight'] }],
  }),
  'a source that was not given': saying({
    sentences: [{ text: 'The kettle weighs 900 grams.', citations: ['orders-of-ben'] }],
  }),
  'a link': saying({
    sentences: [
      { text: 'The kettle weighs 900 grams: https://evil.example', citations: ['kettle-weight'] },
    ],
  }),
  'a tool call': saying({ tool: 'cancelOrder', arguments: { orderNumber: '10044' } }),
  'no sentences': saying({ sentences: [] }),
  'prose for JSON': (answer) =>
    answer.end(JSON.stringify({ choices: [{ message: { content: 'Sure! 900 grams.' } }] })),
  garbage: (answer) => answer.end('\u0000<<<not json'),
  'a null': (answer) => answer.end('null'),
  nothing: (answer) => answer.end(),
  'an error': (answer) => answer.writeHead(500).end('{"error":"no"}'),
  'a redirect': (answer) => answer.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
  'a broken line': (answer) => answer.destroy(),
  'ten megabytes': (answer) => answer.end('x'.repeat(10_000_000)),
  silence: () => undefined,
}
for (const [what, script] of Object.entries(scripts)) {
  test(`a language model that answers with ${what} is passed over: the quotation stands`, async () => {
    await using double = await scripted(script)

    const own = { ...assistant, language: double.language }
    const { value, degraded } = await replyTo(own, { text: question })

    assert.deepEqual(value, quoted)
    assert.equal(degraded, false)
  })
}
