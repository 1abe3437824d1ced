import type { Stem } from './stems.ts'
import { tokensOf } from './tokens.ts'

/** What ranking knows of a product beside how well its words match. */
export interface Product {
  readonly id: string
  /** Stems of the title, in its order. */
  readonly title: readonly string[]
  readonly brand: string
  readonly model: string
  readonly category: string
  /** In the smallest unit; NaN where it is not known. */
  readonly price: number
  /** Milliseconds since 1970; 0 where it is not known. */
  readonly releasedAt: number
  /** How much is known of it: the number of its attributes. */
  readonly detail: number
}

export interface ProductText {
  readonly id: string
  readonly title: string
  readonly brand: string
  readonly model: string
  readonly category: string
  readonly price: number
  readonly releasedAt: number
  readonly detail: number
}

const longestTitle = 40

/** Brand and model become one folded word each. */
export const productOf = (text: ProductText, stem: Stem): Product => ({
  ...text,
  title: tokensOf(text.title)
    .slice(0, longestTitle)
    .map((token) => stem(token.text)),
  brand: wordOf(text.brand),
  model: wordOf(text.model),
})

const wordOf = (text: string) =>
  tokensOf(text)
    .map((token) => token.text)
    .join('')
