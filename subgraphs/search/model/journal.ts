import { type FileHandle, open, readFile, rename, writeFile } from 'node:fs/promises'

/**
 * Changes, a line of JSON each, in the order they were made: what a memory index is made from
 * again. A line that a crash cut short was never answered for, and is passed over.
 */
export class Journal<T> implements AsyncDisposable {
  readonly #file: FileHandle
  #tail: Promise<unknown> = Promise.resolve()

  private constructor(file: FileHandle) {
    this.#file = file
  }

  static async open<T>(name: string): Promise<{ journal: Journal<T>; entries: T[] }> {
    const text = await readFile(name, 'utf8').catch(() => '')
    const whole = text.slice(0, text.lastIndexOf('\n') + 1)
    if (whole !== text) await replace(name, whole)
    const lines = whole.split('\n').filter((line) => line !== '')
    const entries = lines.map((line) => JSON.parse(line) as T)
    return { journal: new Journal<T>(await open(name, 'a')), entries }
  }

  /** Returns when the lines are on the disk. Two at once are written one after the other. */
  append(entries: readonly T[]): Promise<void> {
    const lines = entries.map((entry) => `${JSON.stringify(entry)}\n`).join('')
    const written = this.#tail.then(async () => {
      await this.#file.appendFile(lines)
      await this.#file.datasync()
    })
    this.#tail = written.catch(() => undefined)
    return written
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#tail
    await this.#file.close()
  }
}

async function replace(name: string, text: string): Promise<void> {
  await writeFile(`${name}.new`, text)
  await rename(`${name}.new`, name)
}
