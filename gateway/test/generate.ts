import {
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isUnionType,
} from 'graphql'
import type { Data } from '../json.ts'
import { seeded } from './seed.ts'

export interface Generated {
  readonly query: string
  readonly variables: Data
}

/** Fragments within fragments come to an end, too. */
const fragmentDepth = 0.25

/** Operations over a schema, valid by construction but for fields of one name that cannot be merged. */
export class Operations {
  readonly #schema: GraphQLSchema
  readonly #random: () => number
  #fragments: string[] = []
  #variables = new Map<string, boolean>()
  #aliases = 0
  readonly #depth: number

  constructor(schema: GraphQLSchema, { seed, depth }: { seed: number; depth: number }) {
    this.#depth = depth
    this.#schema = schema
    this.#random = seeded(seed)
  }

  next(): Generated {
    this.#fragments = []
    this.#variables = new Map()
    this.#aliases = 0
    const root = this.#schema.getQueryType()
    if (!root) throw new Error('There is nothing to query.')
    const set = this.#set(root, this.#depth)
    const declared = [...this.#variables.keys()].map((name) => `$${name}: Boolean!`)
    const head = declared.length > 0 ? `query Q(${declared.join(', ')})` : 'query Q'
    return {
      query: [`${head} ${set}`, ...this.#fragments].join('\n'),
      variables: Object.fromEntries(this.#variables),
    }
  }

  #below(most: number): number {
    return Math.floor(this.#random() * most)
  }

  #pick<T>(from: readonly T[]): T {
    return from[this.#below(from.length)] as T
  }

  #set(type: GraphQLCompositeType, depth: number): string {
    const parts = Array.from({ length: 1 + this.#below(4) }, () => this.#selection(type, depth))
    return `{ ${parts.join(' ')} }`
  }

  #selection(type: GraphQLCompositeType, depth: number): string {
    if (depth <= 0) return '__typename'
    const drawn = this.#random()
    if (isUnionType(type) ? drawn < 0.85 : drawn < 0.18) return this.#fragment(type, depth)
    if (drawn < 0.25 || isUnionType(type)) return `__typename${this.#condition()}`
    const fields = Object.values(type.getFields()).filter(
      (field) => depth > 1 || !isCompositeType(getNamedType(field.type)),
    )
    return fields.length === 0 ? '__typename' : this.#field(this.#pick(fields), depth)
  }

  #field(field: GraphQLField<unknown, unknown>, depth: number): string {
    const named = getNamedType(field.type)
    const given = field.args.flatMap((argument) => this.#argument(argument))
    const head = given.length > 0 ? `${field.name}(${given.join(', ')})` : field.name
    // Two fields of one name must ask the same: what has arguments is given a name of its own.
    const isOwn = given.length > 0 || this.#random() < 0.15
    const alias = isOwn ? `a${this.#aliases++}: ` : ''
    const set = isCompositeType(named) ? ` ${this.#set(named, depth - 1)}` : ''
    return `${alias}${head}${this.#condition()}${set}`
  }

  #argument({ name, type }: GraphQLArgument): string[] {
    if (!isNonNullType(type) && this.#random() < 0.4) return []
    return [`${name}: ${this.#value(type)}`]
  }

  #value(type: GraphQLInputType): string {
    if (isNonNullType(type)) return this.#value(type.ofType)
    if (isListType(type)) return `[${this.#value(type.ofType)}, ${this.#value(type.ofType)}]`
    if (isEnumType(type)) return this.#pick(type.getValues()).name
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter(
        (field) => isNonNullType(field.type) || this.#random() < 0.5,
      )
      return `{ ${fields.map((field) => `${field.name}: ${this.#value(field.type)}`).join(', ')} }`
    }
    if (String(type) === 'Int') return String(this.#below(5))
    if (String(type) === 'Boolean') return this.#pick(['true', 'false'])
    if (String(type) === 'Float') return String(this.#below(5) / 2)
    return JSON.stringify(`x${this.#below(5)}`)
  }

  #fragment(type: GraphQLCompositeType, depth: number): string {
    const on = this.#pick(this.#conditions(type))
    const set = this.#set(on, depth - fragmentDepth)
    if (this.#random() < 0.6) return `... on ${on.name}${this.#condition()} ${set}`
    const name = `F${this.#fragments.length}x${this.#aliases++}`
    this.#fragments.push(`fragment ${name} on ${on.name} ${set}`)
    return `...${name}${this.#condition()}`
  }

  #conditions(type: GraphQLCompositeType): GraphQLCompositeType[] {
    const own = isAbstractType(type) ? this.#schema.getPossibleTypes(type) : type.getInterfaces()
    const wider = isInterfaceType(type) ? this.#schema.getImplementations(type).interfaces : []
    return [type, ...own, ...wider]
  }

  #condition(): string {
    const drawn = this.#random()
    if (drawn > 0.12) return ''
    const directive = this.#pick(['skip', 'include'])
    if (drawn < 0.03) return ` @${directive}(if: ${this.#pick(['true', 'false'])})`
    const name = this.#pick(['p', 'q', 'r'])
    if (!this.#variables.has(name)) this.#variables.set(name, this.#random() < 0.5)
    return ` @${directive}(if: $${name})`
  }
}
