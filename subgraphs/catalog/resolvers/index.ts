import { CurrencyCode, DateTime, MinorUnits } from '@shop/kit/scalars'
import { Brand } from './Brand.ts'
import { BrandFacet } from './BrandFacet.ts'
import { BrandSaved } from './BrandSaved.ts'
import { Category } from './Category.ts'
import { CategoryFacet } from './CategoryFacet.ts'
import { CategorySaved } from './CategorySaved.ts'
import { Collection } from './Collection.ts'
import { CollectionSaved } from './CollectionSaved.ts'
import { ImageSaved } from './ImageSaved.ts'
import { Money } from './Money.ts'
import { Mutation } from './Mutation.ts'
import { Product } from './Product.ts'
import { ProductAttribute } from './ProductAttribute.ts'
import { ProductImage } from './ProductImage.ts'
import { ProductSaved } from './ProductSaved.ts'
import { ProductVariant } from './ProductVariant.ts'
import { Query } from './Query.ts'
import { Seller } from './Seller.ts'
import { SellerSaved } from './SellerSaved.ts'
import { Tag } from './Tag.ts'
import { TagFacet } from './TagFacet.ts'
import { TagSaved } from './TagSaved.ts'
import type { Resolvers } from './types.generated.ts'
import { Upload } from './Upload.ts'
import { VariantSaved } from './VariantSaved.ts'

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
  ProductSaved,
  VariantSaved,
  ImageSaved,
  CategorySaved,
  CollectionSaved,
  TagSaved,
  Upload,
  BrandSaved,
  SellerSaved,
  Mutation,
}
