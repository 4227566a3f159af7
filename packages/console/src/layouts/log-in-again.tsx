import { useNavigate } from '@tanstack/react-router'
import type { Session } from '@yiduo/contract'
import { Modal, Typography } from 'antd'
import { useSession } from '../api/session.ts'
import { useTranslation } from '../i18n/index.ts'
import { LogInForm } from '../pages/log-in.tsx'
import { paths } from '../paths.ts'

/** Over the page that goes on behind it: whatever was being filled in is there again after the log-in. */
export const LogInAgain = () => {
  const { t } = useTranslation()
  const { person } = useSession()
  const navigate = useNavigate()
  const onDone = (session: Session) => {
    if (session.person.id !== person.id) void navigate({ to: paths.home() })
  }
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
      <LogInForm initialLogin={person.login} onDone={onDone} />
    </Modal>
  )
}
