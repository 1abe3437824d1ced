import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drawnAndWritten } from './picture.ts'

test('the picture in the README is what the imports draw: else npm run picture', () => {
  const { drawn, written } = drawnAndWritten()
  assert.equal(written, drawn)
})
