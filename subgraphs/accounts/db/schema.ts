import type { ColumnType, Generated } from 'kysely'

type SetLater<T> = ColumnType<T | null, never, T | null>

export interface Tables {
  users: {
    id: string
    email: string
    email_verified_at: ColumnType<Date | null, Date | null | undefined, Date>
    deactivated_at: SetLater<Date>
    created_at: Date
    version: Generated<number>
  }
  credentials: { user_id: string; password_hash: string }
  user_roles: { user_id: string; role: string }
  user_profiles: {
    user_id: string
    given_name: string | null
    family_name: string | null
    phone: string | null
    birth_date: ColumnType<string | null, string | null | undefined, string | null>
    newsletter: Generated<boolean>
    preferences: ColumnType<Record<string, unknown>, string | undefined, string>
    default_shipping_address_id: SetLater<string>
    default_billing_address_id: SetLater<string>
  }
  addresses: {
    id: string
    user_id: string
    name: string
    company: string | null
    line1: string
    line2: string | null
    postal_code: string
    city: string
    region: string | null
    country: string
    phone: string | null
    created_at: Date
  }
  sessions: {
    id: string
    user_id: string
    device: string | null
    address: string | null
    created_at: Date
    used_at: Date
    expires_at: Date
    ended_at: SetLater<Date>
  }
  refresh_tokens: {
    hash: Buffer
    session_id: string
    issued_at: Date
    used_at: SetLater<Date>
    successor: SetLater<Buffer>
    repeated_at: SetLater<Date>
    dead: Generated<boolean>
  }
  known_places: { user_id: string; place: string; seen_at: Date }
  mail_tokens: {
    event_id: string
    hash: Buffer
    purpose: 'VERIFY' | 'RESET'
    user_id: string
    expires_at: Date
    used_at: SetLater<Date>
  }
  reset_requests: { id: string; email: string; asked_at: Date }
  api_keys: {
    id: string
    name: string
    hint: string
    hash: Buffer
    previous_hash: SetLater<Buffer>
    previous_until: SetLater<Date>
    scopes: string[]
    operation_list: string
    created_by: string
    created_at: Date
    rotated_at: SetLater<Date>
    revoked_at: SetLater<Date>
  }
}
