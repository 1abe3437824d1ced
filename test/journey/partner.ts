import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Shop } from '../../deploy/solo/shop.ts'
import { clientOf } from './shop.ts'

const listed = 'query Offer($first: Int! = 3) { products(first: $first) { totalCount } }'

/** A folder of partners' lists, as a gateway reads it. */
export function listsFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), 'lists-'))
  return {
    folder,
    /** By the command that a person runs; gives the id of the one operation in it. */
    publish(list: string): string {
      const document = path.join(folder, 'offer.graphql')
      writeFileSync(document, listed)
      const words = ['gateway/publish.ts', '--list', list, '--folder', folder, document]
      execFileSync(process.execPath, words)
      return JSON.parse(readFileSync(path.join(folder, `${list}.json`), 'utf8')).operations[0].id
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  }
}

/** What a partner has of the shop: a key, and what it gets with it. */
function partnerOf(url: string, key: string) {
  const told = async (response: Response) => {
    const text = await response.text()
    const { data, errors } = text ? JSON.parse(text) : {}
    const { status, headers } = response
    return { status, headers, data, code: errors?.[0].extensions.code, text }
  }
  return {
    get: async (search: Record<string, string>, headers = {}) =>
      told(
        await fetch(`${url}?${new URLSearchParams(search)}`, {
          headers: { 'x-api-key': key, ...headers },
        }),
      ),
    post: async (body: object, headers = {}) =>
      told(
        await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-api-key': key, ...headers },
          body: JSON.stringify(body),
        }),
      ),
  }
}

type Partner = ReturnType<typeof partnerOf>

const byId = (id: string) => ({ documentId: `sha256:${id}`, variables: '{"first":2}' })

async function runsItsList(partner: Partner, id: string): Promise<void> {
  const first = await partner.get(byId(id))
  const etag = first.headers.get('etag') ?? ''
  const again = await partner.get(byId(id), { 'if-none-match': etag })
  const hash = { persistedQuery: { version: 1, sha256Hash: id } }
  const asApollo = await partner.get({ extensions: JSON.stringify(hash) })
  const byPost = await partner.post({ documentId: `sha256:${id}` })

  assert.deepEqual([first.status, first.code], [200, undefined])
  assert.equal(typeof first.data.products.totalCount, 'number')
  assert.match(String(first.headers.get('cache-control')), /^public, max-age=[123]?\d$/)
  assert.match(String(first.headers.get('vary')), /x-api-key/)
  assert.deepEqual([again.status, again.text, again.headers.get('etag')], [304, '', etag])
  assert.deepEqual([asApollo.data, byPost.data], [first.data, first.data])
}

/** Whatever it may be: a text, a change of one letter, another's id, a mutation, who it is beside the key. */
async function runsNothingElse(partner: Partner, id: string, token: string): Promise<void> {
  const other = '0'.repeat(64)
  const told = [
    await partner.get({ query: '{ __typename }' }),
    await partner.get({ query: `${listed} ` }),
    await partner.get(byId(other)),
    await partner.post({ query: '{ __schema { types { name } } }' }),
    await partner.post({ query: 'mutation { logout(input: {}) { at } }' }),
    await partner.post({
      query: '{ __typename }',
      extensions: { persistedQuery: { version: 1, sha256Hash: id } },
    }),
    await partner.get(byId(id), { authorization: `Bearer ${token}` }),
  ]

  const notInList = [403, 'PERSISTED_QUERY_NOT_IN_LIST', undefined]
  assert.deepEqual(
    told.map(({ status, code, data }) => [status, code, data]),
    [
      ...[1, 2, 3, 4, 5].map(() => notInList),
      // The id decides, whatever is sent beside it.
      [200, undefined, { products: { totalCount: told[5]?.data?.products.totalCount } }],
      [401, 'UNAUTHENTICATED', undefined],
    ],
  )
}

const issued = (field: string, input: string) =>
  `mutation ($input: ${input}!) { ${field}(input: $input) { key apiKey { id } } }`

/**
 * A key is made, its list published, used, rotated and revoked. What it gives back waits until
 * neither the old key nor the revoked one is taken: as long as a gateway believes what it knew.
 */
export async function partnerComesAndGoes(
  shop: Shop,
  lists: ReturnType<typeof listsFolder>,
  token: string,
): Promise<() => Promise<void>> {
  const ask = clientOf(shop.url)
  const made = async (name: string) => {
    const input = { idempotencyKey: name, name, scopes: [], operationList: 'erp-1' }
    const { data } = await ask(issued('createApiKey', 'CreateApiKeyInput'), input, token)
    return data.createApiKey
  }
  const [one, two] = [await made('ERP'), await made('Feeds')]
  const [before, revoked] = [one, two].map(({ key }) => partnerOf(shop.url, key)) as [
    Partner,
    Partner,
  ]
  const early = await before.post({ query: listed })
  assert.deepEqual([early.status, early.code], [403, 'PERSISTED_QUERY_NOT_IN_LIST'])

  const id = lists.publish('erp-1')
  while ((await before.get(byId(id))).status === 403) await setTimeout(100)
  await runsItsList(before, id)
  await runsNothingElse(before, id, token)
  assert.equal((await revoked.get(byId(id))).status, 200)

  const rotated = await ask(
    issued('rotateApiKey', 'RotateApiKeyInput'),
    { idempotencyKey: 'rotate', apiKeyId: one.apiKey.id, overlapHours: 0 },
    token,
  )
  const revoke = `mutation ($input: RevokeApiKeyInput!) { revokeApiKey(input: $input) { apiKey { id } } }`
  await ask(revoke, { idempotencyKey: 'revoke', apiKeyId: two.apiKey.id }, token)
  const after = partnerOf(shop.url, rotated.data.rotateApiKey.key)
  assert.equal((await after.get(byId(id))).status, 200)

  return async () => {
    const refused = async (partner: Partner) => (await partner.get(byId(id))).status === 401
    const end = Date.now() + 20_000
    while (!(await refused(before)) || !(await refused(revoked))) {
      assert.ok(Date.now() < end, 'A key that is no more was taken for longer than 15 s.')
      await setTimeout(250)
    }
    assert.equal((await after.get(byId(id))).status, 200)
  }
}
