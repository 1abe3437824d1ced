import type { IncomingMessage } from 'node:http'
import { BlockList, isIP, SocketAddress } from 'node:net'

export type AddressOf = (request: Pick<IncomingMessage, 'headers' | 'socket'>) => string

/** Proxies one behind another; nobody has as many. */
const mostHops = 32

interface Range {
  readonly address: string
  readonly bits: number
}

/**
 * Where a request comes from: the other end of its socket, or, where that is a proxy we trust, whom
 * the proxy says it has it from. Read from the right and only past hops that are trusted: what stands
 * further left was written by anybody.
 */
export function addressBehind(proxies: readonly string[]): AddressOf {
  const trusted = new BlockList()
  for (const each of proxies) {
    const range = rangeIn(each)
    if (!range) throw new Error(`"${each}" ${isNoProxy}`)
    trusted.addSubnet(range.address, range.bits, familyOf(range.address))
  }
  const isTrusted = (address: string) => trusted.check(address, familyOf(address))
  return ({ headers, socket }) => {
    const peer = addressIn(socket.remoteAddress ?? '') ?? ''
    if (proxies.length === 0 || !isTrusted(peer)) return peer
    return lastUntrusted(peer, String(headers['x-forwarded-for'] ?? ''), isTrusted)
  }
}

/** One hop further for each that is trusted; a hop that is no address hides what is before it. */
function lastUntrusted(
  peer: string,
  header: string,
  isTrusted: (address: string) => boolean,
): string {
  let address = peer
  let end = header.length
  for (let hops = 0; hops < mostHops && end > 0; hops += 1) {
    const comma = header.lastIndexOf(',', end - 1)
    const before = addressIn(withoutPort(header.slice(comma + 1, end).trim()))
    if (!before) return address
    address = before
    if (!isTrusted(address)) return address
    end = comma
  }
  return address
}

export const isNoProxy = 'is no address or range of proxies, as 10.0.0.7, 10.0.0.0/8 or fd00::/8.'

export const isProxy = (text: string): boolean => rangeIn(text) !== null

/** Null for what is none, and for the range of everybody, which would let all say who they are. */
function rangeIn(text: string): Range | null {
  const [written = '', mask, ...more] = text.split('/')
  const address = addressIn(written)
  if (!address || more.length > 0 || !/^\d{1,3}$/.test(mask ?? '0')) return null
  const most = isIP(address) === 4 ? 32 : 128
  // An IPv4 address written as IPv6 has ninety-six bits before it.
  const ahead = most === 32 && isIP(written) === 6 ? 96 : 0
  const bits = mask === undefined ? most : Number(mask) - ahead
  return bits > 0 && bits <= most ? { address, bits } : null
}

/** In its one spelling; IPv4 as such, though a socket for both calls it `::ffff:192.0.2.1`. */
function addressIn(text: string): string | undefined {
  const [bare = ''] = text.split('%')
  if (isIP(bare) !== 6) return isIP(bare) === 4 ? bare : undefined
  const { address } = new SocketAddress({ address: bare, family: 'ipv6' })
  return address.replace(/^::ffff:(?=\d+\.)/, '')
}

const familyOf = (address: string) => (address.includes(':') ? 'ipv6' : 'ipv4')

/** Some proxies write the port too: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
const withoutPort = (hop: string) =>
  hop.replace(/^\[(.*)\](:\d+)?$/, '$1').replace(/^([^:]+):\d+$/, '$1')
