import { randomBytes } from 'node:crypto'

/** What belongs to one shopper alone, each found nowhere else in the world. */
export type Canaries = Readonly<Record<string, string>>

export function newCanaries(): Canaries {
  const word = () => randomBytes(6).toString('hex')
  return {
    email: `canary.${word()}@example.com`,
    password: `canary pass ${word()}`,
    'wrong password': `canary wrong ${word()}`,
    'given name': `Canaria${word()}`,
    'family name': `Serin${word()}`,
    recipient: `Canary${word()} Finch`,
    street: `Canary Row ${word()}`,
    phone: `+4930${randomBytes(4).readUInt32BE()}`,
    card: cardNumber(),
    note: `canary note ${word()}`,
  }
}

/** Such as no shop has seen, and as one would be taken for one by its last digit (ISO/IEC 7812-1). */
function cardNumber(): string {
  const digits = `4${randomBytes(8).readBigUInt64BE()}`.padEnd(15, '7').slice(0, 15)
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 ? 1 : 2)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return `${digits}${(10 - (sum % 10)) % 10}`
}

/** As they are written in texts, addresses and bodies; longer than what could be met by chance. */
const formsOf = (canary: string): string[] => [
  ...[canary, encodeURIComponent(canary), canary.replaceAll(' ', '+')],
  ...[Buffer.from(canary).toString('base64').replace(/=+$/, ''), canary.toUpperCase()],
]

/** Which of them stand in a text. */
export function canariesIn(text: string, canaries: Canaries): string[] {
  return Object.entries(canaries).flatMap(([what, canary]) => {
    const form = formsOf(canary).find((each) => text.includes(each))
    if (!form) return []
    const at = text.indexOf(form)
    return [`${what}: …${text.slice(Math.max(0, at - 200), at + form.length + 80)}…`]
  })
}
