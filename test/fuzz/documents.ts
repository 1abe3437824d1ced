import { Operations } from '@shop/gateway/test/generate'
import { seeded } from '@shop/gateway/test/seed'
import type { GraphQLSchema } from 'graphql'

/** What hostile hands put into a document: words of the language, and what breaks lexers. */
const scraps = [
  '{',
  '}',
  '(',
  ')',
  '[',
  ']',
  '...',
  '!',
  '|',
  '&',
  '=',
  ':',
  '$',
  '@',
  '"',
  '"""',
  '#',
  ',',
  'query',
  'mutation',
  'subscription',
  'fragment',
  'on',
  'true',
  'null',
  '__typename',
  '__schema',
  '__type(name: "Query")',
  '__proto__',
  'constructor',
  '@skip(if: true)',
  '@include(if: $a)',
  '\u0000',
  '\ud800',
  '\ufeff',
  '\\u{110000}',
  '1e400',
  '-0',
  '99999999999999999999',
  '\n',
  '\t',
  '...F',
  'F on Query',
  'x: ',
  '_entities',
  '_service { sdl }',
  '/*',
  '--',
  'é',
  '🙂',
] as const

/** Documents: valid ones of the graph, valid ones that were damaged, and noise. By a seed, the same again. */
export class Documents {
  readonly #operations: Operations
  readonly #random: () => number
  #last = '{ __typename }'

  constructor(schema: GraphQLSchema, { seed, depth }: { seed: number; depth: number }) {
    this.#operations = new Operations(schema, { seed, depth })
    this.#random = seeded(seed)
  }

  next(): { readonly query: string; readonly variables: Record<string, unknown> } {
    const drawn = this.#random()
    if (drawn < 0.3) return this.#valid()
    if (drawn < 0.75) return { query: this.#damaged(), variables: {} }
    return { query: drawn < 0.9 ? this.#words() : this.#bytes(), variables: {} }
  }

  #valid() {
    const { query, variables } = this.#operations.next()
    this.#last = query
    return { query, variables }
  }

  #damaged(): string {
    let text = this.#random() < 0.2 ? this.#valid().query : this.#last
    for (let times = 1 + this.#below(4); times > 0; times -= 1) text = this.#damage(text)
    return text
  }

  #damage(text: string): string {
    const [from, length] = [this.#below(text.length + 1), this.#below(20)]
    switch (this.#below(5)) {
      case 0:
        return text.slice(0, from) + text.slice(from + length)
      case 1:
        return text.slice(0, from) + this.#scrap() + text.slice(from)
      case 2:
        return (
          text.slice(0, from) +
          text.slice(from, from + length).repeat(1 + this.#below(30)) +
          text.slice(from)
        )
      case 3:
        return text.slice(0, from) + this.#scrap() + text.slice(from + length)
      default:
        return text.replace(/\b\w+\b/g, (word) => (this.#random() < 0.05 ? this.#scrap() : word))
    }
  }

  #words(): string {
    return Array.from({ length: this.#below(60) }, () => this.#scrap()).join(' ')
  }

  #bytes(): string {
    const codes = Array.from({ length: this.#below(200) }, () => this.#below(0x2_00))
    return String.fromCharCode(...codes)
  }

  #scrap(): string {
    return scraps[this.#below(scraps.length)] ?? ''
  }

  #below(most: number): number {
    return Math.floor(this.#random() * most)
  }
}
