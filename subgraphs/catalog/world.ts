import type { Clock } from '@shop/kit/clock'
import type { Database } from '@shop/kit/database'
import { type Once, onceIn, secretlyOnceIn } from '@shop/kit/idempotency'
import type { Identity } from '@shop/kit/identity'
import { CategoryWrites } from './db/category-writes.ts'
import { ImageWrites } from './db/image-writes.ts'
import { ProductWrites } from './db/product-writes.ts'
import type { Tables } from './db/schema.ts'
import { ShelfWrites } from './db/shelf-writes.ts'
import { Shelves } from './db/shelves.ts'
import { VariantWrites } from './db/variant-writes.ts'
import type { Picture } from './domain/picture.ts'
import type { CategoryNeeds } from './domain/save-category.ts'
import { addImage, type ImageNeeds } from './domain/save-image.ts'
import type { ShelfNeeds } from './domain/save-shelf.ts'
import type { VariantNeeds } from './domain/save-variant.ts'
import type { UploadImage, uploadProductImage } from './domain/upload-image.ts'
import type { Pictures } from './pictures/pictures.ts'

/** What an act of the domain is given. */
export type World = ShelfNeeds & VariantNeeds & ImageNeeds & CategoryNeeds & { pictures: Pictures }

export interface Acting {
  once: Once<World>
  /** For an act that returns a link. */
  secretlyOnce: Once<World>
  uploading: Parameters<typeof uploadProductImage>[0]
}

interface Opened {
  db: Database<Tables>
  clock: Clock
  pictures: Pictures
}

/** `forget` is called after each act: what loaders remember may have changed. */
export function actingOn(opened: Opened, identity: Identity, forget: () => void): Acting {
  const { db, ...shared } = opened
  const worldIn = (within: Database<Tables>) => ({
    identity,
    ...shared,
    sellers: new Shelves(within),
    products: new ProductWrites(within, identity),
    variants: new VariantWrites(within, identity),
    images: new ImageWrites(within, identity),
    tree: new CategoryWrites(within, identity),
    shelf: new ShelfWrites(within, identity),
  })
  const forgetting =
    (once: Once<World>): Once<World> =>
    async (field, act, input) => {
      const outcome = await once(field, act, input)
      forget()
      return outcome
    }
  const once = forgetting(onceIn(db, identity, worldIn))
  return {
    once,
    secretlyOnce: forgetting(secretlyOnceIn(db, identity, worldIn)),
    uploading: {
      ...worldIn(db),
      addOnce: (input, picture) =>
        once(
          'uploadProductImage',
          (needs, given) => addImage(needs, given, picture),
          asSent(input, picture),
        ),
    },
  }
}

/** A file that is sent again has another key: it is the same by what is in it. */
const asSent = <Input extends UploadImage>(input: Input, { renditions }: Picture): Input =>
  input.file ? { ...input, file: renditions['800'].webp } : input
