import { Typography } from 'antd'
import { useTranslation } from '../../i18n/index.ts'
import { useFormats } from '../../ui/format.ts'

/** A price a month; what has none cannot be asked for now, and says so. */
export const MonthlyPrice = ({
  yuanE4,
  strong = false,
}: {
  readonly yuanE4: number | null
  readonly strong?: boolean
}) => {
  const { t } = useTranslation()
  const { money } = useFormats()
  if (yuanE4 === null) return <Typography.Text type="warning">{t('catalogue.noPrice')}</Typography.Text>
  return (
    <span>
      {strong ? <strong style={{ fontSize: 18 }}>{money(yuanE4)}</strong> : money(yuanE4)}
      <Typography.Text type="secondary">{t('states.perMonth')}</Typography.Text>
    </span>
  )
}
