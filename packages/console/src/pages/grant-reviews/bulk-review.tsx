import { type GrantReview, grantReviewKeep, grantRevoke } from '@yiduo/contract'
import { client } from '../../api/client.ts'
import { useSession } from '../../api/session.ts'
import { withStepUp } from '../../api/step-up.ts'
import { BulkDialog } from '../../components/bulk-dialog.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { joined } from '../../ui/joined.ts'

export type BulkAct = 'keep' | 'revoke'

/** Keeps or revokes many grants, each on its own. */
export const BulkReview = ({
  act,
  items,
  onClose,
}: {
  readonly act: BulkAct
  readonly items: readonly GrantReview[]
  readonly onClose: () => void
}) => {
  const { t } = useTranslation()
  const { person } = useSession()
  const runs = {
    keep: (grantId: string, remark: string) =>
      client().call(grantReviewKeep, { params: { grantId }, body: remark ? { remark } : {} }),
    revoke: (grantId: string) => client().call(grantRevoke, { params: { grantId } }),
  }
  return (
    <BulkDialog
      act={t(act === 'keep' ? 'grants.keep' : 'oversight.revoke')}
      danger={act === 'revoke'}
      items={items.map(({ id, grant, name, login }) => ({
        id,
        title: joined([name, login, t(`shell.roles.${grant.role}`)]),
        ...(grant.personId === person.id ? { unfit: t('grants.own') } : {}),
        // What comes back is taken one by one, by who has been told so.
        ...(act === 'revoke' && grant.provider
          ? { unfit: t('grants.followsHint', { provider: grant.provider.name }) }
          : {}),
      }))}
      run={(id, remark) => withStepUp(async () => void (await runs[act](id, remark)))}
      remark={act === 'keep'}
      onClose={onClose}
    />
  )
}
