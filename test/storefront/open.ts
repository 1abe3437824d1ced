import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { listening } from '@shop/kit/listening'
import { bundled } from './bundle.ts'

export interface Storefront extends AsyncDisposable {
  /** Of its pages: another than the shop's, as a storefront's usually is. */
  readonly origin: string
  /** Its first page, over the shop at this address. */
  over(endpoint: string): string
}

const read = (name: string) => readFileSync(new URL(`page/${name}`, import.meta.url), 'utf8')

/** Nothing but the shop is asked, its pictures among it: a test would see anything else refused. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  'img-src http://127.0.0.1:* data:',
  'connect-src http://127.0.0.1:* ws://127.0.0.1:*',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/** An example of a storefront: Apollo Client over documents that codegen typed. */
export async function openStorefront(port = 0): Promise<Storefront> {
  const files: Readonly<Record<string, readonly [type: string, text: string]>> = {
    '/': ['text/html', read('index.html')],
    '/style.css': ['text/css', read('style.css')],
    '/main.js': ['text/javascript', await bundled()],
  }
  const server = createServer(({ url = '/' }, response) => {
    const [type, text] = files[url.split('?')[0] ?? ''] ?? []
    response.setHeader('content-security-policy', policy)
    if (text === undefined) response.writeHead(404).end()
    else response.setHeader('content-type', `${type}; charset=utf-8`).end(text)
  })
  const opened = await listening(server, { host: '127.0.0.1', port })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    over: (endpoint) => `${origin}/?shop=${encodeURIComponent(endpoint)}`,
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  }
}
