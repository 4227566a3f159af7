import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { Session } from '@yiduo/contract'
import { Modal, Typography } from 'antd'
import { useState } from 'react'
import { settleSession, useSession } from '../api/session.ts'
import { ProveFactor } from '../components/factor/prove-factor.tsx'
import { SignOnPlaces } from '../components/sign-on-places.tsx'
import { useTranslation } from '../i18n/index.ts'
import { LogInForm } from '../pages/log-in.tsx'
import { paths } from '../paths.ts'

/** Over the page that goes on behind it: whatever was being filled in is there again after the log-in. */
export const LogInAgain = () => {
  const { t } = useTranslation()
  const { person } = useSession()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [isAsked, setAsked] = useState(false)
  const settled = (session: Session) => {
    if (session.person.id !== person.id) void navigate({ to: paths.home() })
  }
  const goOn = async (session: Session) => {
    // Of another person, or one that lacks more than a factor, the page could not go on in any case.
    const isHere = session.person.id === person.id && session.stage === 'second-factor'
    if (isHere) setAsked(true)
    else if (session.stage !== 'complete') await settleSession(queries, session)
    settled(session)
  }
  const proven = async (session: Session) => {
    await settleSession(queries, session)
    settled(session)
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
      {isAsked ? (
        <ProveFactor onProven={proven} />
      ) : (
        <>
          <LogInForm over={{ login: person.login, onDone: (session) => void goOn(session) }} />
          <SignOnPlaces />
        </>
      )}
    </Modal>
  )
}
