import type { Clock } from '@shop/kit/clock'
import type { Connection, Database, Page } from '@shop/kit/database'
import { NotFound } from '@shop/kit/errors'
import type { Request } from '@shop/kit/request'
import { Categories } from './db/categories.ts'
import { facetsOf } from './db/facets.ts'
import type { ProductSort } from './db/listing.ts'
import { Parts } from './db/parts.ts'
import { Products } from './db/products.ts'
import type { Tables } from './db/schema.ts'
import { Shelves } from './db/shelves.ts'
import type { Facets } from './domain/facets.ts'
import { type FilterInput, filterFrom } from './domain/filter.ts'
import type { Product } from './domain/product.ts'
import { Find } from './find.ts'
import { forget, type Loaders, loadersOn } from './loaders.ts'
import type { Pictures } from './pictures/pictures.ts'
import { type Acting, actingOn } from './world.ts'

interface Opened {
  db: Database<Tables>
  clock: Clock
  pictures: Pictures
}

interface Listing {
  readonly filter?: FilterInput | null | undefined
  readonly sort: ProductSort
  readonly page: Page
}

export type PutProducts = Connection<Product>

export type FoundProducts = Connection<Product> & { facets(): Promise<Facets> }

/** What a resolver can reach. Made anew for each request, so what its loaders remember ends with it. */
export interface Context extends Request, Loaders, Acting {
  find: Find
  products: Products
  shelves: Shelves
  pictures: Pictures
  list(listing: Listing): Promise<FoundProducts>
  facets(filter?: FilterInput | null): Promise<Facets>
  /** The one that a part belongs to. */
  productOf(part: { productId: string }): Promise<Product>
}

export const contextOn =
  (opened: Opened) =>
  (request: Request): Context => {
    const { db, pictures } = opened
    const { identity } = request
    const [categories, shelves] = [new Categories(db), new Shelves(db)]
    const products = new Products(db, identity)
    const parts = new Parts(db, identity)
    const loaders = loadersOn({ categories, shelves, products, parts })
    const wanted = (filter?: FilterInput | null) =>
      filterFrom({ identity, categories, tags: shelves, sellers: shelves }, filter)
    return {
      ...request,
      ...loaders,
      ...actingOn(opened, identity, () => forget(loaders)),
      find: new Find({ ...loaders, categories, products, shelves }),
      products,
      shelves,
      pictures,
      async list({ filter, sort, page }) {
        const found = await wanted(filter)
        const connection = await products.page(found, sort, page)
        for (const product of connection.nodes) loaders.byId.product.prime(product.id, product)
        return { ...connection, facets: () => facetsOf(db, found) }
      },
      facets: async (filter) => facetsOf(db, await wanted(filter)),
      async productOf({ productId }) {
        const product = await loaders.byId.product.load(productId)
        if (!product) throw new NotFound('There is no such product.')
        return product
      },
    }
  }
