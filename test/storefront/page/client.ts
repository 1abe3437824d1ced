/// <reference path="./upload-link.d.ts" />
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client'
import { Defer20220824Handler, type GraphQLCodegenIncremental } from '@apollo/client/incremental'
import { SetContextLink } from '@apollo/client/link/context'
import { GraphQLWsLink } from '@apollo/client/link/subscriptions'
import UploadHttpLink from 'apollo-upload-client/UploadHttpLink.mjs'
import { createClient } from 'graphql-ws'
import type { LogInMutation } from '../documents.generated.ts'

declare module '@apollo/client' {
  interface TypeOverrides
    extends Defer20220824Handler.TypeOverrides,
      GraphQLCodegenIncremental.TypeOverrides {}
}

type LogIn = LogInMutation['login']

export interface Shop {
  readonly client: ApolloClient
  /** Who has logged in. */
  user: LogIn['user'] | null
  /** From now on everything is asked as who this is; what was known of another is forgotten. */
  enter(as: LogIn): Promise<void>
}

/** A storefront's way to the shop. A guest is known by a cookie, and who has logged in by a token. */
export function shopAt(endpoint: string): Shop {
  let token: string | null = null
  const asWhom = (): Record<string, string> => (token ? { authorization: `Bearer ${token}` } : {})
  // Its name is what no page of somebody else could send with the shopper's cookies.
  const settings = {
    uri: endpoint,
    credentials: 'include' as const,
    headers: { 'x-shop-client': 'storefront' },
  }
  const http = ApolloLink.split(
    ({ getContext }) => getContext().hasFile,
    new UploadHttpLink(settings),
    new HttpLink(settings),
  )
  const sockets = createClient({
    url: endpoint.replace(/^http/, 'ws'),
    connectionParams: asWhom,
  })
  const client = new ApolloClient({
    cache: new InMemoryCache({ typePolicies: { Query: { fields: { products: pages } } } }),
    incrementalHandler: new Defer20220824Handler(),
    link: ApolloLink.split(
      ({ operationType, getContext }) => operationType === 'subscription' && !getContext().overHttp,
      new GraphQLWsLink(sockets),
      new SetContextLink(({ headers }) => ({ headers: { ...headers, ...asWhom() } })).concat(http),
    ),
  })
  const shop: Shop = {
    client,
    user: null,
    async enter({ accessToken, user }) {
      token = accessToken
      shop.user = user
      sockets.terminate()
      await client.resetStore()
    },
  }
  return shop
}

interface Nodes {
  readonly nodes: readonly unknown[]
}

/** Each page is put behind those before it. */
const pages = {
  keyArgs: ['first'],
  merge: (before: Nodes | undefined, next: Nodes, { args }: { args: object | null }): Nodes => {
    const isFirst = !(args as { after?: string } | null)?.after
    return isFirst ? next : { ...next, nodes: [...(before?.nodes ?? []), ...next.nodes] }
  },
}
