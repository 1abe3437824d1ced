import { readFileSync } from 'node:fs'
import { Kind, parse } from 'graphql'

/** Asked before an example is shown, for what nobody can write by heart: by variable, where it stands in the answer. */
export interface Fill {
  readonly ask: string
  readonly take: Readonly<Record<string, string>>
}

export interface Example {
  readonly group: string
  readonly name: string
  readonly title: string
  /** Comment and operation, as they are shown. */
  readonly text: string
  /** In order: what one took is a variable of the next. `$key` is always made up. */
  readonly fills: readonly Fill[]
}

const method: Fill = {
  ask: '{ shippingMethods(country: "DE") { id } }',
  take: { methodId: 'shippingMethods.0.id' },
}

const quote: Fill = {
  ask: `query ($methodId: ID!) {
    cart { id quote(input: { country: "DE", shippingMethodId: $methodId }) {
      ... on Quoted { quote { id total { amountMinor currency } } }
    } }
  }`,
  take: { cartId: 'cart.id', quoteId: 'cart.quote.quote.id', total: 'cart.quote.quote.total' },
}

const fills: Readonly<Record<string, readonly Fill[]>> = {
  FillCart: [
    {
      ask: '{ variantsBySku(skus: ["HOM-0008-04"]) { id } }',
      take: { variantId: 'variantsBySku.0.id' },
    },
  ],
  WhatItCosts: [method],
  Buy: [method, quote],
}

/** What a newcomer finds in the playground: the way through the shop. Each runs as it stands on the demo shop. */
export const examples: readonly Example[] = [
  ...examplesIn('browse', 'Look around'),
  ...examplesIn('buy', 'Buy something'),
  ...examplesIn('staff', 'Behind the counter'),
]

/** Each operation with the comment above it, whose first line is its title. */
function examplesIn(file: string, group: string): Example[] {
  const source = readFileSync(new URL(`examples/${file}.graphql`, import.meta.url), 'utf8')
  let end = 0
  return parse(source).definitions.flatMap((definition) => {
    const text = source.slice(end, definition.loc?.end).trim()
    end = definition.loc?.end ?? end
    if (definition.kind !== Kind.OPERATION_DEFINITION) return []
    const name = definition.name?.value ?? ''
    const title = /^# *(.*)/.exec(text)?.[1] ?? name
    return { group, name, title, text, fills: fills[name] ?? [] }
  })
}
