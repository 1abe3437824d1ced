import { spawnSync } from 'node:child_process'
import { mkdirSync, rmdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** What is written of the shop and of its clients, whatever becomes of the shop's own disk. */
const beside = { 'shop.log': 'log', 'calls.jsonl': 'calls' }

/** A disk that holds only so much, for a shop's folder on it; its log lies beside, on one with room. */
export function smallDisk(disk: string, shop: string, megabytes: number): Disposable {
  mkdirSync(disk, { recursive: true })
  const words = ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', disk]
  const { status, stderr } = spawnSync('mount', words, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`A disk of its own needs to be mounted: ${stderr}`)
  mkdirSync(path.join(disk, shop))
  for (const [name, ending] of Object.entries(beside)) {
    writeFileSync(`${disk}.${ending}`, '')
    symlinkSync(`${disk}.${ending}`, path.join(disk, shop, name))
  }
  return {
    [Symbol.dispose]() {
      if (spawnSync('umount', [disk]).status === 0) rmdirSync(disk)
    },
  }
}
