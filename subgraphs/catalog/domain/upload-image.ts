import type { Picture } from './picture.ts'
import type { ImageSaved, NewImage } from './save-image.ts'
import { type ProductNeeds, writable } from './save-product.ts'

export interface UploadImage extends NewImage {
  readonly idempotencyKey: string
  readonly fileKey?: string | null | undefined
  /** The key of a file that is there for as long as this request. */
  readonly file?: string | null | undefined
  readonly base64?: string | null | undefined
}

interface Needs extends ProductNeeds {
  pictures: { take(source: UploadImage): Promise<Picture> }
  /** Once for its key, in a transaction of its own. */
  addOnce(input: UploadImage, picture: Picture): Promise<ImageSaved>
}

/**
 * Reads and publishes the picture with no transaction open. Published twice it is the same files, so
 * a repeat may do that again.
 */
export async function uploadProductImage(needs: Needs, input: UploadImage): Promise<ImageSaved> {
  await writable(needs, input.productId)
  return needs.addOnce(input, await needs.pictures.take(input))
}

export interface ImageUpload {
  readonly kind: 'ImageUpload'
  readonly fileKey: string
  readonly url: string
  readonly expiresAt: Date
}

interface LinkNeeds extends ProductNeeds {
  pictures: { uploadTo(asked: { type: string; bytes: number }, now: Date): ImageUpload }
}

/** A link that takes one file, once, for ten minutes. */
export async function createImageUpload(
  needs: LinkNeeds,
  { productId, contentType, bytes }: { productId: string; contentType: string; bytes: number },
): Promise<ImageUpload> {
  await writable(needs, productId)
  return needs.pictures.uploadTo({ type: contentType, bytes }, needs.clock.now())
}
