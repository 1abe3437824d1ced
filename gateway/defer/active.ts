import type { CheckedDocument } from '../document/documents.ts'
import type { RequestRecord } from '../request.ts'
import { type Deferral, deferralsIn } from './deferrals.ts'

/** More parts than these of one operation are answered whole. */
const mostParts = 20

const none: readonly Deferral[] = []
const known = new WeakMap<CheckedDocument, readonly Deferral[]>()

/** What may come later of this request: what its variables do not decide otherwise, where its client takes parts. */
export function deferralsOf({
  document,
  generation,
  carries,
  variables,
}: RequestRecord): readonly Deferral[] {
  if (!document || !carries.parts) return none
  let all = known.get(document)
  if (!all) {
    all = deferralsIn(document, generation.schema)
    known.set(document, all)
  }
  if (all.length === 0 || all.length > mostParts) return none
  return all.filter(({ decides }) => decides === undefined || variables[decides] === true)
}
