import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { TestContext } from 'node:test'
import { isRequired } from '@shop/kit/testing'
import { Page, type Size } from './page.ts'
import { Wire } from './wire.ts'

const names = ['chromium', 'chromium-browser', 'google-chrome']

export interface Browser extends AsyncDisposable {
  /** A page with cookies and storage of its own. */
  open(url: string, size?: Size): Promise<Page>
}

/** Chromium without a window; null where the machine has none. */
export async function openChromium(t: TestContext): Promise<Browser | null> {
  const program = names.find((name) => spawnSync(name, ['--version']).status === 0)
  if (!program) {
    if (isRequired('chromium')) throw new Error('SHOP_REQUIRE names chromium, and there is none.')
    t.diagnostic('left out: pages need chromium on the PATH')
    return null
  }
  await using opening = new AsyncDisposableStack()
  const profile = mkdtempSync(path.join(tmpdir(), 'chromium-'))
  opening.defer(() => rmSync(profile, { recursive: true, force: true, maxRetries: 5 }))
  const child = spawn(program, wordsFor(profile), { stdio: ['ignore', 'ignore', 'pipe'] })
  opening.defer(() => ended(child))
  const wire = opening.use(await Wire.to(await addressOf(child)))
  const opened = opening.move()
  return {
    open: (url, size) => pageIn(wire, url, size),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

/** What is asked of anybody but the page's own server would fail: a test would see it. */
const wordsFor = (profile: string) => [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--no-first-run',
  '--force-color-profile=srgb',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  '--remote-debugging-port=0',
  `--user-data-dir=${profile}`,
  'about:blank',
]

async function addressOf(child: ChildProcess): Promise<string> {
  if (!child.stderr) throw new Error('Chromium has no output.')
  for await (const line of createInterface(child.stderr)) {
    const [, address] = /^DevTools listening on (ws:\S+)/.exec(line) ?? []
    if (address) {
      child.stderr.resume()
      return address
    }
  }
  throw new Error('Chromium ended before it listened.')
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const closed = once(child, 'close')
  child.kill()
  await closed
}

async function pageIn(wire: Wire, url: string, size: Size = { width: 1280, height: 800 }) {
  const { browserContextId } = await wire.send('Target.createBrowserContext')
  const { targetId } = await wire.send('Target.createTarget', {
    url: 'about:blank',
    browserContextId,
  })
  const { sessionId } = await wire.send('Target.attachToTarget', { targetId, flatten: true })
  const page = new Page(wire, String(sessionId))
  await page.begin(size)
  await page.go(url)
  return page
}
