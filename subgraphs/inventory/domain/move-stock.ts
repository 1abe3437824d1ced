import type { Clock } from '@shop/kit/clock'
import { BadUserInput, NotFound, StaleVersion } from '@shop/kit/errors'
import { type Asked, callerOf } from '@shop/kit/identity'
import { newId } from '@shop/kit/ids'
import { BadQuantity } from './hold-stock.ts'
import type { StockMovement } from './stock.ts'

export interface StockMoved {
  readonly kind: 'StockMoved'
  readonly variantId: string
}

export type Moving = 'moved' | 'stale' | 'too few' | 'unknown'

interface Needs extends Asked {
  clock: Clock
  stock: {
    /** All of these, or none; `expectedVersion` is of the first one's level. */
    move(movements: readonly StockMovement[], expectedVersion?: number): Promise<Moving>
    setLowAt(at: Place, lowAt: number | null): Promise<boolean>
  }
}

interface Place {
  readonly variantId: string
  readonly warehouseId: string
}

interface Received extends Place {
  readonly quantity: number
  readonly reference?: string | null | undefined
}

export function receiveStock(needs: Needs, received: Received): Promise<StockMoved> {
  const { quantity, reference = null } = received
  if (quantity < 1 || quantity > 1_000_000) throw new BadQuantity('From 1 to 1,000,000.')
  return moved(needs, [movementOf(needs, { ...received, kind: 'RECEIPT', quantity, reference })])
}

interface Corrected extends Place {
  readonly expectedVersion: number
  /** Positive was found, negative is missing. */
  readonly difference: number
  readonly reason: string
}

export async function correctStock(needs: Needs, corrected: Corrected): Promise<StockMoved> {
  const { difference: quantity, reason, expectedVersion } = corrected
  if (quantity === 0 || Math.abs(quantity) > 1_000_000) throw new BadQuantity('Not 0.')
  if (!reason.trim() || reason.length > 500) throw new BadUserInput('Say why, in 500 characters.')
  const movement = movementOf(needs, { ...corrected, kind: 'CORRECTION', quantity, reason })
  return moved(needs, [movement], expectedVersion)
}

interface Transferred {
  readonly variantId: string
  readonly fromWarehouseId: string
  readonly toWarehouseId: string
  readonly quantity: number
}

export function transferStock(needs: Needs, transferred: Transferred): Promise<StockMoved> {
  const { variantId, fromWarehouseId, toWarehouseId, quantity } = transferred
  if (quantity < 1 || quantity > 1_000_000) throw new BadQuantity('From 1 to 1,000,000.')
  if (fromWarehouseId === toWarehouseId) throw new BadUserInput('These are one warehouse.')
  const kind = 'TRANSFER'
  return moved(needs, [
    movementOf(needs, { variantId, warehouseId: fromWarehouseId, kind, quantity: -quantity }),
    movementOf(needs, { variantId, warehouseId: toWarehouseId, kind, quantity }),
  ])
}

interface Lowness extends Place {
  /** At this or fewer it is low; null is never. */
  readonly lowAt?: number | null | undefined
}

export async function setLowAt(
  { stock }: Needs,
  { variantId, warehouseId, lowAt = null }: Lowness,
): Promise<StockMoved> {
  if (lowAt !== null && lowAt < 0) throw new BadQuantity('Not below 0.')
  if (!(await stock.setLowAt({ variantId, warehouseId }, lowAt))) throw unknown()
  return { kind: 'StockMoved', variantId }
}

type Moved = Pick<StockMovement, 'variantId' | 'warehouseId' | 'kind' | 'quantity'> &
  Partial<StockMovement>

function movementOf({ clock, identity }: Needs, moved: Moved): StockMovement {
  const { variantId, warehouseId, kind, quantity, reason = null, reference = null } = moved
  const [id, at, actor] = [newId(), clock.now(), callerOf(identity)]
  return { id, variantId, warehouseId, kind, quantity, reason, reference, actor, at }
}

async function moved(
  { stock }: Needs,
  movements: readonly StockMovement[],
  expectedVersion?: number,
): Promise<StockMoved> {
  const outcome = await stock.move(movements, expectedVersion)
  if (outcome === 'stale') throw new StaleVersion('It was changed since you saw it.')
  if (outcome === 'unknown') throw unknown()
  if (outcome === 'too few') throw new BadQuantity('Fewer than that are free to go.')
  return { kind: 'StockMoved', variantId: movements[0]?.variantId ?? '' }
}

const unknown = () => new NotFound('There is no such warehouse, or it never had this.')
