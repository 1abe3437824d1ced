import { BadUserInput } from '@shop/kit/errors'

/** Small letters, digits and hyphens; empty where nothing of the text can be written so. */
export const slugOf = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f'’]/g, '')
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 150)
    .replace(/^-+|-+$/g, '')

export function slugFrom(given: string | null | undefined, name: string): string {
  const slug = given ?? slugOf(name)
  if (slug !== slugOf(slug) || slug === '') {
    throw new BadUserInput('A slug is small letters, digits and hyphens, at most 150 of them.')
  }
  return slug
}

export function textFrom(text: string, most: number): string {
  const trimmed = text.trim()
  if (trimmed === '' || trimmed.length > most || !isText(trimmed)) {
    throw new BadUserInput(`A text here has 1 to ${most} characters.`)
  }
  return trimmed
}

/** What PostgreSQL takes as text: no zero character, no half of a surrogate pair. */
export const isText = (text: string): boolean => !text.includes('\0') && text.isWellFormed()
