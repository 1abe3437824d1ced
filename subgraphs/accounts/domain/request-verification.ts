import { BadUserInput } from '@shop/kit/errors'
import { type Asked, viewerIn } from '@shop/kit/identity'
import { type Counting, countOwn } from './guessing.ts'
import type { User } from './user.ts'

interface Needs extends Asked, Counting {
  people: { users(ids: readonly string[]): Promise<readonly User[]> }
  credentials: { requestVerification(userId: string): Promise<void> }
}

export async function requestVerification(needs: Needs) {
  const userId = viewerIn(needs)
  await countOwn(needs, 'verification', userId)
  const [user] = await needs.people.users([userId])
  if (!user || user.emailVerified) throw new BadUserInput('This address is verified already.')
  await needs.credentials.requestVerification(userId)
  return { kind: 'VerificationRequested', userId } as const
}
