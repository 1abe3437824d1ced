import { InferenceSession, Tensor } from 'onnxruntime-node'
import type { Matrix } from './matrix.ts'
import { BadModel } from './refusals.ts'

/**
 * One thread: two were slower than one on small graphs, and a process scales by sessions. Throws
 * BAD_MODEL where the bytes are no graph that can be run.
 */
export async function sessionOf(bytes: Uint8Array): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(bytes, {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      logSeverityLevel: 3,
    })
  } catch (error) {
    throw new BadModel('The graph cannot be run.', { cause: error })
  }
}

/** Runs a graph of `features` to `answers`, as those of `onnx-trees` and `onnx-linear`. */
export async function answersFrom(
  session: InferenceSession,
  { rows, columns, values }: Matrix,
): Promise<Float32Array> {
  const features = new Tensor('float32', values, [rows, columns])
  const { answers } = await session.run({ features })
  return answers?.data as Float32Array
}
