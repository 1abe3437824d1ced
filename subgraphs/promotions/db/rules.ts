import type { Clock } from '@shop/kit/clock'
import type { Database } from '@shop/kit/database'
import { prepared } from '@shop/kit/database'
import type { Rules } from '../domain/rules.ts'
import { promotionColumns } from './promotions.ts'
import type { Tables } from './schema.ts'
import { readSettings } from './settings.ts'
import { methodColumns } from './shipping-methods.ts'
import { readTaxClasses } from './tax-classes.ts'

/** All rules of the shop, kept by a process while no other version was written. */
export class RuleBook {
  readonly #db: Database<Tables>
  readonly #clock: Clock
  #kept: { version: number; rules: Promise<Rules> } | undefined

  constructor(db: Database<Tables>, clock: Clock) {
    this.#db = db
    this.#clock = clock
  }

  /** One statement, unless they were changed since. */
  async current(): Promise<Rules> {
    const version = await this.#version()
    if (this.#kept?.version === version) return this.#kept.rules
    const rules = this.#read()
    const kept = { version, rules }
    this.#kept = kept
    try {
      return await rules
    } catch (fault) {
      if (this.#kept === kept) this.#kept = undefined
      throw fault
    }
  }

  /** What is read may be newer than the version that it is kept under: then it is read once more. */
  async #read(): Promise<Rules> {
    const [settings, promotions, shippingMethods, taxClasses] = await Promise.all([
      readSettings(this.#db),
      this.#promotions(),
      this.#db
        .selectFrom('shipping_methods')
        .where('ended_at', 'is', null)
        .orderBy('position')
        .orderBy('id')
        .select(methodColumns)
        .execute(),
      readTaxClasses(this.#db),
    ])
    return { settings, promotions, shippingMethods, taxClasses }
  }

  #promotions() {
    return this.#db
      .selectFrom('promotions')
      .where((eb) => eb.or([eb('ends_at', 'is', null), eb('ends_at', '>', this.#clock.now())]))
      .orderBy('id')
      .select(promotionColumns)
      .execute()
  }

  async #version(): Promise<number> {
    const found = this.#db.selectFrom('price_rules').select('version')
    const { version } = await found.modifyEnd(prepared).executeTakeFirstOrThrow()
    return version
  }
}
