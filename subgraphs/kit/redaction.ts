const hidden = '[redacted]'

/**
 * Names whose values nobody reads in a log or a trace, compared in lower case without `_` and `-`.
 * A name that ends in one of these is hidden too: `newPassword`, `billing_address`.
 */
const endings = [
  'password secret token authorization cookie cookies apikey privatekey signature passphrase otp',
  'email mail phone address addresses street postcode postalcode city latitude longitude birthday',
  'name recipient iban card cardnumber cvc cvv pan expmonth expyear',
].flatMap((line) => line.split(' '))

/** Whole names, for words that end harmless ones: a `name` is a person's, a `filename` is not. */
const whole = new Set(['name', 'ip', 'pan', 'otp', 'card', 'mail', 'city', 'street'])
const persons =
  /^(first|last|middle|full|given|family|display|user|customer|shopper|recipient)name$/

/** Values that show themselves, wherever they stand in a text. */
const shapes: readonly (readonly [shape: RegExp, shown: string])[] = [
  [/\b(bearer|basic)\s+[\w\-.~+/]+=*/gi, `$1 ${hidden}`],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, hidden],
  [/\b(?:sk|rk|pk|whsec)_(?:live_|test_)?\w{8,}/g, hidden],
  [/(:\/\/[^\s:/@]*):[^\s/@]+@/g, `$1:${hidden}@`],
  [/[\w.%+-]+@[\w-]+(?:\.[\w-]+)+/g, hidden],
  [
    /\b((?:password|secret|token|api[_-]?key|authorization|cookie)["']?\s*[=:]\s*)[^\s,;&]+/gi,
    `$1${hidden}`,
  ],
]

/** A text without what shows itself as secret or personal: keys, e-mail addresses, card numbers. */
export function scrubbedText(text: string): string {
  const scrubbed = shapes.reduce((left, [shape, shown]) => left.replace(shape, shown), text)
  return scrubbed.replace(/\b\d(?:[ -]?\d){12,18}\b/g, (digits) =>
    isCardNumber(digits.replace(/\D/g, '')) ? hidden : digits,
  )
}

/** A copy for a log or a trace: cut at six levels and a hundred of a list, faults told in words. */
export function scrubbed(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return scrubbedText(value)
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Date) return value
  if (value instanceof Error) return faultIn(value, depth)
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  if (depth === 6) return '[deeper]'
  if (Array.isArray(value)) return value.slice(0, 100).map((each) => scrubbed(each, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      isHidden(name, each) ? hidden : scrubbed(each, depth + 1),
    ]),
  )
}

/** Only these of an error: a database's `detail` and an HTTP client's `config` quote what was sent. */
function faultIn(fault: Error, depth: number): object {
  const { code } = fault as { code?: unknown }
  return {
    type: fault.name,
    message: scrubbedText(fault.message),
    ...(typeof code === 'string' && { code }),
    ...(fault.stack && { stack: scrubbedText(fault.stack) }),
    ...(fault.cause !== undefined && depth < 3 && { cause: scrubbed(fault.cause, depth + 1) }),
  }
}

/** `tokens: 120` is a count and stays; `tokens: [...]` goes. */
function isHidden(name: string, value: unknown): boolean {
  if (typeof value === 'boolean') return false
  const plain = name.toLowerCase().replace(/[_-]/g, '')
  const singular = typeof value === 'number' ? plain : plain.replace(/(?<!s)s$/, '')
  if (whole.has(plain) || persons.test(plain)) return true
  return endings.some((ending) => !whole.has(ending) && singular.endsWith(ending))
}

/** Luhn's check (ISO/IEC 7812-1), so that ids and amounts stay readable. */
function isCardNumber(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}
