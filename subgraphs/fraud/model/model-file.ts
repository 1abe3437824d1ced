import type { Schema } from '@shop/kit/learn/features'
import type { ModelFiles, NewModel } from '@shop/kit/learn/model-folder'
import { onnxFile } from '@shop/kit/learn/onnx'
import { forestGraph, treeGraph } from '@shop/kit/learn/onnx-trees'
import { forestFromJson, treesFromJson, treesToJson } from '@shop/kit/learn/tree-file'
import type { Curve, FraudModel } from './learner.ts'

interface Rest {
  readonly names: readonly string[]
  readonly curve: Curve
}

/** Graphs for whoever runs ONNX, and the trees themselves, which reasons are read from. */
export const contentsOf = ({ names, curve, trees, forest }: FraudModel): NewModel['contents'] => ({
  'forest.json': treesToJson(forest),
  'forest.onnx': onnxFile(forestGraph(forest)),
  'rest.json': `${JSON.stringify({ names, curve } satisfies Rest)}\n`,
  'trees.json': treesToJson(trees),
  'trees.onnx': onnxFile(treeGraph(trees)),
})

export function modelFrom(files: ModelFiles): FraudModel {
  const text = (name: string) => new TextDecoder().decode(files.bytes(name))
  return {
    ...files.json<Rest>('rest.json'),
    trees: treesFromJson(text('trees.json')),
    forest: forestFromJson(text('forest.json')),
  }
}

/** The columns, which are numbers all: what they are made from is the story's to know. */
export const schemaOf = ({ names }: FraudModel): Schema =>
  names.map((name) => ({ name, kind: 'number' as const }))
