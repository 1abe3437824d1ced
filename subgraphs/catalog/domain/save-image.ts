import { BadUserInput, NotFound } from '@shop/kit/errors'
import { newId } from '@shop/kit/ids'
import type { Image, Picture } from './picture.ts'
import { type ProductNeeds, writable } from './save-product.ts'
import { textFrom } from './slug.ts'

export interface ImageSaved {
  readonly kind: 'ImageSaved'
  readonly imageId: string
}

export interface ImageNeeds extends ProductNeeds {
  images: {
    byId(id: string): Promise<Image | null>
    /** In their order. */
    idsOf(productId: string): Promise<readonly string[]>
    add(image: Omit<Image, 'drawing' | 'renditions'>, picture: Picture, now: Date): Promise<void>
    describe(image: Image, alt: string, now: Date): Promise<void>
    order(productId: string, ids: readonly string[], now: Date): Promise<void>
    remove(image: Image, now: Date): Promise<void>
  }
}

type Maybe<T> = T | null | undefined

export interface NewImage {
  readonly productId: string
  readonly altText: string
  readonly primary?: Maybe<boolean>
}

const most = 50

/** The picture has been read and published before, outside of any transaction. */
export async function addImage(
  needs: ImageNeeds,
  { productId, altText, primary }: NewImage,
  picture: Picture,
): Promise<ImageSaved> {
  await writable(needs, productId)
  const others = await needs.images.idsOf(productId)
  if (others.length >= most) throw new BadUserInput(`A product has at most ${most} images.`)
  const id = newId()
  const now = needs.clock.now()
  await needs.images.add({ id, productId, alt: textFrom(altText, 500) }, picture, now)
  await needs.images.order(productId, primary ? [id, ...others] : [...others, id], now)
  return { kind: 'ImageSaved', imageId: id }
}

export async function updateProductImage(
  needs: ImageNeeds,
  { imageId, altText }: { imageId: string; altText: string },
): Promise<ImageSaved> {
  const image = await heldImage(needs, imageId)
  await needs.images.describe(image, textFrom(altText, 500), needs.clock.now())
  return { kind: 'ImageSaved', imageId }
}

export async function setPrimaryProductImage(
  needs: ImageNeeds,
  { imageId }: { imageId: string },
): Promise<ImageSaved> {
  const { productId } = await heldImage(needs, imageId)
  const ids = await needs.images.idsOf(productId)
  const others = ids.filter((id) => id !== imageId)
  await needs.images.order(productId, [imageId, ...others], needs.clock.now())
  return { kind: 'ImageSaved', imageId }
}

/** The list is all of them, each once. */
export async function reorderProductImages(
  needs: ImageNeeds,
  { productId, imageIds }: { productId: string; imageIds: readonly string[] },
) {
  await writable(needs, productId)
  const ids = await needs.images.idsOf(productId)
  const isSame = imageIds.length === ids.length && ids.every((id) => imageIds.includes(id))
  if (!isSame) throw new BadUserInput('The order names each image of the product once.')
  await needs.images.order(productId, imageIds, needs.clock.now())
  return { kind: 'ProductSaved', productId } as const
}

/** Its files stay: what is public may be kept by anybody, and another image may be the same. */
export async function deleteProductImage(needs: ImageNeeds, { imageId }: { imageId: string }) {
  const image = await heldImage(needs, imageId)
  await needs.images.remove(image, needs.clock.now())
  return { kind: 'ProductSaved', productId: image.productId } as const
}

async function heldImage(needs: ImageNeeds, imageId: string): Promise<Image> {
  const image = await needs.images.byId(imageId)
  if (!image) throw new NotFound('There is no such image.')
  await writable(needs, image.productId)
  return image
}
