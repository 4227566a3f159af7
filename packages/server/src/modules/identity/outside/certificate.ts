import { X509Certificate } from 'node:crypto'
import type { Session } from '@yiduo/contract'
import type { Act } from '../../../kernel/act.ts'
import { type Refusal, refuse } from '../../../kernel/refusal.ts'
import type { ForwardedCertificate } from '../../../platform/http/index.ts'
import type { IdentityDeps } from '../service.ts'
import { admit, recordRefused } from './admit.ts'
import { identityFrom, isSubject } from './provider.ts'
import { enabledOfKind, type ProviderRow } from './provider-store.ts'

/** id-kp-clientAuth, RFC 5280 §4.2.1.12. */
const clientAuthentication = '1.3.6.1.5.5.7.3.2'

/** Control characters come as two digits; they stay what they are, and so fit no name, rather than become digits of one. */
const unescaped = (text: string): string =>
  text.replaceAll(/\\([0-9A-F]{2}|.)/gs, (_, given: string) =>
    given.length === 2 ? String.fromCharCode(Number.parseInt(given, 16)) : given,
  )

/** `CN=王芳`, one a line or joined by ` + `; whatever could pass for a sign of this form stands behind a backslash. */
const partsOf = (name: string): ReadonlyMap<string, readonly string[]> => {
  const parts = name.split('\n').flatMap((line) => line.split(/(?<!\\) \+ /))
  const found = new Map<string, string[]>()
  for (const part of parts) {
    const at = part.indexOf('=')
    if (at > 0) found.set(part.slice(0, at), [...(found.get(part.slice(0, at)) ?? []), unescaped(part.slice(at + 1))])
  }
  return found
}

/**
 * Whom a name in a certificate means, in one line; by it its holder is known when the certificate is renewed. No name holds
 * what stands between issuer and holder.
 */
const lineOf = (name: string): string => name.split('\n').join(',').replaceAll('|', '\\|')

export const authoritiesOf = ({ settings }: ProviderRow): readonly X509Certificate[] | null => {
  if (settings.kind !== 'certificate' || settings.authorities === null) return null
  const found = settings.authorities.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? []
  return found.map((pem) => new X509Certificate(pem))
}

const isValidAt = (it: X509Certificate, now: Date): boolean => it.validFromDate <= now && now < it.validToDate

const isIssuedBy = (certificate: X509Certificate, authority: X509Certificate, now: Date): boolean =>
  authority.ca &&
  isValidAt(authority, now) &&
  certificate.checkIssued(authority) &&
  certificate.verify(authority.publicKey)

/** What speaks against it; null where nothing does. Whether it was revoked the terminator has looked up. */
const objection = (
  certificate: X509Certificate,
  authorities: readonly X509Certificate[] | null,
  now: Date,
): string | null => {
  if (!isValidAt(certificate, now)) return 'not valid at this time'
  if (certificate.ca) return 'an authority’s own'
  // Node types it as always there; a certificate without the extension has none.
  const purposes = certificate.keyUsage as string[] | undefined
  if (purposes && !purposes.includes(clientAuthentication)) return 'not for clients'
  if (authorities !== null && !authorities.some((it) => isIssuedBy(certificate, it, now)))
    return 'of none of the authorities'
  return null
}

/** One, and nothing else: of several that were joined, a terminator's own may be the last, and anybody's the first. */
const oneCertificate = /^(?:-----BEGIN CERTIFICATE-----[\w+/=\s]+-----END CERTIFICATE-----|[\w+/\s]+={0,2})\s*$/

const readable = (encoded: string): X509Certificate | null => {
  if (!oneCertificate.test(encoded)) return null
  try {
    return new X509Certificate(encoded.startsWith('-----') ? encoded : Buffer.from(encoded, 'base64'))
  } catch {
    return null
  }
}

export const signOnByCertificate =
  (deps: IdentityDeps) =>
  async (act: Act, forwarded: ForwardedCertificate): Promise<Session | Refusal> => {
    const providers = await enabledOfKind(deps.database.plain, 'certificate')
    const [first] = providers
    if (forwarded.kind === 'untrusted') {
      if (first) await recordRefused(deps, act, first, 'a certificate from an address that may not vouch for one')
      return refuse('certificate-not-trusted')
    }
    if (forwarded.kind === 'none') return refuse('certificate-missing')
    if (!first) return refuse('sign-on-unknown')
    const certificate = readable(forwarded.encoded)
    if (!certificate) {
      await recordRefused(deps, act, first, 'no certificate')
      return refuse('sign-on-refused', { provider: first.name })
    }
    const now = deps.clock.now()
    // Those that check the chain come first: one that believes whatever the terminator hands on would take theirs as well.
    const ordered = providers.toSorted((a, b) => Number(!authoritiesOf(a)) - Number(!authoritiesOf(b)))
    const judged = ordered.map((it) => ({ provider: it, against: objection(certificate, authoritiesOf(it), now) }))
    const { provider = first, against = null } = judged.find((it) => it.against === null) ?? judged[0] ?? {}
    if (against !== null) {
      await recordRefused(deps, act, provider, against)
      return refuse('sign-on-refused', { provider: provider.name })
    }
    const parts = partsOf(certificate.subject)
    const subject = `${lineOf(certificate.issuer)}|${lineOf(certificate.subject)}`
    if (!isSubject(subject)) {
      await recordRefused(deps, act, provider, 'names that nobody can be known by')
      return refuse('sign-on-refused', { provider: provider.name })
    }
    const identity = identityFrom(subject, provider.claims, (name) => parts.get(name))
    return admit(deps)(act, { provider, identity, session: null })
  }
