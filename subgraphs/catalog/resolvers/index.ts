import { CurrencyCode, DateTime, MinorUnits } from '@shop/kit/scalars'
import { Brand } from './Brand.ts'
import { BrandFacet } from './BrandFacet.ts'
import { Category } from './Category.ts'
import { CategoryFacet } from './CategoryFacet.ts'
import { Collection } from './Collection.ts'
import { Money } from './Money.ts'
import { Product } from './Product.ts'
import { ProductAttribute } from './ProductAttribute.ts'
import { ProductImage } from './ProductImage.ts'
import { ProductVariant } from './ProductVariant.ts'
import { Query } from './Query.ts'
import { Seller } from './Seller.ts'
import { Tag } from './Tag.ts'
import { TagFacet } from './TagFacet.ts'
import type { Resolvers } from './types.generated.ts'

export const resolvers: Resolvers = {
  Brand,
  BrandFacet,
  Category,
  CategoryFacet,
  Collection,
  CurrencyCode,
  DateTime,
  MinorUnits,
  Money,
  Product,
  ProductAttribute,
  ProductImage,
  ProductVariant,
  Query,
  Seller,
  Tag,
  TagFacet,
}
