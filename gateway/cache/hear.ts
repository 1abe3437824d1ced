import type { Cache } from '@shop/kit/cache'
import type { Live } from '@shop/kit/live'
import type { Generation } from '../supergraph/generation.ts'
import { madeOnce } from '../supergraph/made-once.ts'
import type { RecentPurges } from './recent-purges.ts'
import { type Announced, Purges } from './tags.ts'

interface Needs {
  readonly live: Pick<Live, 'subscribe'>
  readonly cache: Pick<Cache, 'purge'>
  readonly purges: RecentPurges
  readonly generation: () => Pick<Generation, 'supergraph'>
  readonly onFault: (fault: unknown) => void
}

const purgesOf = madeOnce(
  ({ supergraph }: Pick<Generation, 'supergraph'>) => new Purges(supergraph.applied),
)

/** Drops what events make untrue, until disposed of. One that is lost costs what it made untrue its age. */
export function hearPurges(needs: Needs): AsyncDisposable {
  const ending = new AbortController()
  const names = purgesOf(needs.generation()).events
  const listening = names.map((name) => listen(name, ending.signal, needs).catch(needs.onFault))
  return {
    async [Symbol.asyncDispose]() {
      ending.abort()
      await Promise.all(listening)
    },
  }
}

async function listen(name: string, signal: AbortSignal, needs: Needs): Promise<void> {
  const { live, cache, purges, generation, onFault } = needs
  for await (const heard of live.subscribe(`event.${name}`, signal)) {
    if (heard.kind !== 'event') continue
    const tags = purgesOf(generation()).tagsFor(heard.payload as Announced)
    purges.note(tags)
    await cache.purge(tags).catch(onFault)
  }
}
