import { type Cache, Flights, type Keeping, type Loaded, ttlFor } from './cache.ts'
import type { Shared } from './redis.ts'

interface Needs {
  readonly shared: Shared
  /** Caches of one name share what they keep. */
  readonly name: string
}

/** On every entry, so that a process that owes too many purges can drop all. */
const everything = '*'
const mostOwed = 1_000

/**
 * Between processes, one round trip a question. With Redis slow or gone there is no cache. Purges
 * that could not be told are told before anything is read again.
 *
 * A tag's key holds when it was last purged, by Redis's own clock, and outlives every entry; an
 * entry knows its tags and when its loading began, and counts only when that was after each purge.
 */
export function redisCache({ shared, name }: Needs): Cache {
  const flights = new Flights()
  /** By tag, which of our purges it was that is not told yet. */
  const owed = new Map<string, number>()
  let purges = 0
  const entryAt = (key: string) => `shop:{cache:${name}}:entry:${key}`
  const tagPrefix = `shop:{cache:${name}}:tag:`

  const tell = async (tags: readonly string[]) => {
    const keys = tags.map((tag) => tagPrefix + tag)
    return (await shared.ask((redis) => redis.eval(purgeScript, keys.length, ...keys))) === 1
  }
  async function owe(): Promise<boolean> {
    if (owed.size === 0) return true
    const telling = [...owed]
    if (!(await tell(telling.map(([tag]) => tag)))) return false
    for (const [tag, purge] of telling) if (owed.get(tag) === purge) owed.delete(tag)
    return true
  }
  /** Undefined without a Redis; when asked, and what was kept. */
  async function look(key: string) {
    if (!(await owe())) return undefined
    const found = await shared.ask((redis) => redis.eval(getScript, 1, entryAt(key), tagPrefix))
    return found as [began: string, value: string | null] | undefined
  }
  async function store(key: string, began: string, { value, ...keeping }: Loaded) {
    const ttlMs = ttlFor(value, keeping)
    const tags = JSON.stringify([everything, ...keeping.tags])
    await shared.ask((redis) =>
      redis.eval(setScript, 1, entryAt(key), tagPrefix, began, ttlMs, value, tags),
    )
  }

  return {
    get: async (key) => (await look(key))?.[1] ?? undefined,
    async set(key: string, value: string, keeping: Keeping) {
      if (await owe()) await store(key, '', { value, ...keeping })
    },
    async purge(tags) {
      flights.forget()
      purges += 1
      for (const tag of tags) owed.set(tag, purges)
      if (owed.size > mostOwed) {
        owed.clear()
        owed.set(everything, purges)
      }
      await owe()
    },
    async through(key, load) {
      return flights.join(key, async () => {
        const [began, kept] = (await look(key)) ?? []
        if (typeof kept === 'string') return kept
        const loaded = await load()
        if (began !== undefined) await store(key, began, loaded)
        return loaded.value
      })
    },
  }
}

const now = `
  local time = redis.call('TIME')
  local now = string.format('%.0f', time[1] * 1000000 + time[2])
`

const purged = `
  local function purged(tags, since)
    for _, tag in ipairs(cjson.decode(tags)) do
      local at = redis.call('GET', tagPrefix .. tag)
      if at and tonumber(at) >= tonumber(since) then return true end
    end
    return false
  end
`

const getScript = `
  local tagPrefix = ARGV[1]
  ${now} ${purged}
  local entry = redis.call('HMGET', KEYS[1], 'value', 'tags', 'began')
  if not entry[1] or purged(entry[2], entry[3]) then return { now, false } end
  return { now, entry[1] }
`

const setScript = `
  local tagPrefix, began, ttl, value, tags = unpack(ARGV)
  ${now} ${purged}
  if began == '' then began = now end
  if purged(tags, began) then return 0 end
  redis.call('DEL', KEYS[1])
  if ttl == '0' then return 0 end
  redis.call('HSET', KEYS[1], 'value', value, 'tags', tags, 'began', began)
  redis.call('PEXPIRE', KEYS[1], ttl)
  return 1
`

// A minute longer than the longest entry.
const purgeScript = `
  ${now}
  for _, key in ipairs(KEYS) do redis.call('SET', key, now, 'PX', 86460000) end
  return 1
`
