import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { AlreadyThere, BadFileKey, folderFiles, TooLarge } from './files.ts'

const noon = new Date('2026-03-01T12:00:00Z')
const clock = { now: () => noon }
const plain = { type: 'text/plain', mostBytes: 1_000_000 }

async function inFolder() {
  const folder = await mkdtemp(path.join(tmpdir(), 'files-'))
  return {
    folder,
    files: await folderFiles(folder, clock),
    incoming: () => readdir(path.join(folder, 'incoming')),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  }
}

async function* sent(...chunks: string[]) {
  for (const chunk of chunks) yield Buffer.from(chunk)
}

const read = async (body: NodeJS.ReadableStream | undefined) => body && text(body)

test('what was put is there as it was, with what it is, also after a restart', async () => {
  await using there = await inFolder()
  const about = await there.files.put('imports/a.txt', sent('one, ', 'two'), plain)

  const again = await folderFiles(there.folder, clock)

  const sha256 = createHash('sha256').update('one, two').digest('hex')
  assert.deepEqual(about, { type: 'text/plain', bytes: 8, sha256, storedAt: noon })
  assert.deepEqual(await again.about('imports/a.txt'), about)
  assert.equal(await read(await again.get('imports/a.txt')), 'one, two')
  assert.equal(await read(await again.get('imports/a.txt', { start: 5, end: 6 })), 'tw')
})

test('what stands is not written over, by two at once neither', async () => {
  await using there = await inFolder()

  const both = await Promise.allSettled([
    there.files.put('a', sent('one'), plain),
    there.files.put('a', sent('two'), plain),
  ])

  const refused = both.filter((each) => each.status === 'rejected')
  assert.deepEqual(
    refused.map(({ reason }) => reason instanceof AlreadyThere),
    [true],
  )
  const kept = both[0]?.status === 'fulfilled' ? 'one' : 'two'
  assert.equal(await read(await there.files.get('a')), kept)
})

test('too large or broken off, nothing is left of it', async () => {
  await using there = await inFolder()
  const broken = async function* () {
    yield Buffer.from('half')
    throw new RangeError('the line is dead')
  }

  await assert.rejects(
    there.files.put('a', sent('123', '456'), { ...plain, mostBytes: 5 }),
    TooLarge,
  )
  await assert.rejects(there.files.put('b', broken(), plain), RangeError)

  const left = [await there.files.about('a'), await there.files.about('b'), await there.incoming()]
  assert.deepEqual(left, [undefined, undefined, []])
})

test('a file of just so many bytes, and of none, is no trouble', async () => {
  await using there = await inFolder()

  const full = await there.files.put('full', sent('12345'), { ...plain, mostBytes: 5 })
  const empty = await there.files.put('empty', sent(), { ...plain, mostBytes: 0 })

  assert.deepEqual([full.bytes, empty.bytes], [5, 0])
  assert.equal(await read(await there.files.get('empty')), '')
})

test('the same content is published once, under one key', async () => {
  await using there = await inFolder()
  const image = { type: 'image/png', mostBytes: 100 }

  const keys = await Promise.all([1, 2, 3].map(() => there.files.publish(sent('pixels'), image)))

  const key = `public/${createHash('sha256').update('pixels').digest('hex')}.png`
  assert.deepEqual(keys, [key, key, key])
  assert.equal(await read(await there.files.get(key)), 'pixels')
  assert.deepEqual(await there.incoming(), [])
})

test('what is deleted is gone, and deleting it again is no trouble', async () => {
  await using there = await inFolder()
  await there.files.put('a', sent('x'), plain)

  await there.files.delete('a')
  await there.files.delete('a')

  assert.deepEqual(
    [await there.files.about('a'), await there.files.get('a')],
    [undefined, undefined],
  )
})

for (const key of [
  '../a',
  'a/../../b',
  '/etc/passwd',
  '.hidden',
  'a/.b',
  'a//b',
  'a\0b',
  'a\\b',
  '',
]) {
  test(`${JSON.stringify(key)} is no key`, async () => {
    await using there = await inFolder()

    await assert.rejects(there.files.put(key, sent('x'), plain), BadFileKey)
    await assert.rejects(there.files.about(key), BadFileKey)
    assert.deepEqual(await there.incoming(), [])
  })
}

test('what is private cannot be put among what is public', async () => {
  await using there = await inFolder()

  await assert.rejects(there.files.put('public/a', sent('x'), plain), BadFileKey)
})

test('a folder is no file, and nothing lies under a file', async () => {
  await using there = await inFolder()
  await there.files.put('a/b', sent('x'), plain)

  const about = [await there.files.about('a'), await there.files.about('a/b/c')]
  assert.deepEqual(about, [undefined, undefined])
  await assert.rejects(there.files.put('a', sent('x'), plain), AlreadyThere)
  await assert.rejects(there.files.put('a/b/c', sent('x'), plain), AlreadyThere)
})

test('what a crash left half received is swept after a day', async () => {
  await using there = await inFolder()
  const at = (name: string) => path.join(there.folder, 'incoming', name)
  const hoursAgo = (hours: number) => new Date(noon.getTime() - hours * 3_600_000)
  for (const [name, hours] of [
    ['old', 25],
    ['new', 1],
  ] as const) {
    await writeFile(at(name), 'half')
    await utimes(at(name), hoursAgo(hours), hoursAgo(hours))
  }

  await folderFiles(there.folder, clock)

  assert.deepEqual(await there.incoming(), ['new'])
})

test('an upload that nobody came for is swept after a day, and nothing else that is kept', async () => {
  await using there = await inFolder()
  const keys = ['uploads/catalog/old', 'uploads/catalog/new', 'exports/old']
  for (const key of keys) {
    await there.files.put(key, sent('x'), plain)
    const at = new Date(noon.getTime() - (key.endsWith('old') ? 25 : 1) * 3_600_000)
    await utimes(path.join(there.folder, 'kept', key), at, at)
  }

  await folderFiles(there.folder, clock)

  const left = await Promise.all(keys.map((key) => there.files.about(key)))
  assert.deepEqual(
    left.map((each) => each !== undefined),
    [false, true, true],
  )
})
