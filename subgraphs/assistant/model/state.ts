import path from 'node:path'

/** The state folder, `.data` unless told: for the programs of this room, which no config.ts precedes. */
export const stateFolder = (): string =>
  // biome-ignore lint/style/noProcessEnv: the commands of this room read their folders here alone.
  path.resolve(process.env.SHOP_STATE_DIR ?? path.join(import.meta.dirname, '../../../.data'))
