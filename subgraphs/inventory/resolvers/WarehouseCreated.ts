import { warehouseWith } from '../domain/warehouses.ts'
import type { WarehouseCreatedResolvers } from './types.generated.ts'

export const WarehouseCreated: WarehouseCreatedResolvers = {
  warehouse: async ({ warehouseId }, _, { warehouses }) =>
    warehouseWith(warehouseId, await warehouses()),
}
