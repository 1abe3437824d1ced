import type { Database, Tx } from '@shop/kit/database'
import type { Identity } from '@shop/kit/identity'
import type { Tables } from './schema.ts'

export interface Checkpoint {
  readonly fileHash: string
  /** Of the file, all that was read up to here is written or was rejected. */
  readonly lines: number
  readonly isDone: boolean
  /** When the import began. */
  readonly at: Date
}

/** Where an import of this file goes on: at its beginning, where it never began or was done. */
export async function begun(
  db: Database<Tables>,
  service: Identity,
  { fileHash, at }: Pick<Checkpoint, 'fileHash' | 'at'>,
): Promise<Checkpoint> {
  const before = await db.as(service, (tx) =>
    tx
      .selectFrom('import_checkpoints')
      .where('file_hash', '=', fileHash)
      .select(['file_hash as fileHash', 'lines', 'is_done as isDone', 'at'])
      .executeTakeFirst(),
  )
  return before && !before.isDone ? before : { fileHash, at, lines: 0, isDone: false }
}

/** In the transaction of the batch. */
export async function reached(
  tx: Tx<Tables>,
  { fileHash, lines, isDone, at }: Checkpoint,
): Promise<void> {
  await tx
    .insertInto('import_checkpoints')
    .values({ file_hash: fileHash, lines, is_done: isDone, at })
    .onConflict((conflict) =>
      conflict.column('file_hash').doUpdateSet({ lines, is_done: isDone, at }),
    )
    .execute()
}
