import { Modal, Typography } from 'antd'
import { useTranslation } from '../../i18n/index.ts'

interface Props {
  readonly title: string
  readonly hint: string
  /** What nobody can show again. */
  readonly secret: string
  readonly onClose: () => void
}

/** A secret that is shown this once: it stays until somebody says that it is kept. */
export const ShownOnce = ({ title, hint, secret, onClose }: Props) => {
  const { t } = useTranslation()
  return (
    <Modal
      open
      title={title}
      okText={t('account.tokenKept')}
      onOk={onClose}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      cancelButtonProps={{ hidden: true }}
    >
      <Typography.Paragraph type="warning">{hint}</Typography.Paragraph>
      <Typography.Text code copyable>
        {secret}
      </Typography.Text>
    </Modal>
  )
}
