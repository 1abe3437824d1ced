import type { AskOperation } from '@shop/kit/ask'

interface Me {
  readonly email: string
  readonly emailVerified: boolean
}

/** The address of a shopper, once it is proven to be theirs; null where there is none. */
export const provenAddress =
  (ask: AskOperation) =>
  async (userId: string): Promise<string | null> => {
    const { me } = await ask<{ me: Me | null }>('provenAddress', {}, { actsFor: `user:${userId}` })
    return me?.emailVerified ? me.email : null
  }
