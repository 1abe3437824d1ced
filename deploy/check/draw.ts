import { writeFileSync } from 'node:fs'
import { drawnAndWritten, readme } from './picture.ts'

/** `npm run picture`: the parts and what leans on what, into the README. */
writeFileSync(readme, drawnAndWritten().drawn)
