import { toldToEnd } from '@shop/kit/listening'
import { optionsFrom } from './options.ts'
import { openShop } from './shop.ts'

const began = performance.now()
const options = optionsFrom(process.argv.slice(2), process.env)
process.stdout.write('Opening the shop\n')
await using shop = await openShop(options)

const seconds = ((performance.now() - began) / 1000).toFixed(1)
const megabytes = Math.round(process.memoryUsage().rss / 2 ** 20)
const lines = shop.places.map(([what, where]) => `  ${what.padEnd(20)}${where}`)
process.stdout.write(
  `\nThe shop is open, after ${seconds} s, with ${megabytes} MB:\n${lines.join('\n')}\n`,
)
process.stdout.write('Ctrl-C closes it.\n')

await toldToEnd()
process.stdout.write('Closing the shop\n')
