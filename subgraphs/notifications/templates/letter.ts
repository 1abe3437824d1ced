import { escaped, type Html, html, raw } from './html.ts'

export type Locale = 'en' | 'de'

/** What a mail says, once for its text and its HTML. */
export interface Letter {
  readonly subject: string
  readonly parts: readonly Part[]
}

export type Part =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'button'; readonly label: string; readonly url: string }
  | { readonly kind: 'rows'; readonly rows: readonly Row[] }

export interface Row {
  readonly label: string
  readonly value: string
  readonly isSum?: boolean
}

export const words = (text: string): Part => ({ kind: 'words', text })
export const button = (label: string, url: string): Part => ({ kind: 'button', label, url })
export const rows = (all: readonly Row[]): Part => ({ kind: 'rows', rows: all })

export interface Rendered {
  readonly subject: string
  readonly text: string
  readonly html: string
}

const feet: Readonly<Record<Locale, string>> = {
  en: 'You get this mail because of something that happened in the shop. Nobody reads answers to it.',
  de: 'Sie erhalten diese Mail, weil im Shop etwas geschehen ist. Antworten darauf liest niemand.',
}

export function rendered({ subject, parts }: Letter, locale: Locale): Rendered {
  const line = subject.replace(/\s+/g, ' ').trim()
  return {
    subject: line,
    text: `${[...parts.map(plain), `-- \n${feet[locale]}`].join('\n\n')}\n`,
    html: framed(line, [...parts.map(shown)], locale),
  }
}

function plain(part: Part): string {
  switch (part.kind) {
    case 'words':
      return part.text
    case 'button':
      return `${part.label}:\n${part.url}`
    case 'rows': {
      const width = Math.max(...part.rows.map(({ value }) => value.length))
      return part.rows.map(({ label, value }) => `${value.padStart(width)}  ${label}`).join('\n')
    }
  }
}

function shown(part: Part): Html {
  switch (part.kind) {
    case 'words':
      return html`<p style="margin:0 0 16px;white-space:pre-line">${part.text}</p>`
    case 'button':
      return isWeb(part.url)
        ? html`<p style="margin:24px 0"><a href="${part.url}" style="background:#2457d6;color:#fff;padding:12px 22px;border-radius:8px;text-decoration:none;display:inline-block;font-weight:600">${part.label}</a></p>`
        : html`<p>${part.label}: ${part.url}</p>`
    case 'rows':
      return html`<table role="presentation" style="width:100%;border-collapse:collapse;margin:0 0 16px">${part.rows.map(shownRow)}</table>`
  }
}

const shownRow = ({ label, value, isSum = false }: Row): Html => {
  const style = raw(isSum ? 'font-weight:600;border-top:1px solid #e4e7ec;' : '')
  return html`<tr><td style="${style}padding:6px 0">${label}</td><td style="${style}padding:6px 0;text-align:right;white-space:nowrap">${value}</td></tr>`
}

/** Links come from carriers and from configuration: what is no web address is shown and not linked. */
const isWeb = (url: string) => /^https?:\/\//.test(url)

function framed(subject: string, parts: readonly Html[], locale: Locale): string {
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(subject)}</title></head>
<body style="margin:0;background:#f5f6f8;color:#1d2129;font:16px/1.5 system-ui,-apple-system,'Segoe UI',sans-serif">
<div style="max-width:560px;margin:0 auto;padding:24px 16px">
<p style="font-weight:700;margin:0 0 16px">Shopgraph</p>
<div style="background:#fff;border:1px solid #e4e7ec;border-radius:12px;padding:28px">
<h1 style="font-size:20px;margin:0 0 16px">${escaped(subject)}</h1>
${parts.map(({ text }) => text).join('\n')}
</div>
<p style="color:#667085;font-size:13px;margin:16px 4px">${escaped(feet[locale])}</p>
</div></body></html>
`
}
