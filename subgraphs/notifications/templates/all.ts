import type { z } from 'zod'
import type { TemplateName } from '../domain/mail.ts'
import { addressTaken } from './address-taken.ts'
import { type Locale, type Rendered, rendered } from './letter.ts'
import { orderCancelled } from './order-cancelled.ts'
import { orderPaid } from './order-paid.ts'
import { orderRefunded } from './order-refunded.ts'
import { orderShipped } from './order-shipped.ts'
import { resetPassword } from './reset-password.ts'
import type { Template } from './template.ts'
import { verifyAddress } from './verify-address.ts'

export const templates: readonly Template[] = [
  verifyAddress,
  addressTaken,
  resetPassword,
  orderPaid,
  orderShipped,
  orderCancelled,
  orderRefunded,
] as readonly Template[]

export const templateNamed = (name: TemplateName): Template => {
  const found = templates.find((template) => template.name === name)
  if (!found) throw new Error(`There is no template ${name}.`)
  return found
}

/** Written and set, from what the template asks for. */
export const written = <Shape extends z.ZodType>(
  template: Template<Shape>,
  input: z.input<Shape>,
  locale: Locale,
): Rendered => rendered(template.write(template.input.parse(input), locale), locale)

/** As staff look at it, with a made-up order. */
export function preview(name: TemplateName, locale: Locale): Rendered {
  const template = templateNamed(name)
  return written(template, template.sample, locale)
}
