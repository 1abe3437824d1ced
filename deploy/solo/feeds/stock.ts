import { fillInventory } from '@shop/inventory/bulk'
import type { Place } from './place.ts'

/** Where imported stock lies; the id is settled, so that it is one warehouse however often. */
const warehouse = {
  id: '019a3c1e-7f00-7000-8000-00000000f00d',
  code: 'IMPORT',
  name: 'Imported stock',
}

/** Puts so many of each variant on a shelf, by inventory's own door. */
export const stockFor =
  (onHand: number, { addresses, standing }: Place) =>
  async (variantIds: readonly string[]): Promise<void> => {
    const levels = variantIds.map((variantId) => ({
      variantId,
      warehouseId: warehouse.id,
      onHand,
    }))
    const databaseUrl = addresses.INVENTORY_DATABASE_URL ?? ''
    await fillInventory({ databaseUrl, warehouses: [warehouse], levels }, standing)
  }
