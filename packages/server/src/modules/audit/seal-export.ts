import { createHash } from 'node:crypto'
import type { AuditExportFormat } from '@yiduo/contract'
import { isSm2Signed } from './sm2.ts'

/** What vouches for the bytes before it, and for what they are: else a part would pass for the whole. */
export interface ExportSeal {
  readonly sm3: string
  /** JSON in base64url, so that it stands in any format: who took it, when, and by what it was cut. */
  readonly of: string
  readonly keyNumber: number
  readonly publicKey: string
  readonly signature: string
}

/** What is signed of an export. */
const exportText = ({ sm3, of }: Pick<ExportSeal, 'sm3' | 'of'>): string =>
  `Yiduo audit export, form 1\nof ${of}\nsm3 ${sm3}\n`

/** What an export is of, as it stands in its seal. */
export const exportOf = (it: object): string => Buffer.from(JSON.stringify(it)).toString('base64url')

/** The same to be read by people. */
export const readExportOf = ({ of }: Pick<ExportSeal, 'of'>): string => Buffer.from(of, 'base64url').toString('utf8')

const lastLine: Readonly<Record<AuditExportFormat, (seal: ExportSeal) => string>> = {
  csv: (it) => `yiduo-seal,${it.sm3},${it.of},${it.keyNumber},${it.publicKey},${it.signature}\r\n`,
  jsonl: (it) => `${JSON.stringify({ seal: it })}\n`,
}

export type Signature = Omit<ExportSeal, 'sm3' | 'of'>

type Bytes = Uint8Array<ArrayBuffer>

/** The same bytes, and behind them a line with their SM3 and its signature. */
export const sealedExport = (
  content: ReadableStream<Bytes>,
  { format, of }: { readonly format: AuditExportFormat; readonly of: string },
  sign: (text: string) => Promise<Signature>,
): ReadableStream<Bytes> => {
  const hash = createHash('sm3')
  return content.pipeThrough(
    new TransformStream<Bytes, Bytes>({
      transform(chunk, controller) {
        hash.update(chunk)
        controller.enqueue(chunk)
      },
      async flush(controller) {
        const sm3 = hash.digest('hex')
        const seal = { sm3, of, ...(await sign(exportText({ sm3, of }))) }
        controller.enqueue(new TextEncoder().encode(lastLine[format](seal)))
      },
    }),
  )
}

const sealIn = (line: string): ExportSeal | null => {
  const [mark, sm3 = '', of = '', keyNumber, publicKey = '', signature = ''] = line.split(',')
  if (mark === 'yiduo-seal') return { sm3, of, keyNumber: Number(keyNumber), publicKey, signature }
  try {
    return (JSON.parse(line) as { seal?: ExportSeal }).seal ?? null // what is wrong in it does not verify
  } catch {
    return null
  }
}

/** The seal of an exported file, where it holds for the bytes before it; whose key it is says somebody else. */
export const sealOf = (file: Buffer): ExportSeal | null => {
  const begin = file.lastIndexOf('\n', file.length - 2) + 1
  const seal = sealIn(file.subarray(begin).toString('utf8').trim())
  if (!seal || createHash('sm3').update(file.subarray(0, begin)).digest('hex') !== seal.sm3) return null
  return isSm2Signed(exportText(seal), seal.signature, seal.publicKey) ? seal : null
}
