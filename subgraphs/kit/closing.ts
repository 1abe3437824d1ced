/** All of them, at the same time; what one of them throws is thrown when all are closed. */
export async function closedAtOnce(all: readonly AsyncDisposable[]): Promise<void> {
  const ends = await Promise.allSettled(all.map((each) => each[Symbol.asyncDispose]()))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}

/** A process that was told to end and is not over by then is killed by whoever told it. */
const mostMs = 9_500

/**
 * Ends this process when it takes too long to close. What it has not finished is done by whoever
 * takes over, as after a crash: jobs, walks and deliveries are all taken up again.
 */
export function endInTime(told: (line: string) => void): void {
  const end = () => {
    told('closing took too long: the rest is left to whoever takes over')
    process.exit(0)
  }
  setTimeout(end, mostMs).unref()
}
