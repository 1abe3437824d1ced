import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDatabase } from '@shop/kit/database'
import type { Identity } from '@shop/kit/identity'
import type { Tables } from '../db/schema.ts'
import { Sessions } from '../db/sessions.ts'
import { accounts } from '../door.ts'
import { accountsWith, identityIn, password } from './world.ts'

type World = Awaited<ReturnType<typeof accountsWith>>

const change = (shop: World, as: Identity, input: object) =>
  shop.ask(
    `mutation ($input: ChangePasswordInput!) {
      changePassword(input: $input) { user { sessions { id isCurrent } } }
    }`,
    { as, variables: { input } },
  )

test('a changed password ends every other session, and the same key again changes nothing', async () => {
  await using shop = await accountsWith()
  const ada = await shop.customer('ada@example.com')
  const { data } = await shop.login('ada@example.com')
  const input = { idempotencyKey: '1', currentPassword: password, newPassword: 'a new password' }

  const first = await change(shop, ada, input)
  const again = await change(shop, ada, input)
  const other = await change(shop, ada, { ...input, newPassword: 'another password' })

  const sessions = [{ id: ada.sessionId, isCurrent: true }]
  assert.deepEqual(first.data.changePassword, { user: { sessions } })
  assert.deepEqual(again, first)
  assert.deepEqual(other.codes, ['IDEMPOTENCY_CONFLICT'])
  assert.deepEqual((await shop.refresh(data.login.refreshToken)).codes, ['UNAUTHENTICATED'])
  assert.deepEqual((await shop.refresh(ada.refreshToken)).codes, [])
  assert.deepEqual((await shop.login('ada@example.com')).codes, ['BAD_CREDENTIALS'])
  assert.deepEqual((await shop.login('ada@example.com', 'a new password')).codes, [])
})

test('without the current password nothing is changed', async () => {
  await using shop = await accountsWith()
  const ada = await shop.customer('ada@example.com')
  const input = {
    idempotencyKey: '1',
    currentPassword: 'not this one',
    newPassword: 'a new password',
  }

  const { codes } = await change(shop, ada, input)

  assert.deepEqual(codes, ['BAD_CREDENTIALS'])
  assert.deepEqual((await shop.login('ada@example.com')).codes, [])
})

test('a log-in that was checked against a password which was changed meanwhile opens nothing', async () => {
  await using shop = await accountsWith()
  const { id: userId } = await shop.customer('ada@example.com')
  await using db = openDatabase<Tables>(shop.config.databaseUrl, shop.standing)
  const sessions = new Sessions(db, accounts, shop.standing.clock)

  const opened = await sessions.open({ userId, passwordHash: 'before', whence: {}, device: null })

  assert.equal(opened, null)
})

test('sessions are ended one by one or all the others, and nobody ends another’s', async () => {
  await using shop = await accountsWith()
  const ada = await shop.customer('ada@example.com')
  const ben = await shop.customer('ben@example.com')
  const [second, third] = [await shop.login('ada@example.com'), await shop.login('ada@example.com')]
  const idOf = (login: typeof second) => identityIn(login.data.login.accessToken).sessionId
  const revoke = (as: Identity, sessionId?: string) =>
    shop.ask(
      `mutation ($input: RevokeSessionInput!) {
        revokeSession(input: $input) { user { sessions { id } } }
      }`,
      { as, variables: { input: { idempotencyKey: '1', sessionId } } },
    )

  const bens = await revoke(ben, idOf(second))
  const adas = await revoke(ada, idOf(second))
  const others = await shop.ask(
    `mutation { revokeOtherSessions(input: { idempotencyKey: "1" }) { user { sessions { id } } } }`,
    { as: ada },
  )

  assert.deepEqual(bens.data.revokeSession.user.sessions, [{ id: ben.sessionId }])
  const left = [{ id: idOf(third) }, { id: ada.sessionId }]
  assert.deepEqual(adas.data.revokeSession.user.sessions, left)
  assert.deepEqual(others.data.revokeOtherSessions.user.sessions, [{ id: ada.sessionId }])
  assert.deepEqual((await shop.refresh(second.data.login.refreshToken)).codes, ['UNAUTHENTICATED'])
})

test('a profile keeps what was left out, and loses what was made null', async () => {
  await using shop = await accountsWith()
  const as = await shop.customer('ada@example.com')
  const fields = 'givenName familyName phone birthDate newsletter preferences'
  const update = (input: object) =>
    shop.ask(
      `mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { profile { ${fields} } } }`,
      { as, variables: { input } },
    )
  const names = { givenName: ' Ada ', familyName: 'Lovelace', phone: '+44 20 7946 0000' }
  await update({ idempotencyKey: '1', ...names, birthDate: '1815-12-10' })
  await update({ idempotencyKey: '2', ...names, birthDate: '1915-12-10' })

  await update({ idempotencyKey: '3', phone: null })
  const prefer = await shop.ask(
    `mutation ($input: UpdatePreferencesInput!) {
      updatePreferences(input: $input) { profile { ${fields} } }
    }`,
    {
      as,
      variables: { input: { idempotencyKey: '1', newsletter: true, preferences: { a: [1] } } },
    },
  )

  assert.deepEqual(prefer.data.updatePreferences.profile, {
    givenName: 'Ada',
    familyName: 'Lovelace',
    phone: null,
    birthDate: '1915-12-10',
    newsletter: true,
    preferences: { a: [1] },
  })
  const wrong = await update({ idempotencyKey: '4', birthDate: '2001-02-30' })
  assert.deepEqual(wrong.codes, ['BAD_USER_INPUT'])
})

const home = {
  name: 'Ada Lovelace',
  line1: 'St James’s Square 12',
  postalCode: 'SW1Y 4LB',
  city: 'London',
  country: 'gb',
}
const adding = `mutation ($input: CreateAddressInput!) {
  createAddress(input: $input) {
    __typename
    ... on AddressSaved { address { id country isDefaultShipping isDefaultBilling } }
    ... on TooManyAddresses { most }
  }
}`

test('the first address is the default, and more than a page are paged through', async () => {
  await using shop = await accountsWith()
  const as = await shop.customer('ada@example.com')
  const add = async (count: number) => {
    const input = { idempotencyKey: String(count), address: { ...home, line1: `House ${count}` } }
    return (await shop.ask(adding, { as, variables: { input } })).data.createAddress
  }
  const first = await add(0)
  for (let count = 1; count < 50; count += 1) await add(count)

  const tooMany = await add(50)
  const seen = []
  let after: string | null = null
  do {
    const { data } = await shop.ask(
      `query ($after: String) { me { addresses(first: 20, after: $after) {
        totalCount nodes { line1 } edges { node { line1 } } pageInfo { hasNextPage endCursor } } } }`,
      { as, variables: { after } },
    )
    const { nodes, edges, pageInfo, totalCount } = data.me.addresses
    assert.equal(totalCount, 50)
    assert.deepEqual(
      edges.map(({ node }: { node: object }) => node),
      nodes,
    )
    seen.push(...nodes.map(({ line1 }: { line1: string }) => line1))
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null
  } while (after)

  const { id } = first.address
  assert.deepEqual(first, {
    __typename: 'AddressSaved',
    address: { id, country: 'GB', isDefaultShipping: true, isDefaultBilling: true },
  })
  assert.deepEqual(tooMany, { __typename: 'TooManyAddresses', most: 50 })
  assert.deepEqual(
    seen,
    Array.from({ length: 50 }, (_, count) => `House ${count}`),
  )
})

test('an address is changed, made a default and deleted by its owner alone', async () => {
  await using shop = await accountsWith()
  const [ada, ben] = [
    await shop.customer('ada@example.com'),
    await shop.customer('ben@example.com'),
  ]
  const create = async (idempotencyKey: string) => {
    const variables = { input: { idempotencyKey, address: home } }
    return (await shop.ask(adding, { as: ada, variables })).data.createAddress.address.id
  }
  const [one, two] = [await create('1'), await create('2')]
  const act = (as: Identity, field: string, input: object) => {
    const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`
    const query = `mutation ($input: ${type}!) { ${field}(input: $input) { __typename } }`
    return shop.ask(query, { as, variables: { input: { idempotencyKey: field, ...input } } })
  }
  const acts = (as: Identity) => [
    act(as, 'setDefaultAddress', { addressId: two, kind: 'BILLING' }),
    act(as, 'updateAddress', {
      addressId: two,
      address: { ...home, city: 'Paris', country: 'FR' },
    }),
    act(as, 'deleteAddress', { addressId: one }),
  ]

  const bens = await Promise.all(acts(ben))
  const adas = []
  for (const each of acts(ada)) adas.push(await each)

  assert.deepEqual(
    bens.flatMap(({ codes }) => codes),
    Array(3).fill('NOT_FOUND'),
  )
  assert.deepEqual(
    adas.flatMap(({ codes }) => codes),
    [],
  )
  const { data } = await shop.ask(
    `{ me { addresses { nodes { id city } }
      defaultAddress(kind: SHIPPING) { id } billing: defaultAddress(kind: BILLING) { id city country } } }`,
    { as: ada },
  )
  assert.deepEqual(data.me, {
    addresses: { nodes: [{ id: two, city: 'Paris' }] },
    defaultAddress: null,
    billing: { id: two, city: 'Paris', country: 'FR' },
  })
})
