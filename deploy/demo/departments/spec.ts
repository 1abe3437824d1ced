import type { Silhouette } from '../drawing/silhouettes.ts'

export type AttributeSpec =
  | { readonly type: 'enum' | 'text'; readonly options: readonly string[] }
  | {
      readonly type: 'number'
      readonly low: number
      readonly high: number
      readonly step: number
      readonly unit: string
    }
  | { readonly type: 'boolean'; readonly says: string }

/** How the variants of a product differ; a list is of packs, smallest first; `once` is one variant. */
export type Comes = 'sizes' | 'shoe sizes' | 'colours' | 'capacities' | 'once' | readonly string[]

export interface Leaf {
  readonly name: string
  /** One of it, as it ends the product's name. */
  readonly noun: string
  readonly drawn: Silhouette
  /** Euros, lowest and highest list price. */
  readonly price: readonly [low: number, high: number]
  readonly grams: readonly [low: number, high: number]
  readonly comes: Comes
  readonly attributes: Readonly<Record<string, AttributeSpec>>
  /** Sentences with the keys of attributes in braces, and {noun}, {brand}, {series}. */
  readonly says: readonly string[]
  readonly tags: readonly string[]
}

export interface Season {
  /** Factors from Monday to Sunday, their mean 1. */
  readonly week: readonly number[]
  /** The year's wave: exp(amplitude × cos(2π (day − peakDay) / 365.25)). */
  readonly amplitude: number
  readonly peakDay: number
  /** The factor on demand from 25 November to 23 December. */
  readonly gifts: number
}

export interface Department {
  readonly name: string
  readonly palette: 'fabric' | 'tech' | 'home' | 'bright' | 'pantry' | 'rosy'
  readonly elasticity: number
  readonly returnRate: number
  /** The department's share of the shop's order lines, as a weight. */
  readonly weight: number
  readonly reducedTax: boolean
  readonly season: Season
  readonly brands: readonly string[]
  readonly series: readonly string[]
  readonly closings: readonly string[]
  readonly groups: Readonly<Record<string, readonly Leaf[]>>
}

export const oneOf = (...options: string[]): AttributeSpec => ({ type: 'enum', options })

export const words = (...options: string[]): AttributeSpec => ({ type: 'text', options })

/** Said in the description where it is true. */
export const either = (says: string): AttributeSpec => ({ type: 'boolean', says })

export const from = (low: number, high: number) => ({
  by: (step: number, unit: string): AttributeSpec => ({ type: 'number', low, high, step, unit }),
})
