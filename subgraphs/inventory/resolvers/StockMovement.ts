import { warehouseWith } from '../domain/warehouses.ts'
import type { StockMovementResolvers } from './types.generated.ts'

export const StockMovement: StockMovementResolvers = {
  variant: ({ variantId }) => ({ id: variantId }),
  warehouse: async ({ warehouseId }, _, { warehouses }) =>
    warehouseWith(warehouseId, await warehouses()),
}
