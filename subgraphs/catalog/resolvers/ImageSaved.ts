import type { ImageSavedResolvers } from './types.generated.ts'

export const ImageSaved: ImageSavedResolvers = {
  image: ({ imageId }, _, { byId }) => byId.image.load(imageId),
}
