import { configFrom } from '@shop/accounts/config'
import { openBackDoor } from '@shop/accounts/people'
import type { Standing } from '@shop/kit/standing'

/** Makes the first administrator of an empty shop, and prints the password: now, and never again. Null where there is one. */
export async function tellFirstAdmin(
  addresses: Readonly<Record<string, string>>,
  standing: Pick<Standing, 'clock' | 'keys' | 'log'>,
): Promise<string | null> {
  await using door = await openBackDoor(configFrom(addresses), standing)
  const admin = await door.firstAdmin()
  if (!admin) return null
  process.stdout.write(`  administrator ${admin.email}, password ${admin.password} (shown once)\n`)
  return admin.password
}
