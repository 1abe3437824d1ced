import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { test } from 'node:test'
import { root, written } from './written.ts'

// A line that ends in a backslash goes on.
const lines = written('deploy/Dockerfile').replaceAll('\\\n', ' ').split('\n')
const instructions = lines
  .filter((line) => /^[A-Z]/.test(line))
  .map((line) => line.split(/\s+/) as [string, ...string[]])
const of = (kind: string) => instructions.filter(([first]) => first === kind)
const isThere = (pattern: string) => pattern === '.' || globSync(pattern, { cwd: root }).length > 0

test('what the image copies is there', () => {
  const copied = of('COPY')
    .filter(([, first]) => !first?.startsWith('--from'))
    .flatMap(([, ...words]) => words.slice(0, -1))
  const manifests = of('RUN').flatMap(([, ...words]) => {
    const start = words.indexOf('--parents')
    return start < 0 ? [] : words.slice(start + 1, -1)
  })

  assert.deepEqual(
    [...copied, ...manifests].filter((each) => !isThere(each)),
    [],
  )
  assert.ok(copied.length > 5 && manifests.length > 5)
})

test('every folder of the workspace brings its manifest', () => {
  const [, ...words] = of('RUN').find((each) => each.includes('--parents')) ?? []
  const brought = new Set(words.flatMap((pattern) => globSync(pattern, { cwd: root })))
  const all = globSync('{gateway,subgraphs/*,deploy/*,test}/package.json', { cwd: root })

  assert.deepEqual(
    all.filter((file) => !brought.has(file)),
    [],
  )
})

test('the image has the Node and the pnpm of the repository', () => {
  const node = written('.node-version').trim()
  const { packageManager } = JSON.parse(written('package.json'))

  assert.ok(of('FROM').some(([, image]) => image === `node:${node}-bookworm-slim`))
  assert.ok(of('RUN').some((words) => words.includes(packageManager)))
  assert.ok(written('deploy/run.mjs').includes(`'${packageManager}'`))
})

test('it runs as a user, and its command and its health check are there', () => {
  const kinds = instructions.map(([kind]) => kind)
  const [, ...command] = of('CMD').at(-1) ?? []
  const words = JSON.parse(command.join(' '))

  assert.ok(kinds.lastIndexOf('USER') > kinds.lastIndexOf('COPY'))
  assert.notEqual(of('USER').at(-1)?.[1], 'root')
  assert.deepEqual([words[0], isThere(words[1])], ['node', true])
  assert.ok(of('HEALTHCHECK').length === 1)
})
