import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { ada, notificationsWith, until } from './world.ts'

type World = Awaited<ReturnType<typeof notificationsWith>>

const sender = fileURLToPath(new URL('sender.ts', import.meta.url))

const started = ({ database, mail }: World, env: Record<string, string>) =>
  spawn(process.execPath, [sender, database.url, mail.smtpUrl], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env,
  })

const registered = { name: 'accounts.user-registered', aggregateId: ada, data: { userId: ada } }
const minute = 60_000

/** What came, and what is written of it, after everybody has had an hour to do more. */
async function anHourLater(shop: World) {
  for (let i = 0; i < 12; i += 1) {
    await shop.send()
    shop.wait(5 * minute + 1000)
  }
  const [{ state, attempts } = {}] = await shop.states()
  return { came: shop.mail.mails.length, state, attempts }
}

for (const [point, expected] of [
  ['notifications.mail.before', { came: 1, state: 'SENT', attempts: 2 }],
  ['notifications.mail.sent', { came: 1, state: 'UNKNOWN', attempts: 1 }],
  ['notifications.mail.after', { came: 1, state: 'SENT', attempts: 1 }],
] as const) {
  test(`killed at ${point} a mail goes out once`, async () => {
    await using shop = await notificationsWith()
    await shop.hear(registered)

    const child = started(shop, { SHOP_CRASH_AT: point })
    const [, signal] = await once(child, 'exit')

    assert.equal(signal, 'SIGKILL')
    assert.deepEqual(await anHourLater(shop), expected)
  })
}

test('killed while the server thinks about it, it is not sent again', async () => {
  await using shop = await notificationsWith()
  shop.mail.follow({ next: ['slow'], slowMs: 4000 })
  await shop.hear(registered)

  const child = started(shop, {})
  await until(() => shop.mail.mails.length === 1)
  child.kill('SIGKILL')
  await once(child, 'exit')

  assert.deepEqual(await anHourLater(shop), { came: 1, state: 'UNKNOWN', attempts: 1 })
})

test('frozen before it sent, and woken when somebody else has sent, it sends nothing', async () => {
  await using shop = await notificationsWith()
  await shop.hear(registered)

  const child = started(shop, { SHOP_FREEZE_AT: 'notifications.mail.before' })
  await until(async () => (await shop.states())[0]?.attempts === 1)
  await new Promise((resolve) => setTimeout(resolve, 500))
  shop.wait(3 * minute)
  await shop.send()
  child.kill('SIGCONT')
  await once(child, 'exit')

  assert.deepEqual(await anHourLater(shop), { came: 1, state: 'SENT', attempts: 2 })
})
