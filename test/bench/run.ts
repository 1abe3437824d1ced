import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'

/** `npm run bench -- <name>`: the file of that name in this folder, run with the arguments left. */
const [name = ''] = process.argv.splice(2, 1)
const file = path.join(import.meta.dirname, `${name}.ts`)
const tools = ['page', 'reading', 'report', 'run', 'world']
const isTool = tools.includes(name)
if (!name || isTool || !existsSync(file)) {
  const names = readdirSync(import.meta.dirname).map((each) => path.basename(each, '.ts'))
  const known = names.filter((each) => !tools.includes(each))
  process.stderr.write(`There is no benchmark "${name}". There is: ${known.join(', ')}\n`)
  process.exit(2)
}
await import(file)
