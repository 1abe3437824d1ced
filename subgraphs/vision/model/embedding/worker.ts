import { readFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { decoded } from '../picture/decode.ts'
import { Eyes } from './eyes.ts'

/** Sees one file after another, beside the thread that sends their names. */
const eyes = new Eyes(workerData as string)

parentPort?.on('message', (file: string) => {
  seen(file).then(
    (found) => parentPort?.postMessage({ file, ...found }),
    (error: unknown) => parentPort?.postMessage({ file, fault: String(error) }),
  )
})

async function seen(file: string) {
  const picture = await decoded(readFileSync(file))
  if (picture.kind === 'PictureRefused') return { fault: picture.message }
  const { features } = await eyes.glance(picture)
  return { precise: await eyes.look(picture), fast: features }
}
