import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { migrate } from './migrations.ts'
import { migrations, notebook, service } from './test/notes.ts'
import { at } from './testing.ts'

test('what is only ever appended to takes rows from its subgraph, and gives none up', async () => {
  await using book = await notebook()
  const attempt = (statement: string) =>
    book.db
      .as(service, (tx) => sql.raw(statement).execute(tx))
      .then(
        () => 'done',
        ({ code }) => code,
      )
  // As at every start: what was closed is not opened again.
  await migrate(at(book.database.name, 'kit_owner'), migrations, 'kit')

  const came = [
    await attempt(`insert into diary values ('dear')`),
    await attempt(`update diary set page = 'nothing'`),
    await attempt('delete from diary'),
    await attempt('truncate diary'),
  ]

  const refused = '42501'
  assert.deepEqual(came, ['done', refused, refused, refused])
  assert.deepEqual(await book.database.run('select page from diary'), [{ page: 'dear' }])
})
