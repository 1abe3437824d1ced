import { z } from 'zod'
import { button, words } from './letter.ts'
import { defineTemplate } from './template.ts'

const said = {
  en: {
    subject: 'Is this your address?',
    why: 'Somebody has registered in our shop with this address. If it was you, follow this link within a day:',
    button: 'Yes, it is mine',
    not: 'If it was not you, do nothing: without the link the account does not get your address.',
  },
  de: {
    subject: 'Ist das Ihre Adresse?',
    why: 'Jemand hat sich in unserem Shop mit dieser Adresse angemeldet. Wenn Sie es waren, folgen Sie innerhalb eines Tages diesem Link:',
    button: 'Ja, sie gehört mir',
    not: 'Wenn Sie es nicht waren, tun Sie nichts: Ohne den Link bekommt das Konto Ihre Adresse nicht.',
  },
}

export const verifyAddress = defineTemplate({
  name: 'verify-address',
  about: 'After registering, and when a new link was asked for.',
  input: z.object({ link: z.url() }),
  sample: { link: 'https://shop.example/verify-email?token=sample' },
  write({ link }, locale) {
    const { subject, why, button: label, not } = said[locale]
    return { subject, parts: [words(why), button(label, link), words(not)] }
  },
})
