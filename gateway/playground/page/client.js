import { settings } from './settings.js'

const bare = globalThis.fetch.bind(globalThis)

/** Who is logged in: known to this page alone. @type {{ token: string | null }} */
export const login = { token: null }

/**
 * As whoever is logged in.
 * @param {RequestInfo | URL} input
 * @param {RequestInit} [init]
 */
export function send(input, init = {}) {
  const headers = new Headers(init.headers)
  headers.set('x-shop-client', 'playground')
  if (login.token && !headers.has('authorization')) {
    headers.set('authorization', `Bearer ${login.token}`)
  }
  return bare(input, { ...init, headers })
}

/**
 * Of the page itself; throws what the shop says is wrong.
 * @param {string} query
 * @param {object} [variables]
 */
export async function ask(query, variables = {}) {
  const response = await send(settings.endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  })
  const { data, errors } = await response.json()
  if (errors) throw new Error(errors[0].message)
  return data
}
