import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accountsWith, identityIn, noon, password } from './world.ts'

test('registering logs in, and whoever comes back finds the account by any spelling', async () => {
  await using shop = await accountsWith()

  const { data } = await shop.register('Ada@Example.COM')

  const { id } = data.register.user
  assert.deepEqual(data.register, {
    accessToken: data.register.accessToken,
    expiresAt: new Date(noon.getTime() + 900_000).toISOString(),
    refreshToken: data.register.refreshToken,
    user: { id, email: 'ada@example.com', emailVerified: false, roles: ['CUSTOMER'], scopes: [] },
  })
  for (const spelling of [' ada@example.com ', 'ＡＤＡ@example.com', 'ada@EXAMPLE。com']) {
    assert.equal((await shop.login(spelling)).data.login.user.id, id)
  }
})

test('me is who the token says', async () => {
  await using shop = await accountsWith()
  const { data } = await shop.register('ada@example.com', { givenName: 'Ada', device: 'phone' })
  const as = identityIn(data.register.accessToken)

  const me = await shop.ask(
    `{ me { id email emailVerified roles createdAt deactivatedAt version
      profile { id givenName familyName phone birthDate newsletter preferences }
      sessions { id device address createdAt usedAt expiresAt isCurrent } } }`,
    { as },
  )

  const at = noon.toISOString()
  assert.deepEqual(me.errors, undefined)
  assert.deepEqual(me.data.me, {
    id: as.id,
    email: 'ada@example.com',
    emailVerified: false,
    roles: ['CUSTOMER'],
    createdAt: at,
    deactivatedAt: null,
    version: 1,
    profile: {
      id: as.id,
      givenName: 'Ada',
      familyName: null,
      phone: null,
      birthDate: null,
      newsletter: false,
      preferences: {},
    },
    sessions: [
      {
        id: as.sessionId,
        device: 'phone',
        address: '192.0.2.1',
        createdAt: at,
        usedAt: at,
        expiresAt: new Date(noon.getTime() + 7 * 86_400_000).toISOString(),
        isCurrent: true,
      },
    ],
  })
})

test('a wrong password and an address that nobody has get one answer', async () => {
  await using shop = await accountsWith()
  await shop.register('ada@example.com')

  const wrong = await shop.login('ada@example.com', 'not her password')
  const unknown = await shop.login('nobody@example.com', 'not her password')

  assert.deepEqual(wrong, unknown)
  assert.deepEqual(wrong.codes, ['BAD_CREDENTIALS'])
})

test('a second who claims the address is answered as the first, and has an account apart', async () => {
  await using shop = await accountsWith()
  const first = await shop.register('ada@example.com')

  const second = await shop.register('ada@example.com', { password: 'another password' })

  const [one, two] = [first.data.register.user, second.data.register.user]
  assert.notEqual(one.id, two.id)
  assert.deepEqual({ ...two, id: one.id }, one)
  assert.equal((await shop.login('ada@example.com')).data.login.user.id, one.id)
  const again = await shop.login('ada@example.com', 'another password')
  assert.equal(again.data.login.user.id, two.id)
})

test('who registers again with the same password is signed in', async () => {
  await using shop = await accountsWith()
  const first = await shop.register('ada@example.com')

  const second = await shop.register('ADA@example.com')

  assert.deepEqual(second.data.register.user, first.data.register.user)
  assert.deepEqual(await shop.database.run('select count(*)::int as n from users'), [{ n: 1 }])
})

for (const [given, what] of [
  ['short', 'short'],
  ['x'.repeat(129), 'long'],
  ['Password123', 'common'],
  ['ada@example.com', 'its own address'],
] as const) {
  test(`a password that is too ${what} makes no account`, async () => {
    await using shop = await accountsWith()

    const { codes, errors } = await shop.register('ada@example.com', { password: given })

    assert.deepEqual(codes, ['PASSWORD_REFUSED'])
    assert.ok(!errors?.[0]?.message.includes(given))
    assert.deepEqual(await shop.database.run('select from users'), [])
  })
}

test('a password of a megabyte is refused before anything is computed', async () => {
  await using shop = await accountsWith()

  const { codes } = await shop.login('ada@example.com', 'x'.repeat(1_000_000))

  assert.deepEqual(codes, ['BAD_USER_INPUT'])
})

test('letters composed in another way are the same password', async () => {
  await using shop = await accountsWith()
  await shop.register('ada@example.com', { password: 'cafe\u0301 au lait' })

  const { codes } = await shop.login('ada@example.com', 'caf\u00e9 au lait')

  assert.deepEqual(codes, [])
})

test('what is of the wrong type is not repeated to whoever sent it', async () => {
  await using shop = await accountsWith()

  const { errors } = await shop.register('ada@example.com', { password: ['hunter2hunter2', ''] })
  const listed = await shop.ask(
    'mutation ($input: LoginInput!) { login(input: $input) { expiresAt } }',
    {
      variables: { input: { email: 'ada@example.com', password: { text: 'hunter2hunter2' } } },
    },
  )

  assert.equal(errors?.length, 1)
  assert.ok(!JSON.stringify([errors, listed.errors]).includes('hunter2'))
})

test('strangers use up their attempts, and the owner still gets in from where she was', async () => {
  await using shop = await accountsWith()
  await shop.register('ada@example.com', {}, { address: '192.0.2.7' })
  const guesses = Array.from({ length: 7 }, (_, at) =>
    shop.login('ada@example.com', 'a wrong password', { address: `198.51.100.${at}` }),
  )

  const codes = (await Promise.all(guesses)).flatMap((each) => each.codes)
  const owner = await shop.login('ada@example.com', password, { address: '192.0.2.7' })
  const elsewhere = await shop.login('ada@example.com', password, { address: '203.0.113.9' })

  assert.deepEqual(codes.toSorted(), [
    ...Array(5).fill('BAD_CREDENTIALS'),
    ...Array(2).fill('RATE_LIMITED'),
  ])
  assert.deepEqual(owner.codes, [])
  assert.deepEqual(elsewhere.codes, ['RATE_LIMITED'])
  shop.wait(67_000)
  const later = await shop.login('ada@example.com', password, { address: '203.0.113.9' })
  assert.deepEqual(later.codes, [])
})
