import {
  createCategory,
  deleteCategory,
  moveCategory,
  updateCategory,
} from '../domain/save-category.ts'
import {
  deleteProductImage,
  reorderProductImages,
  setPrimaryProductImage,
  updateProductImage,
} from '../domain/save-image.ts'
import { archiveProduct, createProduct, updateProduct } from '../domain/save-product.ts'
import {
  createBrand,
  createCollection,
  createSeller,
  createTag,
  deleteCollection,
  deleteTag,
  updateBrand,
  updateCollection,
  updateSeller,
  updateTag,
} from '../domain/save-shelf.ts'
import { createVariant, deleteVariant, updateVariant } from '../domain/save-variant.ts'
import { createImageUpload, uploadProductImage } from '../domain/upload-image.ts'
import type { MutationResolvers } from './types.generated.ts'

export const Mutation: MutationResolvers = {
  createProduct: (_, { input }, { once }) => once('createProduct', createProduct, input),
  updateProduct: (_, { input }, { once }) => once('updateProduct', updateProduct, input),
  archiveProduct: (_, { input }, { once }) => once('archiveProduct', archiveProduct, input),
  deleteProduct: (_, { input }, { once }) => once('deleteProduct', archiveProduct, input),
  createVariant: (_, { input }, { once }) => once('createVariant', createVariant, input),
  updateVariant: (_, { input }, { once }) => once('updateVariant', updateVariant, input),
  deleteVariant: (_, { input }, { once }) => once('deleteVariant', deleteVariant, input),
  createImageUpload: (_, { input }, { secretlyOnce }) =>
    secretlyOnce('createImageUpload', createImageUpload, input),
  uploadProductImage: (_, { input }, { uploading }) => uploadProductImage(uploading, input),
  updateProductImage: (_, { input }, { once }) =>
    once('updateProductImage', updateProductImage, input),
  setPrimaryProductImage: (_, { input }, { once }) =>
    once('setPrimaryProductImage', setPrimaryProductImage, input),
  reorderProductImages: (_, { input }, { once }) =>
    once('reorderProductImages', reorderProductImages, input),
  deleteProductImage: (_, { input }, { once }) =>
    once('deleteProductImage', deleteProductImage, input),
  createCategory: (_, { input }, { once }) => once('createCategory', createCategory, input),
  updateCategory: (_, { input }, { once }) => once('updateCategory', updateCategory, input),
  moveCategory: (_, { input }, { once }) => once('moveCategory', moveCategory, input),
  deleteCategory: (_, { input }, { once }) => once('deleteCategory', deleteCategory, input),
  createCollection: (_, { input }, { once }) => once('createCollection', createCollection, input),
  updateCollection: (_, { input }, { once }) => once('updateCollection', updateCollection, input),
  deleteCollection: (_, { input }, { once }) => once('deleteCollection', deleteCollection, input),
  createTag: (_, { input }, { once }) => once('createTag', createTag, input),
  updateTag: (_, { input }, { once }) => once('updateTag', updateTag, input),
  deleteTag: (_, { input }, { once }) => once('deleteTag', deleteTag, input),
  createBrand: (_, { input }, { once }) => once('createBrand', createBrand, input),
  updateBrand: (_, { input }, { once }) => once('updateBrand', updateBrand, input),
  createSeller: (_, { input }, { once }) => once('createSeller', createSeller, input),
  updateSeller: (_, { input }, { once }) => once('updateSeller', updateSeller, input),
}
