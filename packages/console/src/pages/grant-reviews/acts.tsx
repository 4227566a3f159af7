import { type GrantReview, grantReviewKeep } from '@yiduo/contract'
import { Flex, Typography } from 'antd'
import { useSession } from '../../api/session.ts'
import { ActButton } from '../../components/act-dialog.tsx'
import { RevokeGrant } from '../../components/grant/revoke-grant.tsx'
import { useTranslation } from '../../i18n/index.ts'

/** Whoever looks a grant over answers for keeping it; nobody does for their own. */
export const ReviewActs = ({ review, onDone }: { readonly review: GrantReview; readonly onDone?: () => void }) => {
  const { t } = useTranslation()
  const { person } = useSession()
  if (review.grant.personId === person.id) return null
  const params = { grantId: review.id }
  return (
    <Flex gap={8}>
      <ActButton
        operation={grantReviewKeep}
        label={t('grants.keep')}
        button={{ size: 'small' }}
        remark="optional"
        callOf={(remark) => ({ params, body: { remark } })}
        onDone={() => onDone?.()}
      >
        <Typography.Paragraph>{t('grants.keepHint', { name: review.name })}</Typography.Paragraph>
      </ActButton>
      <RevokeGrant grant={review.grant} hint={t('grants.revokeHint', { name: review.name })} onDone={onDone} />
    </Flex>
  )
}
