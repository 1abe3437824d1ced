import { createHmac } from 'node:crypto'
import type { Clock } from './clock.ts'
import { type Keys, readyKey } from './keys.ts'
import { type Limits, localLimits, spentOf, type Tenths, tenthOf, verdictOf } from './limits.ts'
import type { Shared } from './redis.ts'

interface Needs {
  readonly shared: Shared
  readonly clock: Clock
  readonly keys: Keys
}

/**
 * Between processes, one round trip a question. When Redis does not answer, this process's own
 * counts decide: they are kept all along, so a fallen Redis does not begin everybody anew.
 */
export function redisLimits({ shared, clock, keys }: Needs): Limits {
  const local = localLimits(clock)
  const secret = readyKey(keys('limits'))
  // A scope is a hash tag, so a cluster keeps it together; accounts and addresses are not readable.
  const named = (kind: string, scope: string, key: string) =>
    `shop:${kind}:{${scope}}:${createHmac('sha256', secret).update(key).digest('base64url')}`

  return {
    async hit(scope, rules, cost = 1) {
      const now = clock.now().getTime()
      const here = await local.hit(scope, rules, cost)
      const names = rules.map(({ key }) => named('limit', scope, key))
      const figures = rules.flatMap((rule) => [
        rule.most,
        rule.perMs,
        tenthOf(rule),
        rule.cost ?? cost,
      ])
      const flat = await shared.ask((redis) =>
        redis.eval(hitScript, names.length, ...names, now, ...figures),
      )
      if (flat === undefined) return here
      const counts = (flat as number[][]).map(inPairs)
      return { ...verdictOf({ rules, counts, cost, now }), isLocal: false }
    },
    async spend(scope, budget, cost) {
      const now = clock.now().getTime()
      const here = await local.spend(scope, budget, cost)
      const name = named('budget', scope, budget.key)
      const { capacity, perSecond } = budget
      const tillFullMs = Math.ceil((capacity / perSecond) * 1000) + 1000
      const told = await shared.ask((redis) =>
        redis.eval(spendScript, 1, name, now, cost, capacity, perSecond / 1000, tillFullMs),
      )
      if (told === undefined) return here
      const [isAllowed, left] = told as [number, string]
      return { ...spentOf(isAllowed === 1, Number(left), [budget, cost]), isLocal: false }
    },
  }
}

const inPairs = (flat: readonly number[]): Tenths =>
  Array.from({ length: flat.length / 2 }, (_, at) => [flat[2 * at] ?? 0, flat[2 * at + 1] ?? 0])

/** Answers with each key's counts as they stood before; whether they allow it is reckoned from them again. */
const hitScript = `
  local now = tonumber(ARGV[1])
  local function figure(i, which) return tonumber(ARGV[4 * i - 3 + which]) end
  local allowed, all = true, {}
  for i = 1, #KEYS do
    local most, per, tenth, cost = figure(i, 1), figure(i, 2), figure(i, 3), figure(i, 4)
    local flat, sum, live = redis.call('HGETALL', KEYS[i]), 0, {}
    for j = 1, #flat, 2 do
      local at, count = tonumber(flat[j]), tonumber(flat[j + 1])
      if (at + 1) * tenth + per > now then
        sum = sum + count
        live[#live + 1] = at
        live[#live + 1] = count
      else
        redis.call('HDEL', KEYS[i], flat[j])
      end
    end
    all[i] = live
    if sum + cost > most then allowed = false end
  end
  if allowed then
    for i = 1, #KEYS do
      local per, tenth, cost = figure(i, 2), figure(i, 3), figure(i, 4)
      if cost > 0 then
        redis.call('HINCRBY', KEYS[i], string.format('%d', math.floor(now / tenth)), cost)
        redis.call('PEXPIRE', KEYS[i], per + tenth + 1000)
      end
    end
  end
  return all
`

const spendScript = `
  local now, cost, capacity, perMs = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
  local held = redis.call('HMGET', KEYS[1], 'tokens', 'at')
  local tokens, at = tonumber(held[1] or capacity), tonumber(held[2] or now)
  tokens = math.min(capacity, tokens + math.max(0, now - at) * perMs)
  local allowed = 0
  if tokens >= cost then
    allowed = 1
    tokens = tokens - cost
  end
  local left = string.format('%.6f', tokens)
  redis.call('HSET', KEYS[1], 'tokens', left, 'at', string.format('%d', math.max(at, now)))
  redis.call('PEXPIRE', KEYS[1], ARGV[5])
  return { allowed, left }
`
