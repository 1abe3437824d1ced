export type { Money } from '@shop/kit/money'
export type {
  FoundProducts as ProductConnection,
  PutProducts as CollectionProductConnection,
} from '../context.ts'
export type { Attribute as ProductAttribute } from '../domain/attributes.ts'
export type {
  AttributeFacet,
  Counted as BrandFacet,
  Counted as CategoryFacet,
  Counted as TagFacet,
  Facets as ProductFacets,
} from '../domain/facets.ts'
export type { Image as ProductImage } from '../domain/picture.ts'
export type {
  Category,
  Collection,
  Named as Brand,
  Named as Tag,
  Product,
  Seller,
  Variant as ProductVariant,
} from '../domain/product.ts'
export type { CategorySaved } from '../domain/save-category.ts'
export type { ImageSaved } from '../domain/save-image.ts'
export type { ProductSaved } from '../domain/save-product.ts'
export type {
  BrandSaved,
  CollectionSaved,
  Deleted as CatalogEntryDeleted,
  SellerSaved,
  TagSaved,
} from '../domain/save-shelf.ts'
export type { VariantSaved } from '../domain/save-variant.ts'
