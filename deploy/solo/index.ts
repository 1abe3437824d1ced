import { endInTime } from '@shop/kit/closing'
import { toldToEnd } from '@shop/kit/listening'
import { pointsFrom } from '@shop/kit/points'
import { toldOf } from '@shop/state/fault'
import { openFull } from './full/open.ts'
import { openLive } from './live/open.ts'
import { optionsFrom } from './options.ts'
import { openShop } from './shop.ts'

const began = performance.now()
// From the first moment: what is told to end while it opens closes what it has opened.
const told = toldToEnd()
// A connection that breaks between two queries tells it here; what was open gets a moment to close.
process.on('uncaughtException', giveUp)
try {
  await open()
} catch (fault) {
  tell(fault)
  process.exit(1)
}

function giveUp(fault: unknown): void {
  process.off('uncaughtException', giveUp)
  process.on('uncaughtException', () => {})
  tell(fault)
  setTimeout(() => process.exit(1), 8000)
}

function tell(fault: unknown): void {
  process.stderr.write(`${toldOf(fault, process.env)}\n`)
}

async function open(): Promise<void> {
  const options = optionsFrom(process.argv.slice(2), process.env)
  if (options.topology === 'solo') pointsFrom(process.env)
  process.stdout.write('Opening the shop\n')
  await using shop = await (options.topology === 'full' ? openFull(options) : openShop(options))
  await using _ = options.isLive ? openLive(options, shop) : null

  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  const megabytes = Math.round(process.memoryUsage().rss / 2 ** 20)
  const lines = shop.places.map(([what, where]) => `  ${what.padEnd(20)}${where}`)
  process.stdout.write(
    `\nThe shop is open, after ${seconds} s, with ${megabytes} MB:\n${lines.join('\n')}\n`,
  )
  process.stdout.write('Ctrl-C closes it.\n')
  process.off('uncaughtException', giveUp)

  await told
  if (options.topology === 'solo') endInTime((line) => process.stderr.write(`${line}\n`))
  process.stdout.write('Closing the shop\n')
}
