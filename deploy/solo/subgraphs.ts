import { configFrom as accountsConfig } from '@shop/accounts/config'
import * as accounts from '@shop/accounts/subgraph'
import { configFrom as catalogConfig } from '@shop/catalog/config'
import * as catalog from '@shop/catalog/subgraph'
import { configFrom as fraudConfig } from '@shop/fraud/config'
import * as fraud from '@shop/fraud/subgraph'
import { configFrom as inventoryConfig } from '@shop/inventory/config'
import * as inventory from '@shop/inventory/subgraph'
import type { Environment } from '@shop/kit/config'
import type { Standing } from '@shop/kit/standing'
import type { Subgraph } from '@shop/kit/subgraph'
import { configFrom as notificationsConfig } from '@shop/notifications/config'
import * as notifications from '@shop/notifications/subgraph'
import { configFrom as ordersConfig } from '@shop/orders/config'
import * as orders from '@shop/orders/subgraph'
import { configFrom as paymentsConfig } from '@shop/payments/config'
import * as payments from '@shop/payments/subgraph'
import { configFrom as promotionsConfig } from '@shop/promotions/config'
import * as promotions from '@shop/promotions/subgraph'

export interface Opening {
  readonly name: string
  readonly migrations: URL
  open(env: Environment, standing: Standing): Promise<Subgraph>
}

/** All that this process is made of; `supergraph.yaml` says in which order it is listed. */
export const openings: readonly Opening[] = [
  {
    name: 'accounts',
    migrations: accounts.migrations,
    open: (env, standing) => accounts.open(accountsConfig(env), standing),
  },
  {
    name: 'catalog',
    migrations: catalog.migrations,
    open: (env, standing) => catalog.open(catalogConfig(env), standing),
  },
  {
    name: 'inventory',
    migrations: inventory.migrations,
    open: (env, standing) => inventory.open(inventoryConfig(env), standing),
  },
  {
    name: 'fraud',
    migrations: fraud.migrations,
    open: (env, standing) => fraud.open(fraudConfig(env), standing),
  },
  {
    name: 'orders',
    migrations: orders.migrations,
    open: (env, standing) => orders.open(ordersConfig(env), standing),
  },
  {
    name: 'notifications',
    migrations: notifications.migrations,
    open: (env, standing) => notifications.open(notificationsConfig(env), standing),
  },
  {
    name: 'payments',
    migrations: payments.migrations,
    open: (env, standing) => payments.open(paymentsConfig(env), standing),
  },
  {
    name: 'promotions',
    migrations: promotions.migrations,
    open: (env, standing) => promotions.open(promotionsConfig(env), standing),
  },
]
