import {
  type GraphQLNamedType,
  type GraphQLOutputType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql'
import type { Conditions } from './conditions.ts'
import { leafWriters } from './leaves.ts'
import type { Project } from './project.ts'
import type { Shape, ShapeField, Shapes } from './shapes.ts'

const quoted = JSON.stringify

/** One function a shape, so that an answer is written by straight code without a look at the schema. */
export function generateProjection(shapes: Shapes, typeNames: ReadonlySet<string>): Project {
  const code = new Writer()
  for (const shape of shapes.all) code.shape(shape)
  const names = [...Object.keys(leafWriters), 'T', 'E', 'O']
  const values = [...Object.values(leafWriters), typeNames, code.enums, Object.hasOwn]
  const body = `"use strict";\n${code.text}\nreturn s${shapes.root.id};`
  return new Function(...names, body)(...values)
}

class Writer {
  readonly enums: Set<string>[] = []
  readonly #functions: string[] = []
  readonly #enumIds = new Map<string, number>()
  #count = 0

  get text(): string {
    return this.#functions.join('\n')
  }

  shape({ id, type, fields }: Shape): void {
    const isLoose = fields.some(({ conditions }) => conditions !== null)
    const lines = fields.map((field, at) => {
      const label = `${quoted(field.key)}:`
      const before = isLoose ? `c+${quoted(label)}` : quoted(at === 0 ? label : `,${label}`)
      const line = this.#field(type, field, before) + (isLoose ? 'c=",";' : '')
      return field.conditions ? `if(${anyHolds(field.conditions)}){${line}}` : line
    })
    const start = isLoose ? 'let s="{",c="",v;' : 'let s="{",v;'
    this.#functions.push(`function s${id}(o,V,N){${start}\n${lines.join('\n')}\nreturn s+"}";}`)
  }

  #field(parent: GraphQLNamedType, field: ShapeField, before: string): string {
    if (field.name === '__typename') {
      // An interface object's own name is no answer: the whole object is null then.
      return isObjectType(parent)
        ? `s+=${before}+${quoted(quoted(parent.name))};`
        : 'N.isWrong=true;return undefined;'
    }
    if (!field.shapes && (field.name === '__schema' || field.name === '__type')) {
      return `s+=${before}+N.introspected[${quoted(field.key)}];`
    }
    if (field.isDenied) return denied(field, before)
    const read = reading(field.read)
    if (isNonNullType(field.type)) {
      const value = this.#value(field.type.ofType, field, read)
      return `if((v=${value})===undefined){N.isWrong=true;return undefined;}s+=${before}+v;`
    }
    return `v=${this.#value(field.type, field, read)};s+=${before}+(v===undefined?"null":v);`
  }

  /** An expression that is JSON, or undefined for null. */
  #value(type: GraphQLOutputType, field: ShapeField, read: string): string {
    if (isListType(type)) return `${this.#list(type.ofType, field)}(${read},V,N)`
    if (field.shapes) return `${this.#object(field.shapes)}(${read},V,N)`
    if (isEnumType(type)) return `wEnum(${read},N,E[${this.#enum(type.name, type)}])`
    const leaf = isSpecifiedScalarType(type as GraphQLNamedType) ? String(type) : 'Custom'
    return `w${leaf}(${read},N)`
  }

  #list(inner: GraphQLOutputType, field: ShapeField): string {
    const id = `l${this.#count++}`
    const isNonNull = isNonNullType(inner)
    const value = this.#value(isNonNull ? inner.ofType : inner, field, 'a[i]')
    const onNull = isNonNull ? 'N.isWrong=true;return undefined;' : 'x="null";'
    this.#functions.push(
      `function ${id}(a,V,N){if(a==null)return undefined;if(!Array.isArray(a)){N.isWrong=true;return undefined;}` +
        `let s="[",x;for(let i=0;i<a.length;i++){if((x=${value})===undefined){${onNull}}s+=i===0?x:","+x;}return s+"]";}`,
    )
    return id
  }

  #object(shapes: ReadonlyMap<string, Shape>): string {
    const id = `t${this.#count++}`
    const [first] = shapes.values()
    const other = `s${first?.id}(o,V,N)`
    const open = `function ${id}(o,V,N){if(o==null)return undefined;if(typeof o!=="object"){N.isWrong=true;return undefined;}const t=o.__typename;`
    const wrong = 'N.isWrong=true;return undefined;'
    if (shapes.size === 1) {
      const name = quoted(first?.type.name)
      const check = `if(t!==undefined&&t!==${name}&&!T.has(t)){${wrong}}`
      this.#functions.push(`${open}${check}return ${other};}`)
      return id
    }
    const cases = [...shapes].map(
      ([name, each]) => `case ${quoted(name)}:return s${each.id}(o,V,N);`,
    )
    this.#functions.push(
      `${open}switch(t){${cases.join('')}case undefined:return ${other};}${wrong}}`,
    )
    return id
  }

  #enum(name: string, type: { getValues(): readonly { name: string }[] }): number {
    const known = this.#enumIds.get(name)
    if (known !== undefined) return known
    const id = this.enums.push(new Set(type.getValues().map((value) => value.name))) - 1
    this.#enumIds.set(name, id)
    return id
  }
}

/** What is there may have been fetched for another reason, as a key. */
const denied = ({ type }: ShapeField, before: string) =>
  isNonNullType(type) ? 'N.isWrong=true;return undefined;' : `s+=${before}+"null";`

/** What every object inherits is not an answer: such names are read only where they are the object's own. */
const reading = (key: string) =>
  key in Object.prototype
    ? `(O(o,${quoted(key)})?o[${quoted(key)}]:undefined)`
    : `o[${quoted(key)}]`

const anyHolds = (all: readonly Conditions[]) =>
  all.map((conditions) => `(${conditions.map(oneHolds).join('&&')})`).join('||')

const oneHolds = (condition: string) =>
  condition.startsWith('!')
    ? `V[${quoted(condition.slice(1))}]!==true`
    : `V[${quoted(condition)}]===true`
