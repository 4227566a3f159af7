import { useSession } from '../api/session.ts'
import { useTranslation } from '../i18n/index.ts'
import { Page } from '../ui/page.tsx'

export const HomePage = () => {
  const { t } = useTranslation()
  const { person } = useSession()
  return <Page title={t('pages.home')}>{person.name}</Page>
}
