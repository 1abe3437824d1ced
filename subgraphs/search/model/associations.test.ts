import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Associations } from './associations.ts'
import { englishStems } from './stems.ts'

const product = (title: string, description: string) => ({
  title,
  text: `${title} ${description}`,
})
const names = ['kettle', 'toaster', 'cable']
const others = Array.from({ length: 60 }, () => product('cable', 'two metres of black copper'))
const products = [
  product('kettle', 'boils water in two minutes'),
  product('red kettle', 'boil your water for tea'),
  product('toaster', 'for bread, in two minutes'),
  ...others,
]

test('what a sentence describes is near what is called so by its descriptions', () => {
  const associations = new Associations(products, names, englishStems())

  const [kettle, toaster, cable] = associations.strengths('something that boils the water')

  assert.deepEqual([kettle, toaster, cable], [1, 0, 0])
})

test('words that most products say, or none, tell nothing', () => {
  const associations = new Associations(products, names, englishStems())

  for (const text of ['', 'two', 'copper', 'zebra', '\u0000😀']) {
    assert.deepEqual([...associations.strengths(text)], [0, 0, 0])
  }
})

test('without products nothing goes with anything', () => {
  const associations = new Associations([], [], englishStems())

  assert.deepEqual(associations.strengths('boil water'), new Float64Array())
})
