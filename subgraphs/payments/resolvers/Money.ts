import { formatted } from '@shop/kit/money'
import type { MoneyResolvers } from './types.generated.ts'

export const Money: MoneyResolvers = {
  formatted: (money, { locale }) => formatted(money, locale ?? undefined),
}
