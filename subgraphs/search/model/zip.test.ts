import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32, deflateRawSync } from 'node:zlib'
import { unzipped } from './zip.ts'

/** One entry as a writer of zip archives leaves it: header, content, directory. */
function archiveOf(name: string, content: Buffer, method: 0 | 8): Buffer {
  const packed = method === 8 ? deflateRawSync(content) : content
  const common = Buffer.alloc(26)
  common.writeUInt16LE(20, 0)
  common.writeUInt16LE(method, 4)
  common.writeUInt32LE(crc32(content), 10)
  common.writeUInt32LE(packed.length, 14)
  common.writeUInt32LE(content.length, 18)
  common.writeUInt16LE(name.length, 22)
  const local = [Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed]
  const directory = [
    Buffer.from('PK\x01\x02'),
    Buffer.alloc(2),
    common,
    Buffer.alloc(14),
    Buffer.from(name),
  ]
  const end = Buffer.alloc(18)
  end.writeUInt32LE(Buffer.concat(local).length, 12)
  return Buffer.concat([...local, ...directory, Buffer.from('PK\x05\x06'), end])
}

test('files of an archive are read, packed or stored, and others passed over', () => {
  const content = Buffer.from('{"a": 1}'.repeat(100))

  assert.deepEqual(unzipped(archiveOf('x/tokenizer.json', content, 8)), [content])
  assert.deepEqual(unzipped(archiveOf('encoder.onnx', content, 0)), [content])
  assert.deepEqual(unzipped(archiveOf('readme.txt', content, 8)), [])
})

test('what is no archive is refused', () => {
  assert.throws(() => unzipped(Buffer.from('<html>')), /no zip archive/)
})
