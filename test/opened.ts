import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Subgraph } from '@shop/kit/subgraph'
import { freshDatabase, standingAt } from '@shop/kit/testing'
import { openings } from '../deploy/solo/subgraphs.ts'

/** Every subgraph that solo opens, each on a database of its own, with its queues standing still. */
export async function openedSubgraphs() {
  await using opening = new AsyncDisposableStack()
  const subgraphs: Subgraph[] = []
  for (const { name, migrations, open } of openings) {
    const database = opening.use(await freshDatabase(name, migrations))
    const env = {
      [`${name.toUpperCase()}_DATABASE_URL`]: database.url,
      FILES_FOLDER: mkdtempSync(path.join(tmpdir(), 'files-')),
    }
    subgraphs.push(opening.use(await open(env, standingAt(new Date('2026-03-01T12:00:00Z')))))
  }
  const opened = opening.move()
  return { subgraphs, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}
