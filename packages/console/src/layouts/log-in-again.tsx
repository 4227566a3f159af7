import { Modal, Typography } from 'antd'
import { useSession } from '../api/session.ts'
import { useTranslation } from '../i18n/index.ts'
import { LogInForm } from '../pages/log-in.tsx'

/** Over the page that goes on behind it: whatever was being filled in is there again after the log-in. */
export const LogInAgain = () => {
  const { t } = useTranslation()
  const { person } = useSession()
  return (
    <Modal
      open
      title={t('shell.login.again')}
      footer={null}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
    >
      <Typography.Paragraph type="secondary">
        {t('shell.login.againHint')} {t('shell.login.otherPerson')}
      </Typography.Paragraph>
      <LogInForm initialLogin={person.login} />
    </Modal>
  )
}
