import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { dataSetsIn } from '@shop/kit/learn/data'
import { clothingSet, grocerySet } from './sets.ts'

function written(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'sets-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
    writeFileSync(path.join(folder, name), text)
  }
  return folder
}

const given = written({
  'images-clothing/manifest.csv':
    'path,split,class\ntrain/hat/a.jpg,train,hat\ntrain/shoes/b.jpg,train,shoes\nvalidation/hat/c.jpg,validation,hat\n',
  'images-grocery/manifest.csv':
    'path,split,fine,coarse\ntrain/Fruit/Kiwi/a.jpg,train,1,1\nval/Fruit/Kiwi/b.jpg,val,1,1\n',
  'images-grocery/classes.csv':
    'Class Name (str),Class ID (int),Coarse Class ID (int),Iconic Image Path (str)\nLime,0,0,/icons/lime.jpg\nKiwi,1,1,/icons/kiwi.jpg\n',
})

const shown = (photos: readonly { file: string; label: number }[], folder: string) =>
  photos.map(({ file, label }) => [path.relative(folder, file), label])

test('training and validation are what the lists say', () => {
  const data = dataSetsIn({ folder: given })
  const clothing = clothingSet(data)
  const grocery = grocerySet(data)
  const clothes = path.join(given, 'images-clothing')

  assert.deepEqual(clothing.classes, ['hat', 'shoes'])
  assert.deepEqual(shown(clothing.train, clothes), [
    ['train/hat/a.jpg', 0],
    ['train/shoes/b.jpg', 1],
  ])
  assert.deepEqual(shown(clothing.scored, clothes), [['validation/hat/c.jpg', 0]])
  assert.deepEqual(shown(grocery.catalogue, path.join(given, 'images-grocery')), [
    ['icons/lime.jpg', 0],
    ['icons/kiwi.jpg', 1],
  ])
  assert.deepEqual(grocery.kinds, [0, 1])
})

const helds: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'a list of them': {
    'images-clothing/manifest_test.csv': 'path,split,class\ntest/shoes/z.jpg,test,shoes\n',
    'images-grocery/manifest_test.csv': 'path,split,fine\ntest/Fruit/Lime/y.jpg,test,0\n',
  },
  'the list of the whole set': {
    'images-clothing/manifest.csv':
      'path,split,class\ntrain/hat/a.jpg,train,hat\ntest/shoes/z.jpg,test,shoes\n',
    'images-grocery/manifest.csv': 'path,split,fine\ntest/Fruit/Lime/y.jpg,test,0\n',
  },
  'folders alone': {
    'images-clothing/test/shoes/z.jpg': '',
    'images-grocery/test/Fruit/Lime/y.jpg': '',
  },
}

for (const [form, files] of Object.entries(helds)) {
  test(`held photographs are found by ${form}`, () => {
    const held = written(files)
    const data = dataSetsIn({ folder: given, held })
    const [clothing, grocery] = [clothingSet(data), grocerySet(data)]

    assert.deepEqual(shown(clothing.scored, held), [['images-clothing/test/shoes/z.jpg', 1]])
    assert.deepEqual(shown(grocery.scored, held), [['images-grocery/test/Fruit/Lime/y.jpg', 0]])
    assert.equal(clothing.train.length, 2)
  })
}

test('nothing to score, or a class that is not known, is told', () => {
  const none = written({ 'images-clothing/LICENSE.txt': '' })
  const odd = written({ 'images-clothing/test/mug/z.jpg': '' })

  const of = (held: string) => () => clothingSet(dataSetsIn({ folder: given, held }))
  assert.throws(of(none), /nothing to score/)
  assert.throws(of(odd), /mug.*is of a class/)
})
