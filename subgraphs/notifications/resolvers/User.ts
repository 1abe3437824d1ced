import type { UserResolvers } from './types.generated.ts'

export const User: UserResolvers = {
  notifications: ({ id }, { filter, ...page }, { notices }) =>
    notices.of(id, filter?.unread ?? false, page),
  unreadNotificationCount: async ({ id }, _, { unread }) => (await unread.load(id))?.count ?? 0,
}
