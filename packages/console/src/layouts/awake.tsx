import { Link } from '@tanstack/react-router'
import { Alert } from 'antd'
import { useEmergencyGrants } from '../components/grant/emergency.ts'
import { useTranslation } from '../i18n/index.ts'
import { paths } from '../paths.ts'
import { useFormats } from '../ui/format.ts'

/** Above every page for as long as emergency access is awake: whoever acts under it is to know. */
export const Awake = () => {
  const { t } = useTranslation()
  const { instant } = useFormats()
  const awake = useEmergencyGrants().flatMap((it) => (it.awake ? [it.grant] : []))
  return (
    <div role="status">
      {awake.map((it) => (
        <Alert
          key={it.id}
          type="error"
          banner
          showIcon
          title={t('grants.banner', { role: t(`shell.roles.${it.role}`), until: instant(it.until ?? '') })}
          action={<Link to={paths.emergencyAccess()}>{t('grants.end')}</Link>}
        />
      ))}
    </div>
  )
}
