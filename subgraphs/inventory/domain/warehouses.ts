import type { Clock } from '@shop/kit/clock'
import { BadUserInput, NotFound, ShopError } from '@shop/kit/errors'
import { isId, newId } from '@shop/kit/ids'
import { BadQuantity } from './hold-stock.ts'
import type { Warehouse } from './stock.ts'

export class CodeTaken extends ShopError {
  readonly code = 'WAREHOUSE_CODE_TAKEN'
}

interface Needs {
  stock: { addWarehouse(warehouse: Warehouse): Promise<boolean> }
}

export async function createWarehouse(
  { stock }: Needs,
  { code, name }: { code: string; name: string },
): Promise<{ warehouseId: string }> {
  if (!/^[A-Za-z0-9-]{1,20}$/.test(code)) throw new BadUserInput('1 to 20 letters and digits.')
  if (!name.trim() || name.length > 200) throw new BadUserInput('A name has 1 to 200 characters.')
  const id = newId()
  if (!(await stock.addWarehouse({ id, code, name }))) throw new CodeTaken('This code is taken.')
  return { warehouseId: id }
}

/** Throws where no warehouse has this id. */
export function warehouseWith(id: string, all: readonly Warehouse[]): Warehouse {
  const found = all.find((warehouse) => warehouse.id === id)
  if (!found) throw new NotFound('There is no such warehouse.')
  return found
}

interface Counted {
  readonly variantId: string
  readonly warehouseId: string
  readonly onHand: number
  readonly lowAt?: number | null | undefined
}

interface Counting {
  clock: Clock
  stock: {
    put(counted: readonly Counted[], now: Date): Promise<number>
    warehouses(): Promise<readonly Warehouse[]>
  }
}

export async function setStockLevels(
  { clock, stock }: Counting,
  { levels }: { levels: readonly Counted[] },
): Promise<{ changed: number }> {
  if (levels.length > 1000) throw new BadUserInput('At most 1000 levels at once.')
  const isSane = ({ onHand }: Counted) => onHand >= 0 && onHand <= 1_000_000
  if (!levels.every(isSane)) throw new BadQuantity('On hand is from 0 to 1,000,000.')
  const known = new Set((await stock.warehouses()).map(({ id }) => id))
  const isOurs = ({ variantId, warehouseId }: Counted) => isId(variantId) && known.has(warehouseId)
  if (!levels.every(isOurs)) throw new NotFound('There is no such variant or warehouse.')
  return { changed: await stock.put(levels, clock.now()) }
}
