import {
  createAddress,
  deleteAddress,
  setDefaultAddress,
  updateAddress,
} from '../domain/addresses.ts'
import { createApiKey, revokeApiKey, rotateApiKey } from '../domain/api-keys.ts'
import { deactivateUser, reactivateUser, setUserRoles } from '../domain/manage-users.ts'
import { revokeOtherSessions, revokeSession } from '../domain/own-sessions.ts'
import { updatePreferences, updateProfile } from '../domain/profile.ts'
import { requestVerification } from '../domain/request-verification.ts'
import type { MutationResolvers } from './types.generated.ts'

export const Mutation: MutationResolvers = {
  register: (_, { input }, { door }) => door.register(input),
  login: (_, { input }, { door }) => door.login(input),
  refreshToken: (_, { input }, { door }) => door.refresh(input),
  logout: (_, { input }, { door }) => door.logout(input),
  verifyEmail: (_, { input }, { recovery }) => recovery.verifyEmail(input),
  requestPasswordReset: (_, { input }, { recovery }) => recovery.requestReset(input),
  confirmPasswordReset: (_, { input }, { recovery }) => recovery.confirmReset(input),
  resendVerificationEmail: (_, { input }, context) =>
    context.once('resendVerificationEmail', requestVerification, input),
  changePassword: (_, { input }, { ownPassword }) => ownPassword.change(input),
  revokeSession: (_, { input }, context) => context.once('revokeSession', revokeSession, input),
  revokeOtherSessions: (_, { input }, context) =>
    context.once('revokeOtherSessions', revokeOtherSessions, input),
  updateProfile: (_, { input }, context) => context.once('updateProfile', updateProfile, input),
  updatePreferences: (_, { input }, context) =>
    context.once('updatePreferences', updatePreferences, input),
  createAddress: (_, { input }, context) => context.once('createAddress', createAddress, input),
  updateAddress: (_, { input }, context) => context.once('updateAddress', updateAddress, input),
  deleteAddress: (_, { input }, context) => context.once('deleteAddress', deleteAddress, input),
  setDefaultAddress: (_, { input }, context) =>
    context.once('setDefaultAddress', setDefaultAddress, input),
  setUserRoles: (_, { input }, context) => context.once('setUserRoles', setUserRoles, input),
  deactivateUser: (_, { input }, context) => context.once('deactivateUser', deactivateUser, input),
  reactivateUser: (_, { input }, context) => context.once('reactivateUser', reactivateUser, input),
  createApiKey: (_, { input }, context) => context.secretly('createApiKey', createApiKey, input),
  rotateApiKey: (_, { input }, context) => context.secretly('rotateApiKey', rotateApiKey, input),
  revokeApiKey: (_, { input }, context) => context.once('revokeApiKey', revokeApiKey, input),
}
