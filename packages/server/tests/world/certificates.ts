import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import {
  BasicConstraintsExtension,
  cryptoProvider,
  ExtendedKeyUsageExtension,
  SubjectAlternativeNameExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'

cryptoProvider.set(webcrypto as typeof crypto)

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const dayMs = 86_400_000

export interface Authority {
  readonly pem: string
  /** A client's certificate of that name: `CN=王芳, serialNumber=A1`. */
  issue(name: string, it?: { from?: Date; until?: Date; purposes?: string[] }): Promise<string>
  /** A server's on this machine, by the address `127.0.0.1` alone, with its key. */
  issueServer(): Promise<{ readonly pem: string; readonly key: string }>
}

const keyPemOf = async (key: webcrypto.CryptoKey): Promise<string> => {
  const encoded = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key)).toString('base64')
  return `-----BEGIN PRIVATE KEY-----\n${encoded.replaceAll(/.{64}/g, '$&\n')}\n-----END PRIVATE KEY-----\n`
}

const pemOf = (it: X509Certificate): string => it.toString('pem')

/** A provincial authentication centre, as far as certificates go. */
export const createAuthority = async (name: string): Promise<Authority> => {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const now = Date.now()
  const own = await X509CertificateGenerator.createSelfSigned({
    name,
    keys,
    notBefore: new Date(now - dayMs),
    notAfter: new Date(now + 400 * dayMs),
    signingAlgorithm: algorithm,
    extensions: [new BasicConstraintsExtension(true, 0, true)],
  })
  return {
    pem: pemOf(own),
    async issue(subject, { from, until, purposes = ['1.3.6.1.5.5.7.3.2'] } = {}) {
      const holder = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
      const made = await X509CertificateGenerator.create({
        subject,
        issuer: own.subject,
        publicKey: holder.publicKey,
        signingKey: keys.privateKey,
        notBefore: from ?? new Date(now - dayMs),
        notAfter: until ?? new Date(now + 30 * dayMs),
        signingAlgorithm: algorithm,
        extensions: [new ExtendedKeyUsageExtension(purposes)],
      })
      return pemOf(made)
    },
    async issueServer() {
      const holder = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
      const made = await X509CertificateGenerator.create({
        subject: 'CN=directory',
        issuer: own.subject,
        publicKey: holder.publicKey,
        signingKey: keys.privateKey,
        notBefore: new Date(now - dayMs),
        notAfter: new Date(now + 30 * dayMs),
        signingAlgorithm: algorithm,
        extensions: [
          new ExtendedKeyUsageExtension(['1.3.6.1.5.5.7.3.1']),
          new SubjectAlternativeNameExtension([{ type: 'ip', value: '127.0.0.1' }]),
        ],
      })
      return { pem: pemOf(made), key: await keyPemOf(holder.privateKey) }
    },
  }
}
