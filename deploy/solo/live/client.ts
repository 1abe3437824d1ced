import { newId } from '@shop/kit/ids'

// biome-ignore lint/suspicious/noExplicitAny: JSON, as it came.
type Data = any

/** The shop would rather not now: whoever asked goes away for a while. */
export class Refused extends Error {}

/** Whoever buys or works at the shop from outside: by the one endpoint, with what everybody has. */
export class Client {
  readonly #url: string
  readonly #signal: AbortSignal
  #session: string | null = null
  #token: string | null = null

  constructor(url: string, signal: AbortSignal) {
    this.#url = url
    this.#signal = signal
  }

  async ask(query: string, variables: object = {}): Promise<Data> {
    const response = await fetch(this.#url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.#session && { 'x-shop-session': this.#session }),
        ...(this.#token && { authorization: `Bearer ${this.#token}` }),
      },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.any([this.#signal, AbortSignal.timeout(30_000)]),
    })
    this.#session = response.headers.get('x-shop-session') ?? this.#session
    const { data, errors = [] } = (await response.json()) as { data?: Data; errors?: Fault[] }
    const [fault] = errors
    if (fault) throw new Refused(fault.extensions?.code ?? fault.message)
    return data
  }

  async act(field: string, input: object, selection = '__typename'): Promise<Data> {
    const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`
    const query = `mutation ($input: ${type}!) { ${field}(input: $input) { ${selection} } }`
    const data = await this.ask(query, { input: { idempotencyKey: newId(), ...input } })
    return data[field]
  }

  async enter(email: string, password: string): Promise<void> {
    const query = `mutation ($input: LoginInput!) { login(input: $input) { accessToken } }`
    const { login } = await this.ask(query, { input: { email, password } })
    this.#token = login.accessToken
  }
}

interface Fault {
  readonly message: string
  readonly extensions?: { readonly code?: string }
}
