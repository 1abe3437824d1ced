import type { ErrorLike } from '@apollo/client'
import { html, type TemplateResult } from 'lit-html'

/** Writes the page anew, or what of it is another. */
export type Show = (seen: TemplateResult) => void

/** Ends what a page follows. */
export type Leave = () => void

export const waiting = html`<p class="faint">One moment …</p>`

export const wrong = ({ message }: ErrorLike) => html`<p class="wrong">${message}</p>`

/** Of a mutation: asked again with the same key, nothing is done twice. */
export const newKey = () => crypto.randomUUID()
