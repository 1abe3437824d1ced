import { openDatabase } from '@shop/kit/database'
import { placeOf } from '@shop/kit/events'
import { folderFiles } from '@shop/kit/files'
import { serviceNamed } from '@shop/kit/identity'
import type { Standing } from '@shop/kit/standing'
import { type Subgraph, schemaFrom } from '@shop/kit/subgraph'
import type { Config } from './config.ts'
import { contextOn } from './context.ts'
import type { Tables } from './db/schema.ts'
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
  const pictures = new Pictures({ files, studio, key: keys('files'), url: config.filesUrl })

  const schema = await schemaFrom(new URL('schema.graphql', import.meta.url), resolvers)
  const opened = opening.move()
  return {
    name: 'catalog',
    schema,
    context: contextOn({ db, clock, pictures }),
    jobs: [],
    place: placeOf(db, serviceNamed('catalog')),
    listeners: [],
    ready: () => db.isMigrated(migrations),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}
