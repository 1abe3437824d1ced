import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { test } from 'node:test'
import { listedPorts, root, written } from './written.ts'

/** What a shell or Node has of itself, and what only a child of ours is told. */
const others = new Set(['HOME', 'NODE_COMPILE_CACHE', 'NODE_ENV', 'NODE_OPTIONS', 'PATH', 'TZ'])
const name = '[A-Z][A-Z0-9]*_?[A-Z0-9_]+'

/** The ways in which the code reads a variable. */
const readings = [
  new RegExp(`\\benv\\.(${name})`, 'g'),
  new RegExp(`\\bwish\\('(${name})'`, 'g'),
  new RegExp(`portFor\\('(${name})'`, 'g'),
  new RegExp(`\\['(${name}_PORT)', \\d`, 'g'),
]
const shaped = new RegExp(`^\\s+(${name}): (?:z$|\\w+(?:\\(|\\.))`, 'gm')
const destructured = /const \{([^}]+)\} = process\.env/g

function readBy(file: string): string[] {
  const text = written(file)
  const ways = text.includes('configReader(') ? [...readings, shaped] : readings
  const named = ways.flatMap((reading) => [...text.matchAll(reading)].map(([, found]) => found))
  const taken = [...text.matchAll(destructured)].flatMap(([, list = '']) =>
    list.split(',').map((each) => each.trim().split(/[\s:=]/)[0]),
  )
  return [...named, ...taken].filter((each) => each !== undefined && each !== '') as string[]
}

test('.env.example has every variable that the code and the compose file read, and no other', () => {
  const files = globSync('{deploy,gateway,subgraphs,test}/**/*.{ts,mjs}', {
    cwd: root,
    exclude: ['**/node_modules', '**/*.test.ts', '**/*.generated.ts'],
  })
  const inCode = files.flatMap(readBy)
  const inCompose = [...written('docker-compose.yml').matchAll(/\$\{([A-Z_]+)/g)].map(
    ([, found]) => found ?? '',
  )
  const inImage = [...written('deploy/Dockerfile').matchAll(/process\.env\.([A-Z_]+)/g)]
  const ofEach = listedPorts().flatMap(([subgraph]) => {
    const capitals = subgraph.toUpperCase()
    return [`${capitals}_PORT`, `SUBGRAPH_${capitals}_URL`]
  })
  const wanted = new Set([...inCode, ...inCompose, ...ofEach, ...inImage.map(([, it]) => it ?? '')])

  const listed = [...written('.env.example').matchAll(/^(?:# )?([A-Z][A-Z0-9_]+)=/gm)]
  assert.deepEqual(
    listed.map(([, found]) => found ?? '').toSorted(),
    [...wanted].filter((each) => !others.has(each)).toSorted(),
  )
})
