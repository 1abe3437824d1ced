import { present } from '../domain/present.ts'
import type { TaxClassSavedResolvers } from './types.generated.ts'

export const TaxClassSaved: TaxClassSavedResolvers = {
  taxClass: async ({ taxClassId }, _, { taxClassById }) => present(await taxClassById(taxClassId)),
}
