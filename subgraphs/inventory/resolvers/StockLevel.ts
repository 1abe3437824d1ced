import { warehouseWith } from '../domain/warehouses.ts'
import type { StockLevelResolvers } from './types.generated.ts'

export const StockLevel: StockLevelResolvers = {
  variant: ({ variantId }) => ({ id: variantId }),
  warehouse: async ({ warehouseId }, _, { warehouses }) =>
    warehouseWith(warehouseId, await warehouses()),
}
