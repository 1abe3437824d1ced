import { BadUserInput } from '@shop/kit/errors'
import { type Asked, viewerIn } from '@shop/kit/identity'

type Text = string | null | undefined

interface ProfileChange {
  readonly givenName?: Text
  readonly familyName?: Text
  readonly phone?: Text
  readonly birthDate?: Text
}

export interface PreferenceChange {
  readonly newsletter?: boolean | null | undefined
  readonly preferences?: unknown
}

/** What is to be written; what is not in it stays. */
export interface ProfileRow {
  given_name?: string | null
  family_name?: string | null
  phone?: string | null
  birth_date?: string | null
  newsletter?: boolean
  preferences?: string
}

interface Needs extends Asked {
  addresses: { changeProfile(userId: string, row: ProfileRow): Promise<void> }
}

export async function updateProfile(needs: Needs, change: ProfileChange) {
  const userId = viewerIn(needs)
  const { givenName, familyName, phone, birthDate } = change
  await needs.addresses.changeProfile(userId, {
    ...(givenName !== undefined && { given_name: shortText(givenName, 'A name') }),
    ...(familyName !== undefined && { family_name: shortText(familyName, 'A name') }),
    ...(phone !== undefined && { phone: phoneFrom(phone) }),
    ...(birthDate !== undefined && { birth_date: dayFrom(birthDate) }),
  })
  return { kind: 'ProfileSaved', userId } as const
}

const mostPreferenceBytes = 16 * 1024

export async function updatePreferences(needs: Needs, change: PreferenceChange) {
  const userId = viewerIn(needs)
  const { newsletter, preferences } = change
  await needs.addresses.changeProfile(userId, {
    ...(newsletter != null && { newsletter }),
    ...(preferences != null && { preferences: objectText(preferences) }),
  })
  return { kind: 'ProfileSaved', userId } as const
}

/** Trimmed; what is empty is none. */
export function shortText(text: Text, what: string, most = 100): string | null {
  const trimmed = text?.trim() ?? ''
  if (trimmed.length > most) throw new BadUserInput(`${what} has at most ${most} characters.`)
  if (/\p{Cc}/u.test(trimmed)) throw new BadUserInput(`${what} is one line.`)
  return trimmed === '' ? null : trimmed
}

export function phoneFrom(text: Text): string | null {
  const phone = shortText(text, 'A phone number', 30)
  if (phone && !/^\+?[\d ()./-]{3,}$/.test(phone)) {
    throw new BadUserInput('A phone number has digits, with a + before and spaces between.')
  }
  return phone
}

function dayFrom(text: Text): string | null {
  const day = shortText(text, 'A day')
  if (!day) return null
  const date = new Date(`${day}T00:00:00Z`)
  const isDay = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day)
  if (!isDay || day.length !== 10 || day < '1900') {
    throw new BadUserInput('A day of birth is written as 2001-12-31.')
  }
  return day
}

function objectText(value: unknown): string {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  if (!isObject) throw new BadUserInput('Preferences are an object.')
  const text = JSON.stringify(value)
  if (Buffer.byteLength(text) > mostPreferenceBytes) {
    throw new BadUserInput('Preferences have at most 16 KiB.')
  }
  // PostgreSQL keeps every character in JSON but this one.
  if (text.includes('\\u0000')) throw new BadUserInput('Preferences have no NUL character.')
  return text
}
