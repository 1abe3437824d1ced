import { warehouseWith } from '../domain/warehouses.ts'
import type { WarehouseResolvers } from './types.generated.ts'

export const Warehouse: WarehouseResolvers = {
  __resolveReference: async ({ id }, { warehouses }) => warehouseWith(id, await warehouses()),
}
