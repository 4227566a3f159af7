import { useQueryClient } from '@tanstack/react-query'
import { Modal, Typography } from 'antd'
import { settleSession } from '../api/session.ts'
import { stepUp } from '../api/step-up.ts'
import { ProveFactor } from '../components/factor/prove-factor.tsx'
import { useTranslation } from '../i18n/index.ts'
import { useStore } from '../use-store.ts'

/** Over whatever asks for it: what was typed stands behind it and is sent again. */
export const StepUp = () => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const waiting = useStore(stepUp)
  if (waiting === null) return null
  return (
    <Modal open title={t('account.stepUp')} footer={null} onCancel={waiting.calledOff} mask={{ closable: false }}>
      <Typography.Paragraph type="secondary">{t('account.stepUpHint')}</Typography.Paragraph>
      <ProveFactor
        onProven={async (session) => {
          await settleSession(queries, session)
          waiting.proven()
        }}
      />
    </Modal>
  )
}
