import type { InboxItem } from '@yiduo/contract'
import { useState } from 'react'
import { client } from '../../api/client.ts'
import { useMay } from '../../api/session.ts'
import { BulkDialog } from '../../components/bulk-dialog.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { joined } from '../../ui/joined.ts'
import { useLinesInWords } from './cards.tsx'
import { approvalOf } from './verdicts.ts'

/** A transfer is taken over one by one: what is received is to be looked at. */
const isTransfer = (it: InboxItem): boolean => it.lines.some((line) => line.changeKind === 'transfer')

export const BulkApprove = ({
  items,
  onClose,
}: {
  readonly items: readonly InboxItem[]
  readonly onClose: () => void
}) => {
  const { t } = useTranslation()
  const may = useMay()
  const inWords = useLinesInWords()
  const [byId] = useState(() => new Map(items.map((it) => [it.id, it])))
  const unfitOf = (it: InboxItem): string | undefined => {
    if (isTransfer(it)) return t('inbox.oneByOne')
    if (!may(approvalOf(it).operation)) return t('inbox.notAllowed')
    return it.quotas.some((quota) => quota.left < 0) ? t('inbox.beyondQuota') : undefined
  }
  const run = async (requestId: string, remark: string) => {
    const item = byId.get(requestId)
    if (item) await client().call(approvalOf(item).operation, { params: { requestId }, body: remark ? { remark } : {} })
  }
  return (
    <BulkDialog
      act={t('request.approve')}
      items={items.map((it) => ({
        id: it.id,
        title: joined([it.systemName, inWords(it.lines)]),
        ...(unfitOf(it) ? { unfit: unfitOf(it) } : {}),
      }))}
      run={run}
      remark
      onClose={onClose}
    />
  )
}
