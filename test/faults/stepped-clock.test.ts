import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'

const run = promisify(execFile)
const told = `const timer = process.hrtime.bigint(); console.log(JSON.stringify({
  now: Date.now(), made: new Date().getTime(), given: new Date(5).getTime(),
  text: Date(), is: new Date() instanceof Date, utc: Date.UTC(1970, 0, 2) }))`

async function toldBy(flags: readonly string[]) {
  const { stdout } = await run(process.execPath, [...flags, '--eval', told])
  return JSON.parse(stdout)
}

test('a process can be given a clock that is ten minutes off', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'clock-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const file = path.join(folder, 'step')
  const flag = `--import=${new URL('stepped-clock.ts', import.meta.url).href}?by=${file}`

  for (const stepMs of [600_000, -600_000]) {
    writeFileSync(file, String(stepMs))
    const off = await toldBy([flag])
    const is = Date.now()

    assert.ok(Math.abs(off.now - stepMs - is) < 20_000, `${off.now - is}`)
    assert.ok(Math.abs(off.made - off.now) < 1000)
    assert.ok(Math.abs(new Date(off.text).getTime() - off.now) < 2000)
    assert.deepEqual([off.given, off.is, off.utc], [5, true, 86_400_000])
  }
})
