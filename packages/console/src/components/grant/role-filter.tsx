import { roles } from '@yiduo/contract'
import { Select } from 'antd'
import { useTranslation } from '../../i18n/index.ts'

/** One of the roles, or any. */
export const RoleFilter = ({
  value,
  onChange,
}: {
  readonly value: string | undefined
  readonly onChange: (role: string | undefined) => void
}) => {
  const { t } = useTranslation()
  return (
    <Select
      allowClear
      aria-label={t('oversight.role')}
      placeholder={t('oversight.role')}
      style={{ width: 150 }}
      value={roles.find((it) => it === value)}
      onChange={onChange}
      options={roles.map((it) => ({ value: it, label: t(`shell.roles.${it}`) }))}
    />
  )
}
