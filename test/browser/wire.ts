// biome-ignore lint/suspicious/noExplicitAny: JSON of another's protocol.
export type Told = Record<string, any>

interface Waiting {
  resolve(result: Told): void
  reject(fault: Error): void
}

/** Chromium's own protocol, over its WebSocket. */
export class Wire implements AsyncDisposable {
  readonly #socket: WebSocket
  readonly #waiting = new Map<number, Waiting>()
  readonly #listeners = new Set<(session: string, method: string, params: Told) => void>()
  #last = 0

  static async to(address: string): Promise<Wire> {
    const socket = new WebSocket(address)
    await new Promise((open, fail) => {
      socket.addEventListener('open', open)
      socket.addEventListener('error', () => fail(new Error('Chromium cannot be reached.')))
    })
    return new Wire(socket)
  }

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.addEventListener('message', ({ data }) => this.#take(JSON.parse(String(data))))
    socket.addEventListener('close', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('Chromium has gone.'))
    })
  }

  send(method: string, params: Told = {}, sessionId?: string): Promise<Told> {
    this.#last += 1
    const id = this.#last
    this.#socket.send(JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) }))
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }))
  }

  listen(listener: (session: string, method: string, params: Told) => void): void {
    this.#listeners.add(listener)
  }

  #take({ id, method, params, result, error, sessionId }: Told): void {
    if (id === undefined) {
      for (const listener of this.#listeners) listener(sessionId, method, params)
      return
    }
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    if (error) waiting?.reject(new Error(error.message))
    else waiting?.resolve(result)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.close()
  }
}
