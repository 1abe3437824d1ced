import { z } from 'zod'
import { button, words } from './letter.ts'
import { defineTemplate } from './template.ts'

const said = {
  en: {
    subject: 'A new password',
    why: 'Somebody wants to set a new password for your account. If it was you, follow this link within half an hour:',
    button: 'Set a new password',
    not: 'If it was not you, do nothing: your password stays what it is.',
  },
  de: {
    subject: 'Ein neues Passwort',
    why: 'Jemand möchte für Ihr Konto ein neues Passwort setzen. Wenn Sie es waren, folgen Sie innerhalb einer halben Stunde diesem Link:',
    button: 'Neues Passwort setzen',
    not: 'Wenn Sie es nicht waren, tun Sie nichts: Ihr Passwort bleibt, wie es ist.',
  },
}

export const resetPassword = defineTemplate({
  name: 'reset-password',
  about: 'When a new password was asked for.',
  input: z.object({ link: z.url() }),
  sample: { link: 'https://shop.example/reset-password?token=sample' },
  write({ link }, locale) {
    const { subject, why, button: label, not } = said[locale]
    return { subject, parts: [words(why), button(label, link), words(not)] }
  },
})
