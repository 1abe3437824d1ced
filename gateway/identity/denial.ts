import { type Identity, nobody } from '@shop/kit/identity'

const signedOut = { code: 'UNAUTHENTICATED', message: 'Sign in first.' } as const
const notAllowed = { code: 'FORBIDDEN', message: 'Not allowed.' } as const

/** Why something is not for them: signed out can be mended by the client, not allowed cannot. */
export const denialOf = ({ kind }: Identity = nobody) =>
  kind === 'anonymous' ? signedOut : notAllowed
