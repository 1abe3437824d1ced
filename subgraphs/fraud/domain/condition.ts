import { type FeatureKind, type Features, type FeatureValue, featureNamed } from './features.ts'
import { type Token, tokensIn, Unreadable } from './tokens.ts'

/** True, false, or not known. */
export type Condition = (features: Features) => boolean | null

export interface ConditionRefused {
  readonly kind: 'FraudConditionRefused'
  readonly reason: string
  readonly at: number
}

const mostCharacters = 1000
/** Parentheses and `not` within each other: what is deeper nobody reads. */
const deepest = 20

/** Reads a condition and checks it against the features there are, or says what is wrong where. */
export function conditionFrom(text: string): Condition | ConditionRefused {
  try {
    if (text.length > mostCharacters) {
      throw new Unreadable(`At most ${mostCharacters} characters.`, mostCharacters)
    }
    const reader = new Reader(tokensIn(text))
    const condition = either(reader, 0)
    reader.end()
    return condition
  } catch (fault) {
    if (!(fault instanceof Unreadable)) throw fault
    return { kind: 'FraudConditionRefused', reason: fault.message, at: fault.at }
  }
}

export const isRefused = (read: Condition | ConditionRefused): read is ConditionRefused =>
  typeof read !== 'function'

class Reader {
  readonly #tokens: readonly Token[]
  #next = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  /** The last is always `end`. */
  get token(): Token {
    return this.#tokens[this.#next] ?? (this.#tokens.at(-1) as Token)
  }

  take(): Token {
    const { token } = this
    this.#next += 1
    return token
  }

  takes(word: string): boolean {
    const { kind, text } = this.token
    if (kind === 'string' || text !== word) return false
    this.#next += 1
    return true
  }

  expect(word: string): void {
    if (!this.takes(word)) throw new Unreadable(`Here should be "${word}".`, this.token.at)
  }

  end(): void {
    if (this.token.kind !== 'end') {
      throw new Unreadable('Here should be "and", "or" or the end.', this.token.at)
    }
  }
}

function either(reader: Reader, depth: number): Condition {
  const all = [both(reader, depth)]
  while (reader.takes('or')) all.push(both(reader, depth))
  return (features) => negated(every(all.map((each) => negated(each(features)))))
}

function both(reader: Reader, depth: number): Condition {
  const all = [one(reader, depth)]
  while (reader.takes('and')) all.push(one(reader, depth))
  return (features) => every(all.map((each) => each(features)))
}

const negated = (value: boolean | null) => (value === null ? null : !value)

/** False where one is false, else not known where one is not known. */
function every(values: readonly (boolean | null)[]): boolean | null {
  if (values.includes(false)) return false
  return values.includes(null) ? null : true
}

function one(reader: Reader, depth: number): Condition {
  if (depth > deepest) throw new Unreadable('This is too deep.', reader.token.at)
  if (reader.takes('not')) {
    const inner = one(reader, depth + 1)
    return (features) => negated(inner(features))
  }
  if (reader.takes('(')) {
    const inner = either(reader, depth + 1)
    reader.expect(')')
    return inner
  }
  return comparison(reader)
}

const operators: Readonly<Record<string, readonly FeatureKind[]>> = {
  '>': ['NUMBER'],
  '>=': ['NUMBER'],
  '<': ['NUMBER'],
  '<=': ['NUMBER'],
  '=': ['NUMBER', 'TEXT', 'FLAG'],
  '!=': ['NUMBER', 'TEXT', 'FLAG'],
  in: ['NUMBER', 'TEXT'],
}

function comparison(reader: Reader): Condition {
  const { text: name, at } = reader.take()
  const feature = featureNamed(name)
  if (!feature) throw new Unreadable(`There is no feature "${name}".`, at)
  const operator = reader.token
  const kinds = operator.kind === 'string' ? undefined : operators[operator.text]
  if (!kinds) {
    if (feature.kind === 'FLAG') return (features) => (features[name] ?? null) as boolean | null
    throw new Unreadable(`"${name}" has to be compared with something.`, operator.at)
  }
  reader.take()
  if (!kinds.includes(feature.kind)) {
    throw new Unreadable(`"${operator.text}" is not for "${name}".`, operator.at)
  }
  if (operator.text === 'in') return listed(reader, name, feature.kind)
  const value = literal(reader, feature.kind)
  return (features) => compared(features[name] ?? null, operator.text, value)
}

function listed(reader: Reader, name: string, kind: FeatureKind): Condition {
  reader.expect('(')
  const values = [literal(reader, kind)]
  while (reader.takes(',')) values.push(literal(reader, kind))
  reader.expect(')')
  return (features) => {
    const value = features[name] ?? null
    return value === null ? null : values.includes(value)
  }
}

function literal(reader: Reader, kind: FeatureKind): FeatureValue {
  const { kind: found, text, at } = reader.take()
  if (kind === 'NUMBER' && found === 'number') return Number(text)
  if (kind === 'TEXT' && found === 'string') return text
  if (kind === 'FLAG' && (text === 'true' || text === 'false')) return text === 'true'
  const wanted = { NUMBER: 'a number', TEXT: "a text, as in 'DE'", FLAG: 'true or false' }[kind]
  throw new Unreadable(`Here should be ${wanted}.`, at)
}

function compared(fact: FeatureValue, operator: string, value: FeatureValue): boolean | null {
  if (fact === null || value === null) return null
  switch (operator) {
    case '>':
      return fact > value
    case '>=':
      return fact >= value
    case '<':
      return fact < value
    case '<=':
      return fact <= value
    case '=':
      return fact === value
    default:
      return fact !== value
  }
}
