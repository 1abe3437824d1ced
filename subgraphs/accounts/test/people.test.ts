import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '@shop/kit/ids'
import { openBackDoor, type Person } from '../people.ts'
import { accountsWith, identityIn, noon } from './world.ts'

const person = (number: number): Person => ({
  id: newId(),
  givenName: 'Given',
  familyName: `Family${number}`,
  email: `Person.${number}@example.com`,
  emailVerified: number % 10 !== 0,
  acceptsMarketing: number % 2 === 0,
  registeredAt: new Date(noon.getTime() - number * 1000),
  roles: number === 1 ? ['SUPPORT'] : [],
  addresses: [1, 2].map((house) => ({
    name: 'Given Family',
    street: `Street ${house}`,
    postalCode: '12345',
    city: 'Town',
    country: 'DE',
  })),
})

test('people come in by the thousand, once each, and sign in with the one password', async (t) => {
  await using shop = await accountsWith()
  await using door = await openBackDoor(shop.config, shop.standing)
  const people = Array.from({ length: 2500 }, (_, at) => person(at))
  const began = performance.now()

  const added = await door.admit(people, 'a demo password')
  const again = await door.admit(people, 'a demo password')

  t.diagnostic(`twice 2,500 people in ${Math.round(performance.now() - began)} ms`)
  assert.deepEqual([added, again], [2500, 0])
  const { data } = await shop.login('person.1@example.com', 'a demo password')
  assert.deepEqual(data.login.user.roles, ['CUSTOMER', 'SUPPORT'])
  const as = identityIn(data.login.accessToken)
  const own = await shop.ask('{ me { profile { familyName newsletter } } }', { as })
  assert.deepEqual(own.data.me.profile, { familyName: 'Family1', newsletter: false })
})

test('the first start makes an admin, and no later one does', async () => {
  await using shop = await accountsWith()
  await using door = await openBackDoor(shop.config, shop.standing)

  const admin = await door.firstAdmin()
  const none = await door.firstAdmin()

  assert.equal(none, null)
  const { data } = await shop.login(admin?.email ?? '', admin?.password)
  assert.deepEqual(data.login.user.roles, ['ADMIN', 'CUSTOMER'])
  assert.equal(identityIn(data.login.accessToken).kind, 'staff')
})

test('a staff account made again has another password, and its sessions are over', async () => {
  await using shop = await accountsWith()
  await using door = await openBackDoor(shop.config, shop.standing)
  const first = await door.staffAccount('Eve@Shop.example', ['ADMIN'])
  const { data } = await shop.login(first.email, first.password)

  const second = await door.staffAccount('eve@shop.example', ['FINANCE'])

  assert.deepEqual([first.isNew, second.isNew], [true, false])
  const old = await shop.login(first.email, first.password)
  const refreshed = await shop.refresh(data.login.refreshToken)
  const now = await shop.login(second.email, second.password)
  assert.deepEqual([old.codes, refreshed.codes], [['BAD_CREDENTIALS'], ['UNAUTHENTICATED']])
  assert.deepEqual(now.data.login.user.roles, ['CUSTOMER', 'FINANCE'])
})
