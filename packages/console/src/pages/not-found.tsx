import { Button } from 'antd'
import { useTranslation } from '../i18n/index.ts'
import { paths } from '../paths.ts'
import { Outcome } from '../ui/outcome.tsx'

export const NotFoundPage = () => {
  const { t } = useTranslation()
  return (
    <Outcome
      isPage
      title={t('states.notFound')}
      hint={t('states.notFoundHint')}
      extra={
        <Button type="primary" href={paths.home()}>
          {t('states.toHome')}
        </Button>
      }
    />
  )
}
