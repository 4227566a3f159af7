import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'

/** What became of a mail at the server. */
export interface Arrived {
  readonly to: string
  readonly messageId: string
  /** Decoded from what was sent: subject and text. */
  readonly content: string
}

export interface MailServer extends AsyncDisposable {
  readonly port: number
  readonly arrived: Arrived[]
  /** From now on: take mail, refuse every recipient, or take the whole mail and hang up before saying so. */
  behave(how: 'takes' | 'refuses' | 'hangs-up'): void
}

const headerOf = (raw: string, name: string): string =>
  new RegExp(`^${name}: (.*(?:\\r?\\n[ \\t].*)*)`, 'im').exec(raw)?.[1]?.replaceAll(/\r?\n[ \t]/g, ' ') ?? ''

/** What nodemailer writes: a body in base64 or quoted-printable, headers as encoded words where they are not ASCII. */
const contentOf = (raw: string): string => {
  const body = raw.slice(raw.search(/\r?\n\r?\n/)).trim()
  const encoding = headerOf(raw, 'content-transfer-encoding')
  const bytes =
    encoding === 'base64'
      ? Buffer.from(body, 'base64')
      : Buffer.from(
          body
            .replaceAll(/=\r?\n/g, '')
            .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
          encoding === 'quoted-printable' ? 'latin1' : 'utf8',
        )
  return bytes.toString('utf8')
}

/** A real SMTP server on loopback; port 0 takes a free one. */
export const startMailServer = async (port = 0): Promise<MailServer> => {
  const arrived: Arrived[] = []
  let how: Parameters<MailServer['behave']>[0] = 'takes'
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo: (_address, _session, done) =>
      done(how === 'refuses' ? Object.assign(new Error('no such user'), { responseCode: 550 }) : null),
    onData: async (stream, session, done) => {
      const raw = await text(stream)
      const messageId = headerOf(raw, 'message-id')
      arrived.push({ to: session.envelope.rcptTo[0]?.address ?? '', messageId, content: contentOf(raw) })
      if (how === 'takes') done(null)
      else for (const connection of server.connections) connection.close()
    },
  })
  server.listen(port, '127.0.0.1')
  await once(server.server, 'listening')
  return {
    port: (server.server.address() as AddressInfo).port, // a port was taken: it is no pipe
    arrived,
    behave: (now) => {
      how = now
    },
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
