import type { InboxItem } from '@yiduo/contract'
import { Typography } from 'antd'
import { useTranslation } from '../../i18n/index.ts'
import { useFormats } from '../../ui/format.ts'
import styles from './inbox.module.css'

type Quota = InboxItem['quotas'][number]

const share = (part: number, limit: number): string =>
  `${limit === 0 ? 0 : Math.max(0, Math.min(100, (100 * part) / limit))}%`

/** What is held, what this request takes on top, and what is left of the limit then. */
const QuotaBar = ({ quota }: { readonly quota: Quota }) => {
  const { t } = useTranslation()
  const { number } = useFormats()
  const { measure, held, wanted, limit, left } = quota
  const isOver = left < 0
  return (
    <div>
      <div className={styles.line}>
        <span>{t(`measures.${measure}`)}</span>
        <Typography.Text type={isOver ? 'danger' : 'secondary'}>
          {t(isOver ? 'inbox.quotaShort' : 'inbox.quotaLeft', { left: number(Math.abs(left)), limit: number(limit) })}
        </Typography.Text>
      </div>
      <div
        role="img"
        className={styles.quota}
        aria-label={t('inbox.quotaWords', { held: number(held), wanted: number(wanted), limit: number(limit) })}
      >
        <span style={{ width: share(held, limit) }} />
        <span data-over={isOver} style={{ width: share(Math.min(wanted, limit - held), limit) }} />
      </div>
      <Typography.Text type="secondary" className={styles.small}>
        {t('inbox.quotaWords', { held: number(held), wanted: number(wanted), limit: number(limit) })}
      </Typography.Text>
    </div>
  )
}

export const QuotaAfter = ({ quotas }: { readonly quotas: readonly Quota[] }) => (
  <div className={styles.quotas}>
    {quotas.map((it) => (
      <QuotaBar key={it.measure} quota={it} />
    ))}
  </div>
)
