import type { PriceSettingsSavedResolvers } from './types.generated.ts'

export const PriceSettingsSaved: PriceSettingsSavedResolvers = {
  settings: (_, __, { settings }) => settings.read(),
}
