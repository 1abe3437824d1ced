import { runTests } from './tests.ts'

process.exitCode = await runTests(process.argv.slice(2))
