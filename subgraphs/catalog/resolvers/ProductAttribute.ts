import { nameOf, shownValueOf, typeOf } from '../domain/attributes.ts'
import type { ProductAttributeResolvers } from './types.generated.ts'

export const ProductAttribute: ProductAttributeResolvers = {
  name: (attribute) => nameOf(attribute),
  type: (attribute) => typeOf(attribute),
  value: (attribute) => shownValueOf(attribute),
}
