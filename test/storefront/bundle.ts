import path from 'node:path'
import { build } from 'esbuild'

/** The page's script, as a browser runs it. */
export async function bundled(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(import.meta.dirname, 'page/main.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    minify: true,
    conditions: ['production'],
    logLevel: 'silent',
  })
  return outputFiles[0]?.text ?? ''
}
