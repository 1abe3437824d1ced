import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { type Identity, serviceNamed } from '@shop/kit/identity'
import { newId } from '@shop/kit/ids'
import { openBackDoor, type Person } from '../people.ts'
import { accountsWith, identityIn, noon } from './world.ts'

type World = Awaited<ReturnType<typeof accountsWith>>

async function member(shop: World, email: string, role: 'ADMIN' | 'SUPPORT' = 'ADMIN') {
  await using door = await openBackDoor(shop.config, shop.standing)
  const { password } = await door.staffAccount(email, [role])
  const { data } = await shop.login(email, password)
  return { ...identityIn(data.login.accessToken), refreshToken: data.login.refreshToken }
}

const setRoles = (shop: World, as: Identity, input: object) =>
  shop.ask(
    `mutation ($input: SetUserRolesInput!) {
      setUserRoles(input: $input) {
        __typename
        ... on UserSaved { user { roles version } }
        ... on EmailNotVerified { user { emailVerified } }
      }
    }`,
    { as, variables: { input: { idempotencyKey: newId(), ...input } } },
  )

test('a role is given by whoever may, ends the sessions, and is in the next token', async () => {
  await using shop = await accountsWith()
  const admin = await member(shop, 'eve@shop.example')
  const sam = await member(shop, 'sam@shop.example', 'SUPPORT')
  const edit = { userId: sam.id, expectedVersion: 1, roles: ['FINANCE'] }

  const bySam = await setRoles(shop, sam, edit)
  const stale = await setRoles(shop, admin, { ...edit, expectedVersion: 7 })
  const { data } = await setRoles(shop, admin, edit)

  assert.deepEqual([bySam.codes, stale.codes], [['FORBIDDEN'], ['STALE_VERSION']])
  assert.deepEqual(data.setUserRoles, {
    __typename: 'UserSaved',
    user: { roles: ['CUSTOMER', 'FINANCE'], version: 2 },
  })
  assert.deepEqual((await shop.refresh(sam.refreshToken)).codes, ['UNAUTHENTICATED'])
  const told = await shop.database.run(
    `select name, actor, data->>'action' as action from outbox order by name`,
  )
  assert.deepEqual(told, [
    { name: 'accounts.role-changed', actor: `staff:${admin.id}`, action: null },
    { name: 'accounts.staff-acted', actor: `staff:${admin.id}`, action: 'roles-set' },
  ])
})

test('an address that is only claimed holds no role', async () => {
  await using shop = await accountsWith()
  const admin = await member(shop, 'eve@shop.example')
  const ada = await shop.customer('ada@example.com')

  const { data } = await setRoles(shop, admin, {
    userId: ada.id,
    expectedVersion: 1,
    roles: ['ADMIN'],
  })

  const user = { emailVerified: false }
  assert.deepEqual(data.setUserRoles, { __typename: 'EmailNotVerified', user })
  const roles = await shop.database.run('select role from user_roles where user_id = $1', [ada.id])
  assert.deepEqual(roles, [{ role: 'CUSTOMER' }])
})

test('two admins who dismiss each other at once: one of them stays', async () => {
  await using shop = await accountsWith({ at: '\n        select id from users', of: 2 })
  const [eve, mia] = [
    await member(shop, 'eve@shop.example'),
    await member(shop, 'mia@shop.example'),
  ]

  const answers = await Promise.all([
    setRoles(shop, eve, { userId: mia.id, expectedVersion: 1, roles: [] }),
    setRoles(shop, mia, { userId: eve.id, expectedVersion: 1, roles: [] }),
  ])

  assert.deepEqual(
    answers.flatMap(({ codes }) => codes),
    ['FORBIDDEN'],
  )
  const admins = await shop.database.run(`select from user_roles where role = 'ADMIN'`)
  assert.equal(admins.length, 1)
})

test('nobody manages their own account, and an old token manages nothing', async () => {
  await using shop = await accountsWith()
  const [eve, mia] = [
    await member(shop, 'eve@shop.example'),
    await member(shop, 'mia@shop.example'),
  ]

  const own = await setRoles(shop, eve, { userId: eve.id, expectedVersion: 1, roles: [] })
  await setRoles(shop, eve, { userId: mia.id, expectedVersion: 1, roles: [] })
  const dismissed = await setRoles(shop, mia, { userId: eve.id, expectedVersion: 1, roles: [] })

  assert.deepEqual([own.codes, dismissed.codes], [['FORBIDDEN'], ['FORBIDDEN']])
})

test('who is deactivated is out, cannot come in, and can again afterwards', async () => {
  await using shop = await accountsWith()
  const admin = await member(shop, 'eve@shop.example')
  const ada = await shop.customer('ada@example.com')
  const act = (field: string, expectedVersion: number) => {
    const input = { idempotencyKey: '1', userId: ada.id, expectedVersion }
    const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`
    return shop.ask(
      `mutation ($input: ${type}!) { ${field}(input: $input) { user { deactivatedAt } } }`,
      { as: admin, variables: { input } },
    )
  }

  const out = await act('deactivateUser', 1)
  const refreshed = await shop.refresh(ada.refreshToken)
  const login = await shop.login('ada@example.com')
  const again = await act('reactivateUser', 2)

  assert.deepEqual(out.data.deactivateUser.user, { deactivatedAt: noon.toISOString() })
  assert.deepEqual([refreshed.codes, login.codes], [['UNAUTHENTICATED'], ['BAD_CREDENTIALS']])
  assert.deepEqual(again.data.reactivateUser.user, { deactivatedAt: null })
  assert.deepEqual((await shop.login('ada@example.com')).codes, [])
})

test('support finds customers by the beginning of a name or an address, page by page', async () => {
  await using shop = await accountsWith()
  const support = await member(shop, 'sam@shop.example', 'SUPPORT')
  await using door = await openBackDoor(shop.config, shop.standing)
  const people: Person[] = Array.from({ length: 45 }, (_, at) => ({
    id: newId(),
    givenName: 'Given',
    familyName: at < 25 ? 'Lovelace' : '100%',
    email: `person${at}@example.com`,
    emailVerified: at % 2 === 0,
    acceptsMarketing: false,
    registeredAt: new Date(noon.getTime() - at * 1000),
    roles: [],
    addresses: [],
  }))
  await door.admit(people, 'a demo password')
  const find = (filter: object, page: object = { first: 20 }) =>
    shop.ask(
      `query ($filter: UserFilter, $first: Int!, $after: String) {
        users(filter: $filter, first: $first, after: $after) {
          totalCount edges { cursor } nodes { id email profile { familyName } sessions { id }
            addresses { nodes { id } } }
          pageInfo { hasNextPage endCursor }
        }
      }`,
      { as: support, variables: { filter, ...page } },
    )

  const first = (await find({ search: 'LOVE' })).data.users
  const { endCursor } = first.pageInfo
  const second = (await find({ search: 'LOVE' }, { first: 20, after: endCursor })).data.users

  const ids = [...first.nodes, ...second.nodes].map(({ id }: { id: string }) => id)
  assert.deepEqual(
    ids,
    people.slice(0, 25).map(({ id }) => id),
  )
  assert.deepEqual([first.totalCount, second.pageInfo.hasNextPage], [25, false])
  const counts = [{ search: '100%' }, { search: 'person7@' }, { search: '%' }, { role: 'SUPPORT' }]
  const found = []
  for (const filter of counts) found.push((await find(filter)).data.users.totalCount)
  assert.deepEqual(found, [20, 1, 0, 1])
  const unverified = await find({ emailVerified: false, deactivated: false })
  assert.equal(unverified.data.users.totalCount, 22)
})

test('one shopper sees nothing of another, by query or as an entity, and neither does a service', async () => {
  await using shop = await accountsWith()
  const [ada, ben] = [
    await shop.customer('ada@example.com'),
    await shop.customer('ben@example.com'),
  ]
  const entity = (as: Identity) =>
    shop.ask(
      `query ($id: ID!, $session: ID!) { _entities(representations: [
        { __typename: "User", id: $id }, { __typename: "UserProfile", id: $id },
        { __typename: "Session", id: $session }, { __typename: "User", id: "nonsense" }
      ]) { __typename } }`,
      { as, variables: { id: ada.id, session: ada.sessionId } },
    )

  const [own, bens, orders] = [
    await entity(ada),
    await entity(ben),
    await entity(serviceNamed('orders')),
  ]
  const user = await shop.ask(`query ($id: ID!) { user(id: $id) { email } }`, {
    as: ben,
    variables: { id: ada.id },
  })

  const seen = [{ __typename: 'User' }, { __typename: 'UserProfile' }, { __typename: 'Session' }]
  assert.deepEqual(own.data._entities, [...seen, null])
  assert.deepEqual(bens.data._entities, [null, null, null, null])
  assert.deepEqual(orders.data._entities, [null, null, null, null])
  assert.deepEqual(user.codes, ['FORBIDDEN'])
})

test('a key is shown once, rotated with an overlap, and revoked', async () => {
  await using shop = await accountsWith()
  const as = await member(shop, 'eve@shop.example')
  const act = (field: string, input: object, selection: string) => {
    const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`
    return shop.ask(`mutation ($input: ${type}!) { ${field}(input: $input) { ${selection} } }`, {
      as,
      variables: { input: { idempotencyKey: field, ...input } },
    })
  }
  const granted = async (key: string) => {
    const variables = { hash: createHash('sha256').update(key).digest('hex') }
    const query = 'query ($hash: String!) { apiKeyByHash(hash: $hash) { id scopes operationList } }'
    const { data } = await shop.ask(query, { as: serviceNamed('gateway'), variables })
    return data.apiKeyByHash
  }
  const wanted = { name: 'ERP', scopes: ['orders:read'], operationList: 'erp-1' }

  const made = await act('createApiKey', wanted, 'key apiKey { id name hint scopes operationList }')
  const again = await act('createApiKey', wanted, 'key')
  const tooMuch = await act('createApiKey', { ...wanted, scopes: ['staff:write'] }, 'key')
  const { key, apiKey } = made.data.createApiKey
  const rotated = await act('rotateApiKey', { apiKeyId: apiKey.id, overlapHours: 1 }, 'key')

  const { id } = apiKey
  assert.deepEqual(apiKey, { id, hint: key.slice(0, 11), ...wanted })
  assert.deepEqual([again.codes, tooMuch.codes], [['ALREADY_DONE'], ['IDEMPOTENCY_CONFLICT']])
  const grant = { id, scopes: ['orders:read'], operationList: 'erp-1' }
  const next = rotated.data.rotateApiKey.key
  assert.deepEqual([await granted(key), await granted(next)], [grant, grant])
  shop.wait(3_600_001)
  assert.deepEqual([await granted(key), await granted(next)], [null, grant])
  await act('revokeApiKey', { apiKeyId: id }, 'apiKey { revokedAt }')
  assert.equal(await granted(next), null)
  assert.ok(!JSON.stringify(await shop.database.run('select * from api_keys')).includes(next))
})
