import { defaultAddressId } from '../domain/user.ts'
import type { AddressResolvers } from './types.generated.ts'

export const Address: AddressResolvers = {
  __resolveReference: ({ id }, { addressById }) => addressById.load(id),
  isDefaultShipping: async ({ id, userId }, _, { profiles }) =>
    id === defaultAddressId(await profiles.load(userId), 'SHIPPING'),
  isDefaultBilling: async ({ id, userId }, _, { profiles }) =>
    id === defaultAddressId(await profiles.load(userId), 'BILLING'),
}
