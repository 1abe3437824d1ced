import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '@shop/kit/ids'
import { fraudWith, risk } from './world.ts'

type World = Awaited<ReturnType<typeof fraudWith>>

const saved = `__typename ... on FraudRuleSaved { rule { id isOn version condition } }
  ... on FraudConditionRefused { reason at }`
const creating = `mutation ($input: CreateFraudRuleInput!) { createFraudRule(input: $input) { ${saved} } }`
const updating = `mutation ($input: UpdateFraudRuleInput!) { updateFraudRule(input: $input) { ${saved} } }`

const written = { name: 'many of one', action: 'BLOCK', condition: 'most_of_one >= 50' }
const fifty = {
  lines: [{ variantId: newId(), productId: newId(), quantity: 50, unitPriceMinor: 40 }],
}

const create = (shop: World, input: object = {}) =>
  shop.ask({
    as: risk,
    query: creating,
    variables: { input: { idempotencyKey: newId(), ...written, ...input } },
  })

const update = (shop: World, input: object) =>
  shop.ask({
    as: risk,
    query: updating,
    variables: { input: { idempotencyKey: newId(), ...written, ...input } },
  })

test('a rule is off at first, decides once it is on, and keeps what it said before', async () => {
  await using shop = await fraudWith()
  const { data } = await create(shop)
  const { id: ruleId } = data.createFraudRule.rule
  const whileOff = await shop.assess(newId(), fifty)

  await update(shop, { ruleId, expectedVersion: 1, isOn: true })
  const whileOn = await shop.assess(newId(), fifty)

  assert.deepEqual(data.createFraudRule.rule, {
    id: ruleId,
    isOn: false,
    version: 1,
    condition: 'most_of_one >= 50',
  })
  assert.deepEqual(
    [whileOff.data.assessOrder.decision, whileOn.data.assessOrder.decision],
    ['ALLOW', 'REJECT'],
  )
  const query = `{ fraudRules(first: 100) { nodes { name isOn versions { version isOn changedBy } } }
    fraudAssessments(decision: REJECT) { nodes { rules reasons } } }`
  const read = await shop.ask({ as: risk, query })
  assert.deepEqual(
    read.data.fraudRules.nodes.find(({ name }: { name: string }) => name === written.name),
    {
      name: 'many of one',
      isOn: true,
      versions: [
        { version: 2, isOn: true, changedBy: risk.id },
        { version: 1, isOn: false, changedBy: risk.id },
      ],
    },
  )
  assert.deepEqual(read.data.fraudAssessments.nodes, [
    { rules: ['many of one v2'], reasons: ['RULE', 'MANY_OF_ONE'] },
  ])
})

test('a condition that cannot be read says where, and nothing is saved', async () => {
  await using shop = await fraudWith()

  const { data } = await create(shop, { condition: 'total > 3 and quantty > 2' })

  assert.deepEqual(data.createFraudRule, {
    __typename: 'FraudConditionRefused',
    reason: 'There is no feature "quantty".',
    at: 14,
  })
  assert.deepEqual(
    await shop.database.run('select id from rules where name = $1', [written.name]),
    [],
  )
})

test('of two who change a rule at once one is told; a name is had once', async () => {
  await using shop = await fraudWith({ at: 'select "version" from "rules"', of: 2 })
  const { data } = await create(shop)
  const { id: ruleId } = data.createFraudRule.rule

  const raced = await Promise.all([
    update(shop, { ruleId, expectedVersion: 1, isOn: true }),
    update(shop, { ruleId, expectedVersion: 1, isOn: false, name: 'another' }),
  ])
  const taken = await create(shop, { name: 'on the block list' })
  const absent = await update(shop, { ruleId: newId(), expectedVersion: 1, isOn: true })

  assert.deepEqual(
    raced.flatMap(({ codes }) => codes),
    ['STALE_VERSION'],
  )
  assert.deepEqual([taken.codes, absent.codes], [['BAD_USER_INPUT'], ['NOT_FOUND']])
})

test('a rule is tried on history: what it would have matched, caught and changed', async () => {
  await using shop = await fraudWith()
  const [fraud, honest, small] = [newId(), newId(), newId()]
  await shop.assess(fraud, fifty)
  shop.wait(60_000)
  await shop.assess(honest, fifty)
  await shop.assess(small)
  await shop.hear('payments.dispute-opened', newId(), { orderId: fraud, reason: 'fraudulent' })

  const simulate = (input: object) =>
    shop.ask({
      as: risk,
      query: `query ($input: SimulateFraudRuleInput!) { simulateFraudRule(input: $input) {
        __typename
        ... on FraudRuleSimulated { assessed matched fraudsMatched frauds changed examples { order { id } } }
        ... on FraudConditionRefused { at }
      } }`,
      variables: { input },
    })
  const block = await simulate({ action: 'BLOCK', condition: 'most_of_one >= 50' })
  const allow = await simulate({ action: 'ALLOW', condition: 'most_of_one >= 50' })
  const wrong = await simulate({ action: 'BLOCK', condition: 'most_of_one' })

  const found = {
    __typename: 'FraudRuleSimulated',
    assessed: 3,
    matched: 2,
    fraudsMatched: 1,
    frauds: 1,
  }
  assert.deepEqual(block.data.simulateFraudRule, {
    ...found,
    changed: 2,
    examples: [{ order: { id: honest } }, { order: { id: fraud } }],
  })
  assert.deepEqual(allow.data.simulateFraudRule, { ...found, changed: 0, examples: [] })
  assert.deepEqual(wrong.data.simulateFraudRule, { __typename: 'FraudConditionRefused', at: 11 })
})

test('rules are read a page at a time, by name', async () => {
  await using shop = await fraudWith()
  for (let i = 10; i < 30; i += 1) await create(shop, { name: `rule ${i}` })
  const page = (after: string | null) =>
    shop.ask({
      as: risk,
      query: `query ($after: String) { fraudRules(first: 20, after: $after) {
        nodes { name } pageInfo { endCursor hasNextPage } totalCount } }`,
      variables: { after },
    })

  const first = await page(null)
  const second = await page(first.data.fraudRules.pageInfo.endCursor)

  const names = [first, second].flatMap(({ data }) =>
    data.fraudRules.nodes.map(({ name }: { name: string }) => name),
  )
  assert.equal(names.length, 25)
  assert.deepEqual(names, names.toSorted())
  assert.deepEqual(
    [first.data.fraudRules.totalCount, second.data.fraudRules.pageInfo.hasNextPage],
    [25, false],
  )
})

test('thresholds move by one version at a time', async () => {
  await using shop = await fraudWith()
  const set = (input: object) =>
    shop.ask({
      as: risk,
      query: `mutation ($input: SetFraudThresholdsInput!) { setFraudThresholds(input: $input) {
        thresholds { threeDSecureAt reviewAt rejectAt version } } }`,
      variables: { input: { idempotencyKey: newId(), ...input } },
    })

  const strict = { threeDSecureAt: 0, reviewAt: 50, rejectAt: 101 }
  const done = await set({ expectedVersion: 1, ...strict })
  const stale = await set({ expectedVersion: 1, ...strict })
  const crossed = await set({ expectedVersion: 2, ...strict, reviewAt: -1 })
  const { data } = await shop.assess(newId())

  assert.deepEqual(done.data.setFraudThresholds.thresholds, { ...strict, version: 2 })
  assert.deepEqual([stale.codes, crossed.codes], [['STALE_VERSION'], ['BAD_USER_INPUT']])
  assert.equal(data.assessOrder.decision, 'REQUIRE_3DS')
})
