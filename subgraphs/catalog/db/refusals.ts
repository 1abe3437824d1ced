import { BadUserInput } from '@shop/kit/errors'
import { SkuTaken, SlugTaken, StillInUse } from '../domain/product.ts'

/** What a constraint of the tables refuses, in the shop's words: the check and the write are one. */
export async function refusing<R>(work: Promise<R>): Promise<R> {
  return work.catch((fault: Fault) => {
    throw refusalIn(fault) ?? fault
  })
}

/** The same for a deletion, where whoever still names the row stands in the way. */
export async function freeing<R>(work: Promise<R>): Promise<R> {
  return work.catch((fault: Fault) => {
    throw fault.code === '23503' ? new StillInUse('Something still belongs to it.') : fault
  })
}

interface Fault {
  readonly code?: string
  readonly constraint?: string
}

function refusalIn({ code, constraint = '' }: Fault) {
  if (code === '23503') return new BadUserInput('It names something that is not there.')
  if (code !== '23505') return undefined
  if (constraint.endsWith('_sku_key')) return new SkuTaken('This SKU is taken.')
  return constraint.endsWith('_slug_key') ? new SlugTaken('This slug is taken.') : undefined
}
