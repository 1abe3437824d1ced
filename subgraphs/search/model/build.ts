import { sentenceGraph } from './sentence-graph.ts'
import { sentenceModel } from './sentence-weights.ts'
import { weightsFolder, writeWeights } from './weights-folder.ts'

/** Rewrites the sentence encoder of its package as an ONNX graph, into the state folder. */
const began = performance.now()
const model = sentenceModel()
const folder = weightsFolder('sentence')
writeWeights(folder, {
  'encoder.onnx': sentenceGraph(model),
  'vocabulary.json': Buffer.from(JSON.stringify(model.vocabulary)),
})
const seconds = ((performance.now() - began) / 1000).toFixed(1)
process.stdout.write(`search: the sentence encoder is in ${folder}, ${seconds} s\n`)
