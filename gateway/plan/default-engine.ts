import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { EngineName } from './engine.ts'

const { arch, platform, report } = process

/** Hive's where its package brings a binary for this machine, Apollo's elsewhere. */
export function defaultEngine(): EngineName {
  const libc = platform === 'linux' ? (isGlibc() ? '-gnu' : '-musl') : ''
  try {
    const entry = createRequire(import.meta.url).resolve('@graphql-hive/router-query-planner')
    const binary = `hive_router_query_planner.${platform}-${arch}${libc}.node`
    return existsSync(new URL(binary, `file://${entry}`)) ? 'hive' : 'apollo'
  } catch {
    return 'apollo'
  }
}

function isGlibc(): boolean {
  const { header } = report.getReport() as { header?: { glibcVersionRuntime?: string } }
  return header?.glibcVersionRuntime !== undefined
}
