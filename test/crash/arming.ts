import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import type { Victims } from './shop.ts'

/** `crash|freeze|wait <point>`, for whoever comes there first. Until disposed of; then one that waits goes on. */
export function arming({ pointsFile }: Pick<Victims, 'pointsFile'>, act: string) {
  const hit = `${pointsFile}.hit`
  rmSync(hit, { force: true })
  writeFileSync(pointsFile, act)
  return {
    async hit(patienceMs = 60_000): Promise<boolean> {
      for (let waited = 0; waited < patienceMs; waited += 20) {
        // Written after it was claimed: until then it is the arming itself.
        if (existsSync(hit) && readFileSync(hit, 'utf8').startsWith('{')) return true
        await setTimeout(20)
      }
      return false
    },
    [Symbol.dispose]() {
      rmSync(pointsFile, { force: true })
      rmSync(hit, { force: true })
    },
  }
}
