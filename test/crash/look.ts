import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { check, type Findings } from '../checker/check.ts'
import type { Recorder } from '../faults/recorder.ts'
import { evidenceOf } from './evidence.ts'
import type { Provider } from './provider.ts'
import { settled } from './settle.ts'
import type { Victims } from './shop.ts'

export interface Looking {
  readonly recorder: Recorder
  readonly since: Date
  readonly provider: Provider
}

/** What a job announced in this moment is on its way still: then it is waited for, and looked at again. */
export async function lookedAt(shop: Victims, looking: Looking): Promise<Findings> {
  let findings = await check(await evidenceOf(shop, looking))
  for (let again = 0; again < 3 && Object.keys(findings).join() === 'I6'; again += 1) {
    await settled(shop)
    findings = await check(await evidenceOf(shop, looking))
  }
  writeFileSync(path.join(shop.folder, 'findings.json'), JSON.stringify(findings, null, 2))
  return findings
}
