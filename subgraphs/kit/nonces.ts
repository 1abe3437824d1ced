/** Remembers what was used up, so that a recorded call cannot be played again. */
export interface Nonces {
  /** True for whoever comes first with this nonce, until this moment (milliseconds of the epoch). */
  take(nonce: string, until: number): Promise<boolean>
}

/** Within one process. A nonce is forgotten once its call has expired anyway. */
export function localNonces(now: () => number = Date.now): Nonces {
  let [recent, older] = [new Set<string>(), new Set<string>()]
  let turned = now()
  return {
    async take(nonce) {
      // Two generations of forty seconds each: what is forgotten is past its thirty and five.
      if (now() - turned > 40_000) {
        ;[recent, older] = [new Set(), recent]
        turned = now()
      }
      if (recent.has(nonce) || older.has(nonce)) return false
      recent.add(nonce)
      return true
    },
  }
}
