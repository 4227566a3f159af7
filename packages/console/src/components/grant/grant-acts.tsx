import { type Grant, grantConfirm, grantDecline } from '@yiduo/contract'
import { Flex, Typography } from 'antd'
import { useTranslation } from '../../i18n/index.ts'
import { ActButton } from '../act-dialog.tsx'
import { ReachTree } from './reach-tree.tsx'
import { RevokeGrant } from './revoke-grant.tsx'

interface Props {
  readonly grant: Grant
  readonly onDone?: () => void
}

/** One that waits is for another security administrator: what they answer for is drawn before they do. */
const Pending = ({ grant, onDone }: Props) => {
  const { t } = useTranslation()
  const callOf = () => ({ params: { grantId: grant.id } })
  return (
    <Flex gap={8} wrap>
      <ActButton
        operation={grantConfirm}
        label={t('oversight.confirm')}
        button={{ size: 'small', type: 'primary' }}
        callOf={callOf}
        onDone={() => onDone?.()}
      >
        <Typography.Paragraph>{t('oversight.confirmHint')}</Typography.Paragraph>
        <ReachTree organisationId={grant.organisationId} reach={grant.reach} />
      </ActButton>
      <ActButton
        operation={grantDecline}
        label={t('oversight.decline')}
        danger
        button={{ size: 'small', danger: true }}
        callOf={callOf}
        onDone={() => onDone?.()}
      />
    </Flex>
  )
}

/** What a security administrator does to a grant. */
export const GrantActs = ({ grant, onDone }: Props) => {
  const { t } = useTranslation()
  if (grant.state === 'pending') return <Pending grant={grant} onDone={onDone} />
  return <RevokeGrant grant={grant} hint={t('oversight.revokeHint')} onDone={onDone} />
}
