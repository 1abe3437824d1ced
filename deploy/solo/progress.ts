const barWidth = 24

interface Progress extends Disposable {
  at(done: number): void
}

/** A line that grows in a terminal, and is written once at the end elsewhere. */
export function progress(what: string, total: number | null): Progress {
  const { stdout } = process
  const began = performance.now()
  let last = 0
  const line = (done: number) => {
    const share = total ? Math.min(1, done / total) : 1
    const filled = Math.round(share * barWidth)
    const bar = total ? `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)} ` : ''
    return `  ${bar}${done.toLocaleString('en')} ${what}`
  }
  return {
    at(done) {
      last = done
      if (stdout.isTTY) stdout.write(`\r${line(done)}`)
    },
    [Symbol.dispose]() {
      const seconds = ((performance.now() - began) / 1000).toFixed(1)
      stdout.write(`${stdout.isTTY ? '\r' : ''}${line(last)}, ${seconds} s\n`)
    },
  }
}
