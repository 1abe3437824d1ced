import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { configOf } from '@shop/gateway/config'
import { Lifetime } from '@shop/gateway/execute/lifetime'
import { policyStep } from '@shop/gateway/policy/step'
import { recordOf } from '@shop/gateway/request'
import { generationSettings } from '@shop/gateway/router'
import { openGeneration } from '@shop/gateway/supergraph/generation'
import type { Identity } from '@shop/kit/identity'
import {
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  isObjectType,
  Kind,
  visit,
} from 'graphql'
import { type AccessRow, identities, isGiven, rowOf, rows } from './access-rows.ts'
import { compositeOf, documentFor, type Manner, manners, type Step, waysTo } from './access-ways.ts'

const policy = policyStep({ refuses: false })

async function opened() {
  const config = configOf({ introspection: true })
  const generation = await openGeneration(
    readFileSync('gateway/supergraph.graphql', 'utf8'),
    generationSettings(config, () => {
      throw new Error('No subgraph is asked here.')
    }),
  )
  return { generation, [Symbol.asyncDispose]: () => generation.close() }
}

type World = Awaited<ReturnType<typeof opened>>

/** By a person's word: every field on the way is given, and what each of them leads to. */
function mayHave(way: readonly Step[], last: readonly AccessRow[], identity: Identity): boolean {
  const along = way.flatMap(({ type, field, gives }) => rowsFor(type, field, gives))
  return [...along, ...last].every((row) => isGiven(row, identity))
}

/** The field's own row, and that of the whole of the type it gives. */
function rowsFor(type: string, field: string, gives: string | undefined): AccessRow[] {
  const whole = rows.find((row) => row.type === gives && row.field === '')
  return [rowOf(type, field), whole].filter((row) => row !== undefined)
}

/** Whether nothing that was asked for was taken out of the operation. */
function isGivenByRouter({ generation }: World, query: string, identity: Identity): boolean {
  const request = recordOf({
    params: { query, operationName: undefined, variables: {}, extensions: {} },
    headers: {},
    address: '',
    readOnly: false,
    carries: { cookies: true, events: null },
    lifetime: new Lifetime(1000),
    generation,
    identity,
  })
  request.document = generation.documents.check(query, undefined)
  void policy(request)
  const { denied, asked, node } = request.document
  assert.equal(denied === undefined, asked === undefined)
  if (asked) assert.ok(countOf(asked.node) < countOf(node), query)
  return denied === undefined
}

function countOf(node: Parameters<typeof visit>[0]): number {
  let count = 0
  visit(node, {
    [Kind.FIELD]: (field: FieldNode) => {
      if (!field.name.value.startsWith('__')) count += 1
    },
  })
  return count
}

interface Case {
  readonly type: GraphQLObjectType
  readonly field: GraphQLField<unknown, unknown>
  readonly way: readonly Step[]
}

function casesOf({ generation }: World): Case[] {
  const ways = waysTo(generation.schema)
  return Object.values(generation.schema.getTypeMap())
    .filter((type) => isObjectType(type))
    .filter(({ name }) => !name.startsWith('__'))
    .flatMap((type) =>
      Object.values(type.getFields()).flatMap((field) =>
        (ways.get(type.name) ?? []).map((way) => ({ type, field, way })),
      ),
    )
}

const inEveryManner = Object.keys(manners) as Manner[]

/** A subscription selects one field alone: not twice, and nothing beside it. */
const severalFields: readonly Manner[] = ['fragment in a fragment', 'condition']
const mannersFor = ({ type }: Case): Manner[] =>
  type.name === 'Subscription'
    ? inEveryManner.filter((manner) => !severalFields.includes(manner))
    : inEveryManner

/** What seven are given of one field at the end of one way; those that are not what a person says. */
function decided(world: World, { type, field, way }: Case, manner: Manner): string[] {
  const last = rowsFor(type.name, field.name, compositeOf(field))
  const query = documentFor(world.generation.schema, way, { field, manner })
  return Object.entries(identities)
    .filter(([, who]) => isGivenByRouter(world, query, who) !== mayHave(way, last, who))
    .map(([name]) => `${name}: ${query}`)
}

test('a field is given to the same seven, whichever way it is asked for', async (t) => {
  await using world = await opened()
  const cases = casesOf(world)

  // By turns: at a place every third manner, and each manner at every third place.
  const asked = cases.flatMap((each, place) =>
    mannersFor(each)
      .filter((_, turn) => (place + turn) % 3 === 0)
      .map((manner) => ({ each, manner })),
  )
  const wrong = asked.flatMap(({ each, manner }) => decided(world, each, manner))

  const decisions = asked.length * Object.keys(identities).length
  t.diagnostic(`${decisions} decisions, in ${cases.length} places`)
  assert.deepEqual(wrong, [])
  assert.ok(decisions >= 20_000, `${decisions}`)
})
