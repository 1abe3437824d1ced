import type { Data } from '../../json.ts'
import type { World } from '../one-server.ts'

const user = (id: string): Data => ({
  __typename: 'User',
  id,
  email: `${id}@x.test`,
  name: id,
  age: 0,
  mail: (_: Data, self: Data) => `to ${self.email}`,
  posts: [{ __typename: 'Post', slug: `p${id}`, author: null as unknown, text: null }],
})
const users = [user('a'), user('b')]
const posts = users.flatMap((each) => each.posts as Data[])
for (const each of users) for (const post of each.posts as Data[]) post.author = each

const spellings: World = {
  name: 'federation 1: extend, @extends, @external keys, @requires and @provides',
  isFederation1: true,
  parts: {
    users: `type Query { users: [User] me: User } type User @key(fields: "id") @key(fields: "email") { id: ID! email: String name: String age: Int }`,
    posts: `extend type Query { posts: [Post!]! } type Post @key(fields: "slug") { slug: ID! author: User @provides(fields: "name") text: String }
      extend type User @key(fields: "id") { id: ID! @external name: String @external posts: [Post] }`,
    mail: `type Query @extends { first: User } type User @extends @key(fields: "id") { id: ID! @external email: String @external mail: String @requires(fields: "email") }`,
  },
  roots: { Query: { users, me: users[1], posts, first: users[0] } },
  entities: [...users, ...posts],
  queries: [
    '{ users { posts { text author { name age } } mail } }',
    '{ posts { author { name mail posts { slug } } } first { mail name age } }',
    '{ me { ...U } first { ...U } } fragment U on User { email mail posts { author { email: mail } } }',
    '{ users { email: name mail id: age posts { slug: __typename } } }',
  ],
}

export const federation1 = [spellings]
