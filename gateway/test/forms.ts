import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { systemClock } from '@shop/kit/clock'
import { folderFiles } from '@shop/kit/files'
import type { ConfigInput } from '../config.ts'
import { openRouter } from '../router.ts'
import { graphOf } from './graph.ts'

const typeDefs = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@authenticated"])
  scalar Upload
  input Kept { file: Upload, files: [Upload!] name: String }
  type Query { n(file: Upload): Int }
  type Mutation { keep(input: Kept!): [String!] secret(file: Upload): Int @authenticated }`

const usual = { mostFiles: 3, mostFileBytes: 1_000, mostAtOnce: 2 }

/** Gives back what is in the files it is handed, and knows what is left in their store. */
export async function withForms(config: ConfigInput = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), 'forms-'))
  const files = await folderFiles(folder, systemClock)
  const read = async (key: string) => text((await files.get(key)) ?? Readable.from([]))
  let executed = 0
  const keep = (_: unknown, { input }: { input: { file?: string; files?: string[] } }) => {
    executed++
    return Promise.all([input.file ?? [], input.files ?? []].flat().map(read))
  }
  const resolvers = { Query: { n: () => 1 }, Mutation: { keep, secret: () => ++executed } }
  const graph = graphOf({ one: { typeDefs, resolvers } })
  const router = await openRouter({
    supergraph: graph.supergraph,
    link: graph.link,
    config: { port: 0, development: true, ...config },
    uploads: { ...usual, files },
    onFault: (fault) => assert.fail(String(fault)),
  })
  return {
    url: router.url,
    executed: () => executed,
    /** Every file of the store that is there, or half there; once what was under way is over. */
    async left() {
      await new Promise((wake) => setTimeout(wake, 20))
      const entries = await readdir(folder, { recursive: true, withFileTypes: true })
      return entries.filter((entry) => entry.isFile()).map(({ name }) => name)
    },
    async [Symbol.asyncDispose]() {
      await router[Symbol.asyncDispose]()
      await rm(folder, { recursive: true })
    },
  }
}

export const keepOne = 'mutation ($input: Kept!) { keep(input: $input) }'
export const oneFile = { query: keepOne, variables: { input: { file: null } } }
export const onePlace = { a: ['variables.input.file'] }

export type Field = readonly [name: string, value: string | Blob]

export const fieldsOf = (
  operations: unknown,
  map: unknown,
  files: Record<string, string>,
): Field[] => [
  ['operations', JSON.stringify(operations)],
  ['map', JSON.stringify(map)],
  ...Object.entries(files).map(([name, body]): Field => [name, new Blob([body])]),
]

interface Told {
  readonly status: number
  readonly code: string | undefined
  readonly data: unknown
}

export async function send(
  url: string,
  fields: readonly Field[],
  headers = { 'x-shop-client': 'test' },
) {
  const body = new FormData()
  for (const [name, value] of fields) body.append(name, value)
  const accept = 'application/graphql-response+json'
  const response = await fetch(url, { method: 'POST', body, headers: { accept, ...headers } })
  const { data, errors } = (await response.json()) as {
    data?: unknown
    errors?: { extensions: { code: string } }[]
  }
  return { status: response.status, code: errors?.[0]?.extensions.code, data } satisfies Told
}

/** A form to the middle of its file, as a client sends it that cares for nothing. */
export function halfOf(url: string, boundary = 'b') {
  const part = (name: string, body: string) =>
    `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${body}\r\n`
  const file = '--b\r\ncontent-disposition: form-data; name="a"; filename="a"\r\n\r\nhalf'
  const body =
    part('operations', JSON.stringify(oneFile)) + part('map', JSON.stringify(onePlace)) + file
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.on('error', () => {})
  const head = `POST /graphql HTTP/1.1\r\nhost: f\r\nx-shop-client: t\r\ncontent-type: multipart/form-data; boundary=${boundary}\r\n`
  return { socket, head, body }
}
