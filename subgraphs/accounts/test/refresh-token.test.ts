import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accountsWith } from './world.ts'

const ended = ['UNAUTHENTICATED']

test('fifty at once: one gets a successor, the others are told that it is in progress', async () => {
  await using shop = await accountsWith()
  const { data } = await shop.register('ada@example.com')
  const first = data.register.refreshToken

  const answers = await Promise.all(Array.from({ length: 50 }, () => shop.refresh(first)))

  const tokens = answers.flatMap((each) => each.data?.refreshToken?.refreshToken ?? [])
  assert.equal(tokens.length, 1)
  assert.deepEqual(
    answers.flatMap(({ codes }) => codes),
    Array(49).fill('IN_PROGRESS'),
  )
  shop.wait(1000)
  assert.deepEqual((await shop.refresh(tokens[0])).codes, [])
})

test('two that meet at the lock: the one that does not get it is told at once', async () => {
  await using shop = await accountsWith({ at: 'select "id" from "sessions"', of: 2 })
  const { data } = await shop.register('ada@example.com')
  const first = data.register.refreshToken

  const answers = await Promise.all([shop.refresh(first), shop.refresh(first)])

  assert.deepEqual(
    answers.flatMap(({ codes }) => codes),
    ['IN_PROGRESS'],
  )
})

test('a reply that was lost can be had again, once, and the first successor is dead', async () => {
  await using shop = await accountsWith()
  const { data } = await shop.register('ada@example.com')
  const first = data.register.refreshToken
  const lost = (await shop.refresh(first)).data.refreshToken.refreshToken
  shop.wait(9000)

  const again = (await shop.refresh(first)).data.refreshToken.refreshToken

  assert.notEqual(again, lost)
  shop.wait(500)
  const next = await shop.refresh(again)
  assert.deepEqual(next.codes, [])
  assert.deepEqual((await shop.refresh(lost)).codes, ended)
  assert.deepEqual((await shop.refresh(next.data.refreshToken.refreshToken)).codes, ended)
})

for (const [how, waits] of [
  ['a third time', [1000, 1000]],
  ['after ten seconds', [10_001]],
] as const) {
  test(`a used token shown ${how} ends the family`, async () => {
    await using shop = await accountsWith()
    const { data } = await shop.register('ada@example.com')
    const first = data.register.refreshToken
    let newest = (await shop.refresh(first)).data.refreshToken.refreshToken
    for (const ms of waits.slice(0, -1)) {
      shop.wait(ms)
      newest = (await shop.refresh(first)).data.refreshToken.refreshToken
    }
    shop.wait(waits.at(-1) ?? 0)

    assert.deepEqual((await shop.refresh(first)).codes, ended)

    assert.deepEqual((await shop.refresh(newest)).codes, ended)
    const open = await shop.database.run('select from sessions where ended_at is null')
    assert.deepEqual(open, [])
  })
}

test('a stolen token that was used first is found out when its owner comes', async () => {
  await using shop = await accountsWith()
  const { data } = await shop.register('ada@example.com')
  const stolen = data.register.refreshToken
  const thiefs = (await shop.refresh(stolen)).data.refreshToken.refreshToken
  shop.wait(1000)
  const thiefsNext = (await shop.refresh(thiefs)).data.refreshToken.refreshToken
  shop.wait(1000)

  assert.deepEqual((await shop.refresh(stolen)).codes, ended)

  assert.deepEqual((await shop.refresh(thiefsNext)).codes, ended)
})

test('in the cookie it comes and goes, and is in no body', async () => {
  await using shop = await accountsWith()
  const input = { email: 'ada@example.com', password: 'correct horse battery', cookie: true }
  const query = `mutation ($input: RegisterInput!) {
    register(input: $input) { refreshToken }
  }`
  const registered = await shop.ask(query, { variables: { input } })
  const refresh = registered.setCookies[0]?.value ?? ''
  shop.wait(1000)

  const { data, setCookies } = await shop.ask(
    'mutation { refreshToken(input: {}) { refreshToken user { email } } }',
    { refresh },
  )

  assert.equal(registered.data.register.refreshToken, null)
  assert.deepEqual(data.refreshToken, { refreshToken: null, user: { email: 'ada@example.com' } })
  const value = setCookies[0]?.value ?? ''
  assert.deepEqual(setCookies, [{ name: 'refresh', value, maxAgeSeconds: 604_800 }])
  assert.notEqual(value, refresh)
})

test('after a log-out nothing is refreshed, and the cookie is taken away', async () => {
  await using shop = await accountsWith()
  const { data } = await shop.register('ada@example.com')
  const refresh = data.register.refreshToken

  const { setCookies } = await shop.ask('mutation { logout(input: {}) { at } }', { refresh })

  assert.deepEqual(setCookies, [{ name: 'refresh', value: '', maxAgeSeconds: 0 }])
  assert.deepEqual((await shop.refresh(refresh)).codes, ended)
})

test('what is no token of ours is refused', async () => {
  await using shop = await accountsWith()

  const answers = [await shop.refresh('nonsense'), await shop.refresh(null)]

  assert.deepEqual(
    answers.flatMap(({ codes }) => codes),
    [...ended, ...ended],
  )
})
