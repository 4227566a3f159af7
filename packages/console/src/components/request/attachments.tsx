import UploadOutlined from '@ant-design/icons/UploadOutlined'
import {
  type Attachment,
  attachmentGet,
  attachmentKinds,
  attachmentList,
  attachmentRemove,
  requestAttach,
  type ServiceRequest,
} from '@yiduo/contract'
import { App, Button, Flex, Typography, Upload } from 'antd'
import { useAct, useAnswer } from '../../api/answers.ts'
import { client } from '../../api/client.ts'
import { useMay, useSession } from '../../api/session.ts'
import { useTranslation } from '../../i18n/index.ts'
import { Asked } from '../../ui/asked.tsx'
import { Instant } from '../../ui/clock.tsx'
import { ProblemNote, useTold } from '../../ui/problem.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { ActButton } from '../act-dialog.tsx'
import styles from './request.module.css'

const undecided: readonly string[] = ['draft', 'returned', 'collecting', 'consolidated', 'submitted']
const accepted = Object.keys(attachmentKinds)
  .map((it) => `.${it}`)
  .join(',')

const sizeOf = (bytes: number): string =>
  bytes >= 1_048_576 ? `${(bytes / 1_048_576).toFixed(1)} MiB` : `${Math.max(1, Math.round(bytes / 1_024))} KiB`

const AttachmentRow = ({ it, open }: { readonly it: Attachment; readonly open: boolean }) => {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const told = useTold()
  const { person } = useSession()
  const download = async () => {
    try {
      const file = await client().call(attachmentGet, { params: { attachmentId: it.id } })
      saveFile(it.name, await new Response(file.content).blob())
    } catch (error) {
      void message.error(told(error).title)
    }
  }
  return (
    <li>
      <Flex gap={8} wrap align="center">
        <Button type="link" size="small" style={{ paddingInline: 0 }} onClick={() => void download()}>
          {it.name}
        </Button>
        <Typography.Text type="secondary">
          {sizeOf(it.sizeBytes)} · {it.addedBy}
        </Typography.Text>
        <Instant at={it.createdAt} />
        {open && it.addedBy === person.login && (
          <ActButton
            operation={attachmentRemove}
            label={t('states.remove')}
            danger
            button={{ size: 'small', type: 'text', danger: true }}
            callOf={() => ({ params: { attachmentId: it.id } })}
          >
            <Typography.Paragraph>{it.name}</Typography.Paragraph>
          </ActButton>
        )}
      </Flex>
    </li>
  )
}

/** Papers beside a request: added until it is decided, kept with it after. */
export const RequestAttachments = ({ request }: { readonly request: ServiceRequest }) => {
  const { t } = useTranslation()
  const may = useMay()
  const asked = useAnswer(attachmentList, { params: { requestId: request.id } })
  const attach = useAct(requestAttach)
  const open = undecided.includes(request.state)
  return (
    <Asked of={asked}>
      {({ items }) => (
        <Flex vertical gap={8}>
          {items.length === 0 && <Typography.Text type="secondary">{t('request.noAttachments')}</Typography.Text>}
          <ul className={styles.plain}>
            {items.map((it) => (
              <AttachmentRow key={it.id} it={it} open={open} />
            ))}
          </ul>
          {open && may(requestAttach) && (
            <Upload
              accept={accepted}
              showUploadList={false}
              beforeUpload={(file) => {
                attach.mutate({ params: { requestId: request.id }, query: { name: file.name }, content: file })
                return false
              }}
            >
              <Button icon={<UploadOutlined />} loading={attach.isPending}>
                {t('request.attach')}
              </Button>
            </Upload>
          )}
          <ProblemNote error={attach.error} />
        </Flex>
      )}
    </Asked>
  )
}
