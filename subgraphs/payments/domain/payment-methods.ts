import type { Clock } from '@shop/kit/clock'
import { BadUserInput, Forbidden, NotFound } from '@shop/kit/errors'
import { type Asked, viewerIn } from '@shop/kit/identity'
import { isId, newId } from '@shop/kit/ids'
import type { Once } from './needs.ts'

export interface SavedMethod {
  readonly id: string
  readonly userId: string
  readonly state: 'WAITING' | 'SAVED' | 'REFUSED' | 'REMOVED'
  /** The provider's id of it. */
  readonly method: string
  readonly setupId: string | null
  readonly customer: string | null
  readonly brand: string | null
  readonly last4: string | null
  readonly expMonth: number | null
  readonly expYear: number | null
  readonly isDefault: boolean
  readonly refusal: string | null
  readonly createdAt: Date
}

/** What a bank was asked about a card that is to be kept, as the provider has it. */
export interface SeenSetup {
  readonly id: string
  /** Of our own method that it was made for. */
  readonly methodId: string | null
  readonly status: 'asking' | 'saved' | 'refused' | 'open'
  readonly method: string | null
  readonly card: {
    readonly brand: string
    readonly last4: string
    readonly expMonth: number
    readonly expYear: number
  } | null
  readonly refusal: string | null
  readonly clientSecret: string | null
  readonly redirectUrl: string | null
}

interface Vault {
  customer(userId: string): Promise<string>
  setUp(method: SavedMethod, customer: string): Promise<SeenSetup>
  readSetup(setupId: string): Promise<SeenSetup>
  forget(method: SavedMethod): Promise<void>
}

interface Kept {
  method(id: string): Promise<SavedMethod | null>
  customerOf(userId: string): Promise<string | null>
  keepCustomer(userId: string, customer: string): Promise<string>
  settle(methodId: string, seen: SeenSetup, customer: string | null): Promise<void>
}

interface Local extends Asked {
  clock: Clock
  methods: {
    /** False where the viewer has twenty already. */
    begin(method: SavedMethod): Promise<boolean>
    remove(id: string): Promise<boolean>
    makeDefault(id: string): Promise<boolean>
  }
}

export interface Adding extends Asked {
  readonly once: Once<Local>
  readonly vault: Vault
  readonly kept: Kept
  isVerified(userId: string): Promise<boolean>
}

export interface AddPaymentMethod {
  readonly idempotencyKey: string
  readonly token: string
}

export interface PaymentMethodAdded {
  readonly kind: 'PaymentMethodAdded'
  readonly methodId: string
}

export interface PaymentMethodNeedsAction {
  readonly kind: 'PaymentMethodNeedsAction'
  readonly clientSecret: string | null
  readonly redirectUrl: string | null
}

export interface PaymentMethodRefused {
  readonly kind: 'PaymentMethodRefused'
  readonly code: string
}

/** The bank may ask the shopper; asked again with its key, it says how that went. */
export async function addPaymentMethod(
  needs: Adding,
  input: AddPaymentMethod,
): Promise<PaymentMethodAdded | PaymentMethodNeedsAction | PaymentMethodRefused> {
  const userId = viewerIn(needs)
  if (!(await needs.isVerified(userId))) {
    throw new Forbidden('Confirm your e-mail address before you save a card.')
  }
  const { methodId } = await needs.once('addPaymentMethod', beginMethod, input)
  const seen = await driveSetup(needs, methodId)
  const method = await needs.kept.method(methodId)
  if (method?.state === 'REFUSED') {
    return { kind: 'PaymentMethodRefused', code: method.refusal ?? 'card_declined' }
  }
  if (method?.state !== 'WAITING') return { kind: 'PaymentMethodAdded', methodId }
  const { clientSecret = null, redirectUrl = null } = seen ?? {}
  return { kind: 'PaymentMethodNeedsAction', clientSecret, redirectUrl }
}

async function beginMethod(needs: Local, { token }: AddPaymentMethod) {
  if (!/^pm_\w{1,100}$/.test(token)) throw new BadUserInput('This is no means of payment.')
  const method: SavedMethod = {
    id: newId(),
    userId: viewerIn(needs),
    state: 'WAITING',
    method: token,
    setupId: null,
    customer: null,
    brand: null,
    last4: null,
    expMonth: null,
    expYear: null,
    isDefault: false,
    refusal: null,
    createdAt: needs.clock.now(),
  }
  if (!(await needs.methods.begin(method))) throw new BadUserInput('At most 20 are kept.')
  return { kind: 'MethodBegun', methodId: method.id }
}

async function driveSetup({ kept, vault }: Adding, methodId: string): Promise<SeenSetup | null> {
  const method = await kept.method(methodId)
  if (method?.state !== 'WAITING') return null
  const { userId } = method
  const customer =
    (await kept.customerOf(userId)) ??
    (await kept.keepCustomer(userId, await vault.customer(userId)))
  const seen = method.setupId
    ? await vault.readSetup(method.setupId)
    : await vault.setUp(method, customer)
  await kept.settle(methodId, seen, customer)
  return seen
}

/** After the provider's webhook. False where it was not made for a method of ours. */
export async function lookAtSetup(
  { vault, kept }: Pick<Adding, 'vault' | 'kept'>,
  setupId: string,
): Promise<boolean> {
  const seen = await vault.readSetup(setupId)
  const method = seen.methodId ? await kept.method(seen.methodId) : null
  if (!method || (method.setupId ?? setupId) !== setupId) return false
  await kept.settle(method.id, seen, method.customer ?? (await kept.customerOf(method.userId)))
  return true
}

export interface OfMethod {
  readonly idempotencyKey: string
  readonly id: string
}

/** From now on it pays for nothing; then the provider forgets it too. */
export async function removePaymentMethod(needs: Adding, input: OfMethod) {
  const removed = await needs.once('removePaymentMethod', beginRemoval, input)
  const method = await needs.kept.method(removed.id)
  if (method) await needs.vault.forget(method)
  return { id: removed.id }
}

async function beginRemoval({ methods, identity }: Local, { id }: OfMethod) {
  // A service that acts for nobody sees every card, and is nobody's.
  viewerIn({ identity })
  if (!isId(id) || !(await methods.remove(id))) throw unknown()
  return { kind: 'MethodRemoved', id }
}

export interface DefaultPaymentMethodSet {
  readonly kind: 'DefaultPaymentMethodSet'
  readonly methodId: string
}

export async function setDefaultPaymentMethod(
  { methods, identity }: Local,
  { id }: OfMethod,
): Promise<DefaultPaymentMethodSet> {
  viewerIn({ identity })
  if (!isId(id) || !(await methods.makeDefault(id))) throw unknown()
  return { kind: 'DefaultPaymentMethodSet', methodId: id }
}

const unknown = () => new NotFound('There is no such means of payment.')
