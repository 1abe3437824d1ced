import { createHash, createHmac, randomBytes } from 'node:crypto'

/** 256 bits; nobody guesses one, so a fast hash keeps it as well as a slow one. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()

/**
 * The token of a mail, made from the event that the mail is about: asked for again, because a
 * sender died, it is the same, so that the mail which did go out stays good.
 */
export const mailTokenBy =
  (key: Buffer) =>
  (named: string): string =>
    createHmac('sha256', key).update(named).digest('base64url')
