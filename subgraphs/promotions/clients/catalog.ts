import type { AskOperation } from '@shop/kit/ask'
import { isId } from '@shop/kit/ids'
import type { Good } from '../domain/cart.ts'

interface Answer {
  readonly variants: readonly {
    readonly id: string
    readonly isArchived: boolean
    readonly weightGrams: number | null
    readonly price: { readonly amountMinor: number; readonly currency: string }
    readonly product: {
      readonly id: string
      readonly status: string
      readonly categories: readonly {
        readonly id: string
        readonly ancestors: readonly { readonly id: string }[]
      }[]
    }
  }[]
}

/** As catalog takes them at once. */
const atOnce = 100

/** What catalog knows of variants, by one operation for a hundred. What it does not know is left out. */
export class Catalog {
  readonly #ask: AskOperation

  constructor(ask: AskOperation) {
    this.#ask = ask
  }

  async goods(variantIds: readonly string[]): Promise<Good[]> {
    const ids = [...new Set(variantIds)].filter(isId)
    const batches = Array.from({ length: Math.ceil(ids.length / atOnce) }, (_, batch) =>
      this.#some(ids.slice(batch * atOnce, (batch + 1) * atOnce)),
    )
    return (await Promise.all(batches)).flat()
  }

  async #some(ids: readonly string[]): Promise<Good[]> {
    const { variants } = await this.#ask<Answer>('variantsToPrice', { ids })
    return variants.map(({ id, isArchived, weightGrams, price, product }) => ({
      variantId: id,
      productId: product.id,
      categoryPaths: product.categories.map((category) => [
        ...category.ancestors.map((ancestor) => ancestor.id),
        category.id,
      ]),
      price: { amountMinor: price.amountMinor, currency: price.currency },
      weightGrams: weightGrams ?? 0,
      isSold: !isArchived && product.status === 'ACTIVE',
    }))
  }
}
