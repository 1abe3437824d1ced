import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from '@shop/state/folder'

interface Cruised {
  readonly modules: readonly {
    readonly source: string
    readonly dependencies: readonly { readonly resolved: string }[]
  }[]
}

export const readme = path.join(root, 'README.md')

const [begin, end] = ['<!-- picture: drawn by npm run picture -->', '<!-- end of picture -->']

/** The README with the picture that the imports draw now, and the README as it is. */
export function drawnAndWritten(): { drawn: string; written: string } {
  const written = readFileSync(readme, 'utf8')
  const [before, rest = ''] = written.split(begin)
  const [, after] = rest.split(end)
  if (after === undefined) throw new Error(`README.md has no place for the picture: ${begin}`)
  return { written, drawn: `${before}${begin}\n${diagram()}\n${end}${after}` }
}

function diagram(): string {
  const arrows = importsBetweenParts()
  const parts = [...new Set(arrows.flat())].toSorted()
  const boxes = (folder: string) =>
    parts
      .filter((part) => path.dirname(part) === folder)
      .map((part) => `    ${idOf(part)}[${path.basename(part)}]`)
  return [
    '```mermaid',
    'flowchart TD',
    '  gateway[gateway]',
    ...['deploy', 'subgraphs'].flatMap((folder) => [
      `  subgraph ${folder}_folder [${folder}]`,
      ...boxes(folder),
      '  end',
    ]),
    ...arrows.map(([from, to]) => `  ${idOf(from)} --> ${idOf(to)}`),
    '```',
  ].join('\n')
}

const idOf = (part: string) => part.replaceAll('/', '_')

type Arrow = readonly [from: string, to: string]

/** What dependency-cruiser finds, by part; tests aside, since they may look everywhere. */
function importsBetweenParts(): Arrow[] {
  const words = ['--config', '.dependency-cruiser.mjs', '--output-type', 'json']
  const { stdout, stderr } = spawnSync(
    'depcruise',
    [...words, '--include-only', '^(deploy|gateway|subgraphs)/', 'deploy', 'gateway', 'subgraphs'],
    { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28 },
  )
  if (!stdout) throw new Error(`The imports could not be read: ${stderr}`)
  const { modules } = JSON.parse(stdout) as Cruised
  const arrows = modules
    .filter(({ source }) => !/\.test\.ts$|\/test\//.test(source))
    .flatMap(({ source, dependencies }) =>
      dependencies.map(({ resolved }) => `${partOf(source)} ${partOf(resolved)}`),
    )
  return [...new Set(arrows)]
    .toSorted()
    .map((arrow) => arrow.split(' ') as unknown as Arrow)
    .filter(([from, to]) => from !== to)
}

/** Of `subgraphs/kit/clock.ts` it is `subgraphs/kit`; the gateway is one part. */
function partOf(file: string): string {
  const [folder = '', part = ''] = file.split('/')
  return folder === 'gateway' ? folder : `${folder}/${part}`
}
