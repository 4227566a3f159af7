import { Link } from '@tanstack/react-router'
import { type Webhook, webhookDeliveryList } from '@yiduo/contract'
import { Drawer, Typography } from 'antd'
import { useAnswer } from '../../api/answers.ts'
import { useTranslation } from '../../i18n/index.ts'
import { pathOfId } from '../../paths.ts'
import { Asked } from '../../ui/asked.tsx'
import { Instant } from '../../ui/clock.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { StateTag } from '../../ui/state-tag.tsx'

const Subject = ({ id }: { readonly id: string }) => {
  const path = pathOfId(id)
  return path ? <Link to={path}>{id}</Link> : <span>{id}</span>
}

/** What was posted to one address last, and what became of it. */
export const Deliveries = ({ webhook, onClose }: { readonly webhook: Webhook; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const asked = useAnswer(webhookDeliveryList, { params: { webhookId: webhook.id }, query: { limit: 100 } })
  return (
    <Drawer open onClose={onClose} size="large" title={t('webhooks.deliveries')}>
      <Asked of={asked}>
        {({ items }) =>
          items.length === 0 ? (
            <Typography.Text type="secondary">{t('webhooks.noDeliveries')}</Typography.Text>
          ) : (
            <PlainTable
              label={t('webhooks.deliveries')}
              rows={items}
              idOf={(it) => it.id}
              columns={[
                { id: 'at', title: t('oversight.at'), cell: (it) => <Instant at={it.createdAt} /> },
                { id: 'code', title: t('webhooks.code'), cell: (it) => <code>{it.code}</code> },
                { id: 'subject', title: t('oversight.target'), cell: (it) => <Subject id={it.subject} /> },
                {
                  id: 'state',
                  title: t('requests.state'),
                  cell: (it) => <StateTag of="webhookDeliveryState" state={it.state} />,
                },
                { id: 'attempts', title: t('webhooks.attempts'), align: 'end', cell: (it) => it.attempts },
                { id: 'problem', title: t('webhooks.problem'), cell: (it) => it.problem ?? '–' },
              ]}
            />
          )
        }
      </Asked>
    </Drawer>
  )
}
