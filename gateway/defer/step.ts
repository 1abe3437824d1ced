import { answerOf, refusalOf } from '../answer/step.ts'
import type { Run } from '../execute/run.ts'
import type { Data } from '../json.ts'
import type { OwnNames } from '../plan/own-names.ts'
import type { RequestRecord } from '../request.ts'
import type { Part } from './compile.ts'
import { Held } from './held.ts'
import { tellParts } from './parts.ts'

/** Answers what is there, and goes on with what was put off. */
export function partsStep(request: RequestRecord): void {
  const { compiled, run } = request
  if (!compiled?.parts || !run) return
  const held = new Held()
  const { parts, names } = compiled
  const over = tellAll(request, { run, parts, names, held })
  // Whoever answers hears of it; until then it is no fault that nobody hears.
  over.catch(() => {})
  request.events = { kind: 'parts', over, listen: (sink) => held.listen(sink) }
}

interface Putting {
  readonly run: Run
  readonly parts: readonly Part[]
  readonly names: OwnNames
  readonly held: Held
}

async function tellAll(request: RequestRecord, { held, ...putting }: Putting): Promise<void> {
  const first = answerOf(request)
  const { data } = JSON.parse(first) as { data: Data | null }
  held.next(`${first.slice(0, -1)},"hasNext":${data !== null}}`)
  try {
    if (data) await tellParts({ request, ...putting, told: data, next: (text) => held.next(text) })
    held.end()
  } catch (error) {
    held.end(refusalOf(error))
    throw error
  }
}
