import { type AuditExportFormat, auditExport, auditExportFormats } from '@yiduo/contract'
import { App, Button, Modal, Radio, Typography } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { client } from '../../api/client.ts'
import { useTranslation } from '../../i18n/index.ts'
import { useFormats } from '../../ui/format.ts'
import { ProblemNote } from '../../ui/problem.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { useTrailFilters } from './filters.tsx'

const mebibyte = 1_048_576

/** `12.3 MiB` of bytes. */
const useSize = (): ((bytes: number) => string) => {
  const { number } = useFormats()
  return (bytes) =>
    bytes < mebibyte
      ? `${number(Math.ceil(bytes / 1_024))} KiB`
      : `${number(Math.round((10 * bytes) / mebibyte) / 10)} MiB`
}

/** Tells how much has come, as it comes. */
const counted = (tell: (bytes: number) => void): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> => {
  let bytes = 0
  return new TransformStream({
    transform(chunk, controller) {
      bytes += chunk.byteLength
      tell(bytes)
      controller.enqueue(chunk)
    },
  })
}

/** The export under way: how much of it has come, and how to stop it. */
const useExport = (onDone: () => void) => {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const size = useSize()
  const { query } = useTrailFilters()
  const under = useRef<AbortController | null>(null)
  const [received, setReceived] = useState<number | null>(null)
  const [error, setError] = useState<unknown>(null)
  // Whoever leaves the page wants it no more.
  useEffect(() => () => under.current?.abort(), [])
  const stop = () => under.current?.abort()
  const begin = async (format: AuditExportFormat) => {
    const over = new AbortController()
    under.current = over
    setReceived(0)
    setError(null)
    try {
      const file = await client().call(auditExport, { query: { ...query, format }, signal: over.signal })
      const content = await new Response(file.content.pipeThrough(counted(setReceived))).blob()
      saveFile(file.name, content)
      void message.success(t('trail.exported', { name: file.name, size: size(content.size) }))
      onDone()
    } catch (failed) {
      if (!over.signal.aborted) setError(failed)
    } finally {
      setReceived(null)
    }
  }
  return { received, error, begin, stop }
}

const ExportDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const size = useSize()
  const [format, setFormat] = useState<AuditExportFormat>('csv')
  const { received, error, begin, stop } = useExport(onClose)
  const busy = received !== null
  return (
    <Modal
      open
      title={t('trail.export')}
      okText={t('trail.begin')}
      okButtonProps={{ loading: busy }}
      cancelText={t(busy ? 'trail.stop' : 'states.cancel')}
      onOk={() => void begin(format)}
      onCancel={busy ? stop : onClose}
      mask={{ closable: false }}
    >
      <Typography.Paragraph>{t('trail.exportHint')}</Typography.Paragraph>
      <Radio.Group
        aria-label={t('trail.format')}
        value={format}
        disabled={busy}
        onChange={(event) => setFormat(event.target.value as AuditExportFormat)} // of the options below
        options={auditExportFormats.map((it) => ({ value: it, label: t(`trail.formats.${it}`) }))}
      />
      <Typography.Paragraph role="status" style={{ marginTop: 12 }}>
        {busy && t('trail.received', { size: size(received) })}
      </Typography.Paragraph>
      <ProblemNote error={error} />
    </Modal>
  )
}

/** The entries that the filters leave, as a file whose last line is signed. */
export const ExportTrail = () => {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('trail.export')}</Button>
      {open && <ExportDialog onClose={() => setOpen(false)} />}
    </>
  )
}
