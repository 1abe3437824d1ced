import path from 'node:path'

// biome-ignore lint/style/noProcessEnv: the programs of this room are run by themselves.
const state = process.env.SHOP_STATE_DIR ?? '.data'

/** Where `models:build` writes networks and `models:train` models: nothing of it is committed. */
export const cacheFolder = path.resolve(import.meta.dirname, '../../..', state, 'vision')
