import { hasScope, type Identity, ownerOf } from '@shop/kit/identity'
import { type RawBuilder, sql } from 'kysely'

/** Of the table `products`: drafts are for staff, for the shop's own services, and for their seller. */
export function visibleTo(identity: Identity): RawBuilder<boolean> {
  const isStaff = hasScope(identity, 'catalog:read') || hasScope(identity, 'catalog:write')
  if (isStaff || identity.kind === 'service') return sql<boolean>`true`
  if (!hasScope(identity, 'vendor:own')) return sql<boolean>`products.status <> 'DRAFT'`
  const [, id = ''] = ownerOf(identity).split(':')
  return sql<boolean>`(products.status <> 'DRAFT' or products.seller_id in (
    select id from sellers where ${id} = any(owner_ids::text[])))`
}
