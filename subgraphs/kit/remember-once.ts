import type { Clock } from './clock.ts'
import type { Shared } from './redis.ts'

/** Remembers what may happen only once, such as the nonce of a signed call. */
export interface RememberOnce {
  /**
   * Whether the key was shown before within its time; from now on it was. Of any number who ask at
   * once, one is told false. `unavailable`: nobody can say, and what must not be repeated is refused.
   */
  seen(key: string, ttlMs: number): Promise<boolean | 'unavailable'>
}

/** Of this process. Full of keys that still count, it says so and forgets none of them. */
export function localOnce(clock: Clock, mostKeys = 500_000): RememberOnce {
  const until = new Map<string, number>()

  return {
    async seen(key, ttlMs) {
      const now = clock.now().getTime()
      if ((until.get(key) ?? 0) > now) return true
      until.delete(key)
      dropExpired(until, now)
      if (until.size >= mostKeys) return 'unavailable'
      until.set(key, now + ttlMs)
      return false
    },
  }
}

/**
 * Of all processes. What this process has seen itself it knows with Redis away, or emptied, too;
 * of what others saw, an emptied Redis knows nothing, so no keys but short-lived ones belong here.
 */
export function sharedOnce(shared: Shared, clock: Clock): RememberOnce {
  const local = localOnce(clock)
  return {
    async seen(key, ttlMs) {
      const here = await local.seen(key, ttlMs)
      if (here !== false) return here
      const answer = await shared.ask((redis) =>
        redis.set(`shop:once:${key}`, 1, 'PX', ttlMs, 'NX'),
      )
      return answer === undefined ? 'unavailable' : answer === null
    },
  }
}

/** From the oldest on: keys that live equally long lie in the order of their end. */
function dropExpired(until: Map<string, number>, now: number): void {
  for (const [key, end] of until) {
    if (end > now) return
    until.delete(key)
  }
}
