/** An answer other than the file, told as JSON with a code. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly headers: Readonly<Record<string, string>>

  constructor([status, code, message]: [number, string, string], headers = {}) {
    super(message)
    this.status = status
    this.code = code
    this.headers = headers
  }
}
