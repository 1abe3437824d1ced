import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { TestContext } from 'node:test'
import { createGunzip } from 'node:zlib'
import { wish } from '@shop/kit/testing'
import { root } from '@shop/state/folder'
import type { Shop } from '../../deploy/solo/shop.ts'
import type { Client } from './sale.ts'

/** More than some pages, and imported in a second. */
const products = 300

/** The first products of Icecat's file, by the command that a shop would import all of them with. */
export async function importedInto(shop: Shop, t: TestContext): Promise<string[]> {
  const file = path.join(wish('SHOP_DATA_DIR') ?? '', 'icecat-chorus/products.jsonl.gz')
  if (!existsSync(file)) {
    t.diagnostic('left out: SHOP_DATA_DIR has no icecat-chorus')
    return []
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'icecat-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const part = path.join(folder, 'part.jsonl')
  const lines = await firstLinesOf(file)
  writeFileSync(part, lines.join('\n'))
  const program = path.join(root, 'deploy/solo/feeds/import-catalog.ts')
  const child = spawn(process.execPath, [program, 'icecat', part, '--stock', '50'], {
    env: { ...process.env, ...shop.addresses },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const [code] = await once(child, 'close')
  assert.equal(code, 0)
  return lines.map((line) => `ICECAT-${JSON.parse(line).id}`)
}

async function firstLinesOf(file: string): Promise<string[]> {
  const lines: string[] = []
  const text = createInterface({ input: createReadStream(file).pipe(createGunzip()) })
  for await (const line of text) {
    if (lines.push(line) === products) break
  }
  return lines
}

const list = `query ($after: String, $brandIds: [ID!]) {
  products(first: 20, after: $after, filter: { brandIds: $brandIds }) {
    nodes { id slug name } pageInfo { hasNextPage endCursor }
  }
}`

/** From a SKU to its page, and from there through all that its brand makes. */
export async function browses(client: Client, imported: readonly string[]): Promise<void> {
  if (imported.length === 0) return
  const { data } = await client.ask(
    `query ($skus: [String!]!) { variantsBySku(skus: $skus) {
      id sku available product { slug brand { id } }
    } }`,
    { skus: imported.slice(0, 20) },
  )
  const [found]: Found[] = data.variantsBySku
  if (!found) throw new Error('Nothing of it was imported.')
  const { id, sku, available, product } = found
  const page = await client.ask(
    `query ($slug: String!) { product(slug: $slug) { variants { id sku available } } }`,
    { slug: product.slug },
  )
  const slugs = await slugsOf(client, product.brand.id)

  assert.equal(data.variantsBySku.length, 20)
  assert.equal(available, 50)
  assert.deepEqual(page.data.product.variants, [{ id, sku, available }])
  assert.ok(slugs.includes(product.slug))
  assert.equal(new Set(slugs).size, slugs.length)
}

interface Found {
  readonly id: string
  readonly sku: string
  readonly available: number
  readonly product: { readonly slug: string; readonly brand: { readonly id: string } }
}

async function slugsOf(client: Client, brandId: string): Promise<string[]> {
  const slugs: string[] = []
  let after: string | null = null
  do {
    const { data } = await client.ask(list, { after, brandIds: [brandId] })
    const { nodes, pageInfo } = data.products
    slugs.push(...nodes.map(({ slug }: { slug: string }) => slug))
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null
  } while (after)
  return slugs
}
