import { newId } from '@shop/kit/ids'
import type { Random } from '@shop/kit/learn/random'
import type { Client } from './client.ts'

/** What the crew knows of the shop before it begins. */
export interface Known {
  readonly variantIds: readonly string[]
  readonly slugs: readonly string[]
  readonly warehouseId: string
  readonly staff: Readonly<Record<string, string>>
  readonly password: string
}

export interface Turn {
  readonly client: Client
  readonly known: Known
  readonly random: Random
}

const oneOf = <T>(values: readonly T[], { below }: Random): T => values[below(values.length)] as T

const page = `query Page($slug: String!) {
  product(slug: $slug) {
    id name status priceFrom { formatted } categories { name }
    variants { id sku version price { amountMinor currency } available }
  }
}`

export const browse = async ({ client, known, random }: Turn): Promise<void> => {
  await client.ask({
    name: 'List',
    query: `query List($after: String) {
      products(first: 12, after: $after) { nodes { slug name variants { id available } } }
    }`,
  })
  await client.ask({ name: 'Page', query: page, variables: { slug: oneOf(known.slugs, random) } })
}

/** False when nobody let it in. */
export async function signIn({ client, known }: Turn, email: string): Promise<boolean> {
  const entered = await client.insist({
    name: 'SignIn',
    query: `mutation SignIn($input: LoginInput!) { login(input: $input) { accessToken } }`,
    variables: { input: { email, password: known.password } },
  })
  const token = entered?.reply?.data?.login?.accessToken
  if (token) client.enter(token)
  return Boolean(token)
}

/** Somebody new each time; false when nobody let them in. */
export async function signUp({ client, known }: Turn): Promise<boolean> {
  const entered = await client.insist({
    name: 'SignUp',
    query: `mutation SignUp($input: RegisterInput!) { register(input: $input) { accessToken } }`,
    variables: { input: { email: `member.${newId()}@example.com`, password: known.password } },
  })
  const token = entered?.reply?.data?.register?.accessToken
  if (token) client.enter(token)
  return Boolean(token)
}

export const keepAddresses = async ({ client }: Turn): Promise<void> => {
  await client.ask({ name: 'Me', query: 'query Me { me { id email } }' })
  await client.insist({
    name: 'CreateAddress',
    query: `mutation CreateAddress($input: CreateAddressInput!) {
      createAddress(input: $input) { __typename }
    }`,
    variables: { input: { idempotencyKey: newId(), address: house } },
  })
}

const house = { name: 'Ada', line1: 'Street 1', postalCode: '10115', city: 'Berlin', country: 'DE' }

/** A delivery comes, and what was counted wrongly is corrected. */
export const keepStock = async ({ client, known, random }: Turn): Promise<void> => {
  const variantId = oneOf(known.variantIds, random)
  const quantity = 1 + random.below(20)
  await client.insist({
    name: 'ReceiveStock',
    query: `mutation ReceiveStock($input: ReceiveStockInput!) {
      receiveStock(input: $input) { __typename variant { id } }
    }`,
    variables: {
      input: { idempotencyKey: newId(), variantId, warehouseId: known.warehouseId, quantity },
    },
  })
}

/** A price as a feed brings it. */
export const importPrices = async ({ client, known, random }: Turn): Promise<void> => {
  const found = await client.ask({
    name: 'Page',
    query: page,
    variables: { slug: oneOf(known.slugs, random) },
  })
  const [variant] = found.reply?.data?.product?.variants ?? []
  if (!variant) return
  const price = { ...variant.price, amountMinor: variant.price.amountMinor + random.below(3) }
  await client.insist({
    name: 'UpdateVariant',
    query: `mutation UpdateVariant($input: UpdateVariantInput!) {
      updateVariant(input: $input) { __typename variant { id } }
    }`,
    variables: {
      input: {
        ...{ idempotencyKey: newId(), variantId: variant.id },
        ...{ expectedVersion: variant.version, price },
      },
    },
  })
}
