import type { Offering } from '@yiduo/contract'
import { Tag } from 'antd'
import { useTranslation } from '../../i18n/index.ts'

/** Whether it can be asked for. */
export const Released = ({ offering }: { readonly offering: Offering }) => {
  const { t } = useTranslation()
  return (
    <Tag color={offering.released ? 'success' : 'default'} variant="filled">
      {t(offering.released ? 'offerings.released' : 'offerings.withdrawn')}
    </Tag>
  )
}
