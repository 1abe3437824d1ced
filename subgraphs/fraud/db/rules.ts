import type { Connection, Database, Page, Tx } from '@shop/kit/database'
import type { Identity } from '@shop/kit/identity'
import { sql } from 'kysely'
import { conditionFrom, isRefused } from '../domain/condition.ts'
import type { Thresholds } from '../domain/decide.ts'
import type { ReadRule, Rule, RuleVersion } from '../domain/rules.ts'
import type { Tables } from './schema.ts'

const columns = [
  'id',
  'name',
  'action',
  'condition',
  'is_on as isOn',
  'version',
  'changed_at as changedAt',
  'changed_by as changedBy',
] as const

const byName = { name: 'name', by: sql`name`, type: 'text' } as const

export class Rules {
  readonly #db: Database<Tables>
  readonly #caller: Identity

  constructor(db: Database<Tables>, caller: Identity) {
    this.#db = db
    this.#caller = caller
  }

  withIds(ids: readonly string[]): Promise<Rule[]> {
    return this.#db.see(this.#caller, (tx) =>
      tx.selectFrom('rules').where('id', 'in', ids).select(columns).execute(),
    )
  }

  page(page: Page): Promise<Connection<Rule>> {
    return this.#db.see(this.#caller, (tx) =>
      this.#db.page(tx.selectFrom('rules').select(columns), { page, sort: byName }),
    )
  }

  /** At most the fifty newest of each. */
  async versionsOf(ruleIds: readonly string[]): Promise<RuleVersion[]> {
    const { rows } = await this.#db.see(this.#caller, (tx) =>
      sql<RuleVersion>`
        select version.rule_id as "ruleId", version.version, name, action, condition,
          is_on as "isOn", changed_at as "changedAt", changed_by as "changedBy"
        from unnest(${ruleIds}::uuid[]) as rule(id), lateral (
          select * from rule_versions where rule_id = rule.id order by version desc limit 50
        ) as version
        order by version.rule_id, version.version desc`.execute(tx),
    )
    return rows
  }

  /** Those that are on. */
  async inForce(): Promise<ReadRule[]> {
    const rows = await this.#db.see(this.#caller, (tx) =>
      tx.selectFrom('rules').where('is_on', '=', true).orderBy('name').select(columns).execute(),
    )
    return rows.flatMap(({ name, version, action, condition }) => {
      const isTrue = conditionFrom(condition)
      // Nothing is saved that cannot be read; a feature that was taken away makes no rule true.
      return isRefused(isTrue) ? [] : [{ label: `${name} v${version}`, action, isTrue }]
    })
  }

  add(rule: Rule): Promise<boolean> {
    return this.#db.as(this.#caller, async (tx) => {
      const { numInsertedOrUpdatedRows } = await tx
        .insertInto('rules')
        .values({ id: rule.id, ...textOf(rule) })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      if (numInsertedOrUpdatedRows !== 1n) return false
      await keep(tx, rule)
      return true
    })
  }

  change(rule: Rule, expectedVersion: number) {
    return this.#db.as(this.#caller, async (tx) => {
      const found = await tx
        .selectFrom('rules')
        .where('id', '=', rule.id)
        .select('version')
        .forUpdate()
        .executeTakeFirst()
      if (!found) return 'absent' as const
      if (found.version !== expectedVersion) return 'stale' as const
      const isTaken = await tx
        .selectFrom('rules')
        .where('name', '=', rule.name)
        .where('id', '<>', rule.id)
        .select('id')
        .executeTakeFirst()
      if (isTaken) return 'taken' as const
      await tx.updateTable('rules').set(textOf(rule)).where('id', '=', rule.id).execute()
      await keep(tx, rule)
      return 'changed' as const
    })
  }

  async thresholds(): Promise<Thresholds> {
    return this.#db.see(this.#caller, (tx) =>
      tx
        .selectFrom('thresholds')
        .orderBy('version', 'desc')
        .limit(1)
        .select([
          'version',
          'three_d_secure_at as threeDSecureAt',
          'review_at as reviewAt',
          'reject_at as rejectAt',
        ])
        .executeTakeFirstOrThrow(),
    )
  }

  /** False where this version is not the next: they are appended to. */
  async set(next: Thresholds, { at, by }: { at: Date; by: string }): Promise<boolean> {
    const { rows } = await this.#db.as(this.#caller, (tx) =>
      sql`insert into thresholds
        select ${next.version}::integer, ${next.threeDSecureAt}::integer, ${next.reviewAt}::integer,
          ${next.rejectAt}::integer, ${at}, ${by}
        where ${next.version}::integer = (select max(version) + 1 from thresholds)
        on conflict do nothing returning version`.execute(tx),
    )
    return rows.length === 1
  }
}

const textOf = ({ name, action, condition, isOn, version, changedAt, changedBy }: Rule) => ({
  ...{ name, action, condition, version },
  is_on: isOn,
  changed_at: changedAt,
  changed_by: changedBy,
})

async function keep(tx: Tx<Tables>, rule: Rule): Promise<void> {
  await tx
    .insertInto('rule_versions')
    .values({ rule_id: rule.id, ...textOf(rule) })
    .execute()
}
