import { preview } from '../templates/all.ts'
import type { EmailTemplateResolvers } from './types.generated.ts'

export const EmailTemplate: EmailTemplateResolvers = {
  preview: ({ name }, { locale }) => preview(name, locale === 'DE' ? 'de' : 'en'),
}
