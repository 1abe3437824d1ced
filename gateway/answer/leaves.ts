import type { Noted } from './project.ts'

/** Writes a scalar as JSON, or nothing: for null, and for what is not of its type, which is noted. */
type WriteLeaf = (value: unknown, noted: Noted, values?: ReadonlySet<string>) => string | undefined

function wrong(noted: Noted): undefined {
  noted.isWrong = true
  return undefined
}

/** By the name that generated code calls them by. */
export const leafWriters: Readonly<Record<string, WriteLeaf>> = {
  wString(value, noted) {
    if (typeof value === 'string') return JSON.stringify(value)
    return value === null || value === undefined ? undefined : wrong(noted)
  },
  wID(value, noted) {
    if (typeof value === 'string') return JSON.stringify(value)
    if (value === null || value === undefined) return undefined
    return Number.isSafeInteger(value) ? `${value}` : wrong(noted)
  },
  wInt(value, noted) {
    if (Number.isInteger(value)) return `${value}`
    return value === null || value === undefined ? undefined : wrong(noted)
  },
  wFloat(value, noted) {
    if (Number.isFinite(value)) return JSON.stringify(value)
    return value === null || value === undefined ? undefined : wrong(noted)
  },
  wBoolean(value, noted) {
    if (value === true) return 'true'
    if (value === false) return 'false'
    return value === null || value === undefined ? undefined : wrong(noted)
  },
  wEnum(value, noted, values) {
    if (typeof value === 'string' && values?.has(value)) return `"${value}"`
    return value === null || value === undefined ? undefined : wrong(noted)
  },
  /** Of a scalar that only its subgraph knows, anything goes. */
  wCustom(value) {
    if (typeof value === 'string') return JSON.stringify(value)
    return value === null || value === undefined ? undefined : JSON.stringify(value)
  },
}
