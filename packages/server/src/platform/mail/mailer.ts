import { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { createTransport } from 'nodemailer'
import MailComposer from 'nodemailer/lib/mail-composer'

export interface Mail {
  /** Equal in every attempt, so that a receiver can drop a repeat. */
  readonly messageId: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly date: Date
}

/** What an attempt to send came to. Only after `unclear` may it have arrived all the same. */
export type Sent =
  | { readonly kind: 'delivered' }
  /** `isFinal`: trying again is pointless, RFC 5321 §4.2.1. */
  | { readonly kind: 'refused'; readonly problem: string; readonly isFinal: boolean }
  | { readonly kind: 'unreachable' | 'unclear'; readonly problem: string }

export interface Mailer {
  /** What stands behind the @ of message ids. */
  readonly domain: string
  send(mail: Mail): Promise<Sent>
}

/** All of them together stay below the lease of what is sent. */
const limits = { dnsTimeout: 5_000, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 }
const limitMs = 60_000

const responseCodeOf = (error: unknown): number | null =>
  typeof error === 'object' && error !== null && 'responseCode' in error && typeof error.responseCode === 'number'
    ? error.responseCode
    : null

/** A server that is busy or sick says 4yz; one that will never take this mail says 5yz. Our own log-in is not the mail's fault. */
const isFinal = (code: number, error: unknown): boolean =>
  code >= 500 && !(typeof error === 'object' && error !== null && 'code' in error && error.code === 'EAUTH')

const outcomeOf = (error: unknown, wasHandedOver: boolean): Sent => {
  const problem = error instanceof Error ? error.message : String(error)
  const code = responseCodeOf(error)
  if (code !== null) return { kind: 'refused', problem, isFinal: isFinal(code, error) }
  return { kind: wasHandedOver ? 'unclear' : 'unreachable', problem }
}

/** Sends over SMTP. Each mail takes a connection of its own: what piled up for a person is one mail. */
export const createMailer = ({ url, from }: { url: string; from: string }): Mailer => {
  const transport = createTransport({ ...limits, url, disableFileAccess: true, disableUrlAccess: true })
  const domain = from.replace(/^.*@/, '').replace(/>\s*$/, '')
  return {
    domain,
    async send({ to, messageId, subject, text, date }) {
      const headers = { 'auto-submitted': 'auto-generated' }
      const composed = new MailComposer({
        from,
        to,
        subject,
        text,
        messageId: `<${messageId}>`,
        date,
        headers,
      }).compile()
      const message = await composed.build()
      let wasHandedOver = false
      const raw = Readable.from(
        (function* () {
          wasHandedOver = true // read only once the server has let us in
          yield message
        })(),
      )
      const sending = transport.sendMail({ envelope: composed.getEnvelope(), raw }).then(
        (): Sent => ({ kind: 'delivered' }),
        (error: unknown) => outcomeOf(error, wasHandedOver),
      )
      const late = new AbortController()
      const tooLate = delay(limitMs, undefined, { signal: late.signal }).then(
        (): Sent => ({ kind: 'unclear', problem: `no answer within ${limitMs / 1_000} s` }),
        () => sending, // it was answered in time
      )
      return Promise.race([sending, tooLate]).finally(() => late.abort())
    },
  }
}
