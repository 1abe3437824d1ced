import path from 'node:path'

// biome-ignore lint/style/noProcessEnv: the programs of this room are run by themselves.
const { SHOP_STATE_DIR: state = '.data', SHOP_DATA_DIR: data } = process.env

/** Where `models:build` writes networks and `models:train` models: nothing of it is committed. */
export const cacheFolder = path.resolve(import.meta.dirname, '../../..', state, 'vision')

/** Throws where it was not told. */
export function dataFolder(): string {
  if (!data) throw new Error('Set SHOP_DATA_DIR to the folder of the data sets.')
  return data
}
