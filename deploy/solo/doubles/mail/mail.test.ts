import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { createTransport } from 'nodemailer'
import { type MailDouble, openMailDouble } from './open.ts'

const mail = {
  from: 'shop@shop.example',
  to: 'ada@example.com',
  subject: 'A <b>bold</b> offer',
  messageId: '<1.test@shop.example>',
  text: 'Look at https://shop.example/verify?token=a&b=c.\n<script>alert(1)</script>',
  html: '<p>Look <a href="https://shop.example/">here</a></p><script>alert(1)</script>',
}

/** The code of the answer, or of the fault where none came. */
async function sent(double: MailDouble, more: object = {}): Promise<unknown> {
  const transport = createTransport({ url: double.smtpUrl } as never)
  try {
    await transport.sendMail({ ...mail, ...more })
    return 'taken'
  } catch (fault) {
    const { responseCode, code } = fault as { responseCode?: number; code?: string }
    return responseCode ?? code
  }
}

const asked = (double: MailDouble, place: string, init: RequestInit = {}) =>
  fetch(`${double.url}${place}`, init)

test('what was sent is kept, as its reader would have it, and counted', async () => {
  await using double = await openMailDouble()

  await sent(double)
  await sent(double, { cc: 'ben@example.com' })

  const [newest] = double.mails
  assert.deepEqual(
    { ...newest, id: '', receivedAt: '', headers: [] },
    {
      id: '',
      receivedAt: '',
      messageId: mail.messageId,
      from: mail.from,
      recipients: ['ada@example.com', 'ben@example.com'],
      subject: mail.subject,
      text: `${mail.text}\n`,
      html: `${mail.html}\n`,
      headers: [],
    },
  )
  const counts = (await (await asked(double, '/counts.json')).json()) as unknown
  assert.deepEqual(counts, [
    { messageId: mail.messageId, recipient: 'ada@example.com', times: 2 },
    { messageId: mail.messageId, recipient: 'ben@example.com', times: 1 },
  ])
})

test('a script says what becomes of the next mails, and a seed of those after', async () => {
  await using double = await openMailDouble()
  const put = await asked(double, '/script', {
    method: 'PUT',
    body: JSON.stringify({ next: ['busy', 'refused', 'lost', 'cut', 'slow'], slowMs: 300 }),
  })

  const outcomes: unknown[] = []
  const kept: number[] = []
  const began = performance.now()
  for (let i = 0; i < 6; i += 1) {
    outcomes.push(await sent(double))
    kept.push(double.mails.length)
  }

  assert.equal(put.status, 204)
  assert.deepEqual(outcomes.slice(0, 2), [451, 550])
  assert.deepEqual([typeof outcomes[2], typeof outcomes[3]], ['string', 'string'])
  assert.deepEqual(outcomes.slice(4), ['taken', 'taken'])
  assert.deepEqual(kept, [0, 0, 1, 1, 2, 3])
  assert.ok(performance.now() - began >= 300)
})

test('the same seed, the same fates', async () => {
  await using double = await openMailDouble()
  const fates = async () => {
    double.follow({ seed: 7, busy: 0.5 })
    const outcomes: unknown[] = []
    for (let i = 0; i < 12; i += 1) outcomes.push(await sent(double))
    return outcomes
  }

  const first = await fates()

  assert.deepEqual(await fates(), first)
  assert.deepEqual(new Set(first), new Set(['taken', 451]))
})

test('a page shows what came: nothing of it runs, and only links to the web are links', async () => {
  await using double = await openMailDouble()
  await sent(double)
  const [{ id = '' } = {}] = double.mails

  const list = await (await asked(double, '/')).text()
  const shown = await (await asked(double, `/messages/${id}`)).text()
  const framed = await asked(double, `/messages/${id}/html`)

  assert.match(list, /A &lt;b&gt;bold&lt;\/b&gt; offer/)
  assert.doesNotMatch(list + shown, /<script>/)
  assert.match(
    shown,
    /<a href="https:\/\/shop\.example\/verify\?token=a&amp;b=c" target="_blank" rel="noreferrer">/,
  )
  assert.match(shown, /<iframe sandbox="allow-popups allow-popups-to-escape-sandbox"/)
  const policy = framed.headers.get('content-security-policy') ?? ''
  assert.match(policy, /default-src 'none'.*sandbox allow-popups/)
  assert.doesNotMatch(policy, /script/)
})

test('nobody reaches it by a name that points here, nor asks for what is not there', async () => {
  await using double = await openMailDouble()
  await sent(double)
  const { hostname, port } = new URL(double.url)
  const { request } = await import('node:http')
  const status = await new Promise((resolve) => {
    const headers = { host: 'rebound.example' }
    request({ hostname, port, path: '/messages.json', headers }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    }).end()
  })

  assert.equal(status, 403)
  assert.equal((await asked(double, '/messages/00000000-0000-0000-0000-000000000000')).status, 404)
  assert.equal(
    (await asked(double, '/script', { method: 'PUT', body: '{"next":["x"]}' })).status,
    400,
  )
  assert.equal((await asked(double, '/script', { method: 'PUT', body: '{' })).status, 400)
})

test('what it keeps outlives it, until it is emptied', async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'mail-')), 'mails.jsonl')
  {
    await using double = await openMailDouble({ file })
    await sent(double)
  }
  await using double = await openMailDouble({ file })

  const before = [double.mails.length, double.counts.length]
  await asked(double, '/messages.json', { method: 'DELETE' })

  assert.deepEqual(before, [1, 1])
  assert.deepEqual([double.mails, double.counts], [[], []])
})
