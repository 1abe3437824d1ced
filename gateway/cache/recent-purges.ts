/** Longer than any request. */
const rememberedMs = 120_000

/** What was purged lately: an answer that was asked for before may have been read before, too. */
export class RecentPurges {
  readonly #at = new Map<string, number>()

  note(tags: readonly string[], now = Date.now()): void {
    for (const tag of tags) {
      this.#at.delete(tag)
      this.#at.set(tag, now)
    }
    for (const [tag, at] of this.#at) {
      if (now - at < rememberedMs) break
      this.#at.delete(tag)
    }
  }

  isSince(moment: number, tags: readonly string[]): boolean {
    return tags.some((tag) => (this.#at.get(tag) ?? Number.NEGATIVE_INFINITY) >= moment)
  }
}
