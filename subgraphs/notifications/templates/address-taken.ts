import { z } from 'zod'
import { button, words } from './letter.ts'
import { defineTemplate } from './template.ts'

const said = {
  en: {
    subject: 'You already have an account',
    why: 'Somebody has registered in our shop with your address. It is yours already, so the new account does not get it. If it was you, you can sign in to the one you have.',
    button: 'Sign in',
    not: 'If it was not you, there is nothing to do.',
  },
  de: {
    subject: 'Sie haben schon ein Konto',
    why: 'Jemand hat sich in unserem Shop mit Ihrer Adresse angemeldet. Sie gehört schon zu Ihrem Konto, das neue bekommt sie nicht. Wenn Sie es waren, können Sie sich bei dem anmelden, das Sie haben.',
    button: 'Anmelden',
    not: 'Wenn Sie es nicht waren, ist nichts zu tun.',
  },
}

export const addressTaken = defineTemplate({
  name: 'address-taken',
  about: 'When somebody registers with an address that is another account’s.',
  input: z.object({ link: z.url() }),
  sample: { link: 'https://shop.example/login' },
  write({ link }, locale) {
    const { subject, why, button: label, not } = said[locale]
    return { subject, parts: [words(why), button(label, link), words(not)] }
  },
})
