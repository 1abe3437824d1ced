import { BadRows } from '@shop/kit/learn/refusals'

export interface Clearing {
  readonly stock: number
  /** How many periods are left until nothing is sold any more: 1 to 26. */
  readonly periods: number
  /** In minor units; 1 to 20 of them. */
  readonly prices: readonly number[]
  /** Units that a period is expected to sell at each price. */
  readonly demand: readonly number[]
  /** What a unit left at the end brings; less than zero where it costs to be rid of it. */
  readonly salvage: number
}

export interface ClearancePlan {
  /** The price of each period, as long as sales go as expected. */
  readonly prices: readonly number[]
  readonly expectedRevenue: number
  readonly expectedLeft: number
}

const buckets = 40

/**
 * Markdowns to the end of a season by dynamic programming over stock and time (Gallego and van
 * Ryzin, 1994): what is left sells at Poisson rates, and a price once lowered is not raised again,
 * for whoever bought early. A large stock is counted in fortieths of itself, which makes its sales
 * more uncertain than Poisson, as sales are. Throws BAD_ROWS
 * beyond the bounds.
 */
export function clearancePlan(clearing: Clearing): ClearancePlan {
  checked(clearing)
  const order = clearing.prices
    .map((_, at) => at)
    .sort((a, b) => price(clearing, b) - price(clearing, a))
  const prices = order.map((at) => price(clearing, at))
  const unit = Math.max(1, clearing.stock / buckets)
  const stock = Math.round(clearing.stock / unit)
  const demand = order.map((at) => clearing.demand[at] ?? 0)
  const chances = demand.map((units) => poisson(units / unit, stock))
  const setting = { ...clearing, prices, demand, unit, stock, chances }
  return followed(valued(setting), setting)
}

const price = ({ prices }: Clearing, at: number) => prices[at] ?? 0

interface Setting extends Clearing {
  unit: number
  chances: readonly Float64Array[]
}

/** For each period, the last price and the stock: the best price from there on, and its worth. */
interface Cell {
  choice: number
  worth: number
}

function valued(setting: Setting): Cell[][][] {
  const { periods, prices, stock, unit, salvage } = setting
  const ends = prices.map(() =>
    Array.from(
      { length: stock + 1 },
      (_, left): Cell => ({ choice: 0, worth: left * unit * salvage }),
    ),
  )
  const table: Cell[][][] = [ends]
  for (let period = 0; period < periods; period += 1) {
    const after = table[0] as Cell[][]
    const each = prices.map((_, at) =>
      Array.from({ length: stock + 1 }, (__, left) => worthOf(setting, after, { at, left })),
    )
    table.unshift(lowest(each))
  }
  return table
}

/** From a price on only the lower ones are open: the best of those, looked for from the last. */
function lowest(worths: readonly (readonly number[])[]): Cell[][] {
  const best = worths.map((row, at) => row.map((worth): Cell => ({ choice: at, worth })))
  for (let at = worths.length - 2; at >= 0; at -= 1) {
    const [own, lower] = [best[at] ?? [], best[at + 1] ?? []]
    best[at] = own.map((cell, left) => {
      const other = lower[left]
      return other && other.worth > cell.worth ? other : cell
    })
  }
  return best
}

function worthOf(
  setting: Setting,
  after: readonly Cell[][],
  { at, left }: { at: number; left: number },
) {
  const { prices, unit, chances } = setting
  let [worth, rest] = [0, 1]
  for (let sold = 0; sold < left; sold += 1) {
    const chance = chances[at]?.[sold] ?? 0
    rest -= chance
    worth += chance * (sold * unit * (prices[at] ?? 0) + (after[at]?.[left - sold]?.worth ?? 0))
  }
  return (
    worth + Math.max(0, rest) * (left * unit * (prices[at] ?? 0) + (after[at]?.[0]?.worth ?? 0))
  )
}

function followed(table: readonly Cell[][][], setting: Setting): ClearancePlan {
  const { periods, prices, stock, unit, demand } = setting
  let [at, left] = [0, stock]
  const chosen: number[] = []
  for (let period = 0; period < periods; period += 1) {
    at = table[period]?.[at]?.[Math.round(left)]?.choice ?? at
    chosen.push(prices[at] ?? 0)
    left = Math.max(0, left - (demand[at] ?? 0) / unit)
  }
  return {
    prices: chosen,
    expectedRevenue: table[0]?.[0]?.[stock]?.worth ?? 0,
    expectedLeft: left * unit,
  }
}

function poisson(mean: number, most: number): Float64Array {
  const chances = new Float64Array(most + 1)
  let log = -mean
  for (let count = 0; count <= most; count += 1) {
    chances[count] = Math.exp(log)
    log += Math.log(mean || 1e-12) - Math.log(count + 1)
  }
  return chances
}

function checked({ stock, periods, prices, demand, salvage }: Clearing): void {
  const whole = [stock, periods].every(Number.isSafeInteger) && stock >= 0 && stock <= 1e9
  const lists = prices.length >= 1 && prices.length <= 20 && prices.length === demand.length
  const amounts = [...prices, ...demand].every((value) => Number.isFinite(value) && value >= 0)
  if (whole && lists && amounts && periods >= 1 && periods <= 26 && Number.isFinite(salvage)) return
  throw new BadRows('Stock, periods, prices or their demand are not within bounds.')
}
