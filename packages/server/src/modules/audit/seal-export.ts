import { createHash } from 'node:crypto'
import type { AuditExportFormat } from '@yiduo/contract'
import { isSm2Signed } from './sm2.ts'

/** What vouches for the bytes before it. */
export interface ExportSeal {
  readonly sm3: string
  readonly keyNumber: number
  readonly publicKey: string
  readonly signature: string
}

/** What is signed of an export. */
const exportText = (sm3: string): string => `Yiduo audit export, form 1\nsm3 ${sm3}\n`

const lastLine: Readonly<Record<AuditExportFormat, (seal: ExportSeal) => string>> = {
  csv: (it) => `yiduo-seal,${it.sm3},${it.keyNumber},${it.publicKey},${it.signature}\r\n`,
  jsonl: (it) => `${JSON.stringify({ seal: it })}\n`,
}

type Bytes = Uint8Array<ArrayBuffer>

/** The same bytes, and behind them a line with their SM3 and its signature. */
export const sealedExport = (
  content: ReadableStream<Bytes>,
  format: AuditExportFormat,
  sign: (text: string) => Promise<Omit<ExportSeal, 'sm3'>>,
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
        const seal = { sm3, ...(await sign(exportText(sm3))) }
        controller.enqueue(new TextEncoder().encode(lastLine[format](seal)))
      },
    }),
  )
}

const sealIn = (line: string): ExportSeal | null => {
  const [mark, sm3 = '', keyNumber, publicKey = '', signature = ''] = line.split(',')
  if (mark === 'yiduo-seal') return { sm3, keyNumber: Number(keyNumber), publicKey, signature }
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
  return isSm2Signed(exportText(seal.sm3), seal.signature, seal.publicKey) ? seal : null
}
