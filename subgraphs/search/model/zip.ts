import { inflateRawSync } from 'node:zlib'

const endOfDirectory = 0x06054b50
const entryOfDirectory = 0x02014b50
const deflated = 8

/**
 * The files in a zip archive, which a jar and a wheel are: those called `.onnx` or `.json`, by its
 * central directory (PKWARE's application note 6.3.10, without encryption and ZIP64).
 */
export function unzipped(archive: Uint8Array): Uint8Array[] {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength)
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end < 0 || bytes.readUInt32LE(end) !== endOfDirectory)
    throw new Error('This is no zip archive.')
  const files: Uint8Array[] = []
  let at = bytes.readUInt32LE(end + 16)
  while (at < end && bytes.readUInt32LE(at) === entryOfDirectory) {
    const nameLength = bytes.readUInt16LE(at + 28)
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength)
    if (/\.(onnx|json)$/.test(name)) files.push(contentOf(bytes, at))
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return files
}

function contentOf(bytes: Buffer, entry: number): Uint8Array {
  const [method, packed] = [bytes.readUInt16LE(entry + 10), bytes.readUInt32LE(entry + 20)]
  const local = bytes.readUInt32LE(entry + 42)
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
  const content = bytes.subarray(start, start + packed)
  return method === deflated ? inflateRawSync(content) : content
}
