import type { Clock } from '@shop/kit/clock'
import type { Live } from '@shop/kit/live'
import type { Assessment } from './domain/assessment.ts'

export const alertTopic = 'fraud.alert'

interface Needs {
  readonly live: Live
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly assessments: {
    withIds(ids: readonly string[]): Promise<Assessment[]>
    suspectsSince(time: Date): Promise<Assessment[]>
  }
}

/** Each hint has the truth read; where hints were lost, what came since the last one is told. */
export async function* alerts({ live, clock, signal, assessments }: Needs) {
  const told = new Set<string>()
  let last = clock.now()
  for await (const heard of live.subscribe(alertTopic, signal)) {
    const found =
      heard.kind === 'event'
        ? await assessments.withIds([(heard.payload as { assessmentId: string }).assessmentId])
        : await assessments.suspectsSince(last)
    last = clock.now()
    for (const each of found.filter(({ id }) => !told.has(id))) {
      remember(told, each.id)
      yield each
    }
  }
}

/** Of the last thousand: staff follow for days. */
function remember(told: Set<string>, id: string): void {
  told.add(id)
  const [oldest] = told
  if (told.size > 1000 && oldest) told.delete(oldest)
}
