/** What a test card does: https://docs.stripe.com/testing. */
export interface TestCard {
  readonly brand: 'visa' | 'mastercard' | 'amex' | 'discover' | 'diners' | 'jcb' | 'unionpay'
  readonly last4: string
  readonly funding: 'credit' | 'debit' | 'prepaid'
  /** The bank refuses the charge. */
  readonly decline?: { readonly code: string; readonly decline_code?: string }
  /** When the bank asks for 3-D Secure; `optional` where it can be asked for. */
  readonly threeDSecure?: 'always' | 'unless-set-up' | 'optional' | 'unsupported'
  readonly refund?: 'pending' | 'fails-later'
  readonly dispute?: 'fraudulent'
}

const visa = { brand: 'visa', funding: 'credit' } as const
const declined = (decline_code: string, last4: string): TestCard => ({
  ...visa,
  last4,
  decline: { code: 'card_declined', decline_code },
})

export const testCards: Readonly<Record<string, TestCard>> = {
  pm_card_visa: { ...visa, last4: '4242' },
  pm_card_visa_debit: { ...visa, last4: '5556', funding: 'debit' },
  pm_card_mastercard: { brand: 'mastercard', last4: '4444', funding: 'credit' },
  pm_card_mastercard_debit: { brand: 'mastercard', last4: '8210', funding: 'debit' },
  pm_card_mastercard_prepaid: { brand: 'mastercard', last4: '5100', funding: 'prepaid' },
  pm_card_amex: { brand: 'amex', last4: '0005', funding: 'credit' },
  pm_card_discover: { brand: 'discover', last4: '1117', funding: 'credit' },
  pm_card_diners: { brand: 'diners', last4: '3237', funding: 'credit' },
  pm_card_jcb: { brand: 'jcb', last4: '0505', funding: 'credit' },
  pm_card_unionpay: { brand: 'unionpay', last4: '0005', funding: 'credit' },
  pm_card_chargeDeclined: declined('generic_decline', '0002'),
  pm_card_visa_chargeDeclined: declined('generic_decline', '0002'),
  pm_card_chargeCustomerFail: declined('generic_decline', '0341'),
  pm_card_visa_chargeDeclinedInsufficientFunds: declined('insufficient_funds', '9995'),
  pm_card_chargeDeclinedInsufficientFunds: declined('insufficient_funds', '9995'),
  pm_card_visa_chargeDeclinedLostCard: declined('lost_card', '9987'),
  pm_card_visa_chargeDeclinedStolenCard: declined('stolen_card', '9979'),
  pm_card_visa_chargeDeclinedVelocityLimitExceeded: declined('card_velocity_exceeded', '6975'),
  pm_card_chargeDeclinedFraudulent: declined('fraudulent', '0019'),
  pm_card_chargeDeclinedExpiredCard: { ...visa, last4: '0069', decline: { code: 'expired_card' } },
  pm_card_chargeDeclinedIncorrectCvc: {
    ...visa,
    last4: '0127',
    decline: { code: 'incorrect_cvc' },
  },
  pm_card_chargeDeclinedProcessingError: {
    ...visa,
    last4: '0119',
    decline: { code: 'processing_error' },
  },
  pm_card_threeDSecure2Required: { ...visa, last4: '3220', threeDSecure: 'always' },
  pm_card_threeDSecureRequired: { ...visa, last4: '3063', threeDSecure: 'always' },
  pm_card_threeDSecureRequiredChargeDeclined: {
    ...declined('generic_decline', '1629'),
    threeDSecure: 'always',
  },
  pm_card_authenticationRequired: { ...visa, last4: '3184', threeDSecure: 'always' },
  pm_card_authenticationRequiredOnSetup: { ...visa, last4: '3155', threeDSecure: 'unless-set-up' },
  pm_card_threeDSecureOptional: { ...visa, last4: '3055', threeDSecure: 'optional' },
  pm_card_threeDSecureNotSupported: {
    brand: 'amex',
    last4: '0005',
    funding: 'credit',
    threeDSecure: 'unsupported',
  },
  pm_card_pendingRefund: { ...visa, last4: '7726', refund: 'pending' },
  pm_card_refundFail: { ...visa, last4: '5126', refund: 'fails-later' },
  pm_card_createDispute: { ...visa, last4: '0259', dispute: 'fraudulent' },
}

const words: Readonly<Record<string, string>> = {
  insufficient_funds: 'Your card has insufficient funds.',
  expired_card: 'Your card has expired.',
  incorrect_cvc: "Your card's security code is incorrect.",
  processing_error: 'An error occurred while processing your card. Try again in a little bit.',
}

export const declineMessage = ({ code, decline_code }: NonNullable<TestCard['decline']>): string =>
  words[decline_code ?? code] ?? 'Your card was declined.'
