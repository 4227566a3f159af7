import { BlockList, isIPv6 } from 'node:net'
import type { FastifyRequest } from 'fastify'

/** Whose word is taken for a client's certificate, and in which header it comes. */
export interface CertificateSettings {
  /** In small letters. */
  readonly header: string
  readonly from: readonly string[]
}

/** What came as a client's certificate: PEM, or base 64 of DER. */
export type ForwardedCertificate =
  | { readonly kind: 'none' }
  /** From an address whose word is not taken. */
  | { readonly kind: 'untrusted' }
  | { readonly kind: 'given'; readonly encoded: string }

/** nginx sends PEM percent-encoded, RFC 9440 (`Client-Cert`) DER in base 64 between colons, HAProxy without them. */
const decoded = (text: string): string => {
  if (/^:[A-Za-z0-9+/=]+:$/.test(text)) return text.slice(1, -1)
  try {
    return decodeURIComponent(text).trim()
  } catch {
    return text
  }
}

const none = { kind: 'none' } as const

/** Told by who is really connected to us: no other header changes who that is. */
export const createCertificateReader = (
  settings: CertificateSettings | null,
): ((request: FastifyRequest) => ForwardedCertificate) => {
  if (settings === null) return () => none
  const trusted = new BlockList()
  for (const network of settings.from) {
    const [address = '', prefix = ''] = network.split('/')
    trusted.addSubnet(address, Number(prefix), isIPv6(address) ? 'ipv6' : 'ipv4')
  }
  return ({ raw, socket }) => {
    const all = raw.headersDistinct[settings.header] ?? []
    if (all.every((it) => it === '')) return none
    const address = socket.remoteAddress?.replace(/^::ffff:(?=\d+\.)/i, '') ?? ''
    if (!trusted.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')) return { kind: 'untrusted' }
    // Of two the one that a terminator set is not told from the one that somebody sent through it (RFC 9440 §2.2: one item).
    const [given = '', ...more] = all
    return { kind: 'given', encoded: more.length === 0 ? decoded(given) : '' }
  }
}
