interface Reached {
  readonly url: string
  readonly secretKey: string
}

/**
 * How a double is spoken to: at `STRIPE_JUDGE`, where something holds what is said against Stripe's
 * specification, or straight. The key says to whoever hands it on which double is meant.
 */
export function judged(url: string): Reached {
  const { STRIPE_JUDGE: judge } = process.env
  return { url: judge ?? url, secretKey: `sk_test_${new URL(url).port}` }
}
