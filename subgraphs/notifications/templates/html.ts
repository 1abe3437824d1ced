const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** HTML that is safe to show. */
export interface Html {
  readonly text: string
}

export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign)

/** What was written here, and by nobody else. */
export const raw = (text: string): Html => ({ text })

type Value = string | Html | readonly Html[]

/** What stands in it is escaped, unless it is HTML itself. */
export function html(texts: TemplateStringsArray, ...values: readonly Value[]): Html {
  const filled = values.map((value) => {
    if (typeof value === 'string') return escaped(value)
    return 'text' in value ? value.text : value.map(({ text }) => text).join('')
  })
  return { text: texts.map((text, at) => text + (filled[at] ?? '')).join('') }
}
