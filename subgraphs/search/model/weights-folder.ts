import path from 'node:path'

/** Where built, pulled and trained models lie: `models/search/` below the state folder. */
export function weightsFolder(name: string): string {
  // biome-ignore lint/style/noProcessEnv: the commands of this room have no config.ts before them.
  const state = process.env.SHOP_STATE_DIR ?? path.join(import.meta.dirname, '../../../.data')
  return path.join(path.resolve(state), 'models/search', name)
}
