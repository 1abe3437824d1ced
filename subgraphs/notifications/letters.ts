import type { Accounts, Purpose } from './clients/accounts.ts'
import type { OrderForMail, Orders } from './clients/orders.ts'
import type { Letter } from './domain/deliver-mail.ts'
import { idIn, type LeasedMail } from './domain/mail.ts'
import type { MailedOrder } from './domain/mailed-order.ts'
import { addressTaken } from './templates/address-taken.ts'
import { written } from './templates/all.ts'
import type { Locale, Rendered } from './templates/letter.ts'
import { orderCancelled } from './templates/order-cancelled.ts'
import { orderPaid } from './templates/order-paid.ts'
import { orderRefunded } from './templates/order-refunded.ts'
import { orderShipped } from './templates/order-shipped.ts'
import { resetPassword } from './templates/reset-password.ts'
import { verifyAddress } from './templates/verify-address.ts'

interface Needs {
  readonly accounts: Accounts
  readonly orders: Orders
  readonly storefrontUrl: string
  readonly locale: Locale
}

/** Writes a mail at the moment at which it is sent: to whom, and what, is asked then and kept nowhere. */
export class Letters {
  readonly #needs: Needs

  constructor(needs: Needs) {
    this.#needs = needs
  }

  of(mail: LeasedMail): Promise<Letter | null> {
    switch (mail.template) {
      case 'verify-address':
      case 'address-taken':
        return this.#verification(mail)
      case 'reset-password':
        return this.#reset(mail)
      default:
        return this.#ofOrder(mail)
    }
  }

  /** Who has registered with an address that is another's gets no link: its owner is told. */
  async #verification({ recipient, eventId }: LeasedMail): Promise<Letter | null> {
    const { locale, storefrontUrl } = this.#needs
    const person = await this.#person(idIn(recipient), eventId, 'VERIFY')
    if (person?.isTaken) {
      return to(person, written(addressTaken, { link: `${storefrontUrl}/login` }, locale))
    }
    if (!person?.token) return null
    return to(person, written(verifyAddress, { link: this.#link('verify-email', person) }, locale))
  }

  async #reset({ recipient, eventId }: LeasedMail): Promise<Letter | null> {
    const person = await this.#person(idIn(recipient), eventId, 'RESET')
    if (!person?.token) return null
    const link = this.#link('reset-password', person)
    return to(person, written(resetPassword, { link }, this.#needs.locale))
  }

  #person(userId: string, eventId: string, purpose: Purpose) {
    return this.#needs.accounts.mailFor(userId, eventId, purpose)
  }

  #link(page: string, { token }: { token: string | null }): string {
    return `${this.#needs.storefrontUrl}/${page}?token=${encodeURIComponent(token ?? '')}`
  }

  async #ofOrder(mail: LeasedMail): Promise<Letter | null> {
    const orderId = idIn(mail.recipient)
    const found = await this.#needs.orders.orderForMail(orderId, mail.eventId)
    if (!found) return null
    const { email, fulfillments, link, ...rest } = found
    const order = { ...rest, url: link ?? `${this.#needs.storefrontUrl}/orders/${orderId}` }
    const said = this.#said(mail, order, fulfillments)
    return said && to({ email }, said)
  }

  #said(
    { template, facts }: LeasedMail,
    order: MailedOrder,
    fulfillments: OrderForMail['fulfillments'],
  ): Rendered | null {
    const { locale } = this.#needs
    const { amountMinor = 0, currency = order.total.currency, reason } = facts
    switch (template) {
      case 'order-paid':
        return written(orderPaid, { order }, locale)
      case 'order-cancelled':
        return written(orderCancelled, { order, why: whyOf(reason) }, locale)
      case 'order-refunded':
        return written(orderRefunded, { order, refunded: { amountMinor, currency } }, locale)
      default: {
        const parcel = fulfillments.find(({ id }) => id === facts.fulfillmentId)
        return parcel ? written(orderShipped, { order, parcel }, locale) : null
      }
    }
  }
}

const to = ({ email }: { email: string }, said: Rendered): Letter => ({ to: email, ...said })

function whyOf(reason?: string) {
  switch (reason) {
    case 'BY_SHOPPER':
      return 'asked'
    case 'DECLINED':
    case 'EXPIRED':
      return 'unpaid'
    default:
      return 'ours'
  }
}
