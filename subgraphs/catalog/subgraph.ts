import { openDatabase } from '@shop/kit/database'
import { placeOf } from '@shop/kit/events'
import { linksOf } from '@shop/kit/file-links'
import { folderFiles } from '@shop/kit/files'
import { serviceNamed } from '@shop/kit/identity'
import type { Standing } from '@shop/kit/standing'
import { type Subgraph, schemaFrom } from '@shop/kit/subgraph'
import type { Config } from './config.ts'
import { contextOn } from './context.ts'
import type { Tables } from './db/schema.ts'
import { TermCounts } from './db/term-counts.ts'
import { countTerms } from './jobs/count-terms.ts'
import { Pictures } from './pictures/pictures.ts'
import { openStudio } from './pictures/studio.ts'
import { resolvers } from './resolvers/index.ts'

export const migrations = new URL('db/migrations/', import.meta.url)

export async function open(config: Config, standing: Standing): Promise<Subgraph> {
  // Until move(), to leave is to close: a subgraph that half opened leaves nothing behind.
  await using opening = new AsyncDisposableStack()
  const { clock, keys } = standing
  const db = opening.use(openDatabase<Tables>(config.databaseUrl, standing))
  const studio = opening.use(openStudio())
  const files = await folderFiles(config.filesFolder, clock)
  const key = keys('files')
  const links = linksOf(key, clock)
  const pictures = new Pictures({ files, studio, links, key, url: config.filesUrl })
  const service = serviceNamed('catalog')

  const schema = await schemaFrom(new URL('schema.graphql', import.meta.url), resolvers)
  const opened = opening.move()
  return {
    name: 'catalog',
    schema,
    context: contextOn({ db, clock, pictures }),
    jobs: [countTerms.with({ clock, counts: new TermCounts(db, service) })],
    place: placeOf(db, service),
    listeners: [],
    ready: () => db.isMigrated(migrations),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}
