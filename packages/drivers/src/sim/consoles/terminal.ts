import type { Seen } from './screen.ts'

/** The serial line of a simulated server: greets, and gives back what is typed. */
export const greetingOf = ({ cloud, name, state }: Seen): string =>
  `\r\nSimulated cloud ${cloud}\r\n${name} is ${state}. Nothing runs in here; what you type is shown.\r\n$ `

/** Bytes of UTF-8 go back as they came: a character may come in two pieces. */
export const echoOf = (bytes: Buffer): Buffer =>
  Buffer.concat(
    [...bytes].map((byte) => {
      if (byte === 0x0d) return Buffer.from('\r\n$ ')
      return byte === 0x7f ? Buffer.from('\b \b') : Buffer.from([byte])
    }),
  )
