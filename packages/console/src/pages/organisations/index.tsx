import { useTranslation } from '../../i18n/index.ts'
import { Page } from '../../ui/page.tsx'
import { CreateOrganisation } from './create-organisation.tsx'
import { OrganisationList } from './organisation-list.tsx'

export const OrganisationsPage = () => {
  const { t } = useTranslation()
  return (
    <Page
      title={t('pages.organisations')}
      hint={t('oversight.organisationsHint')}
      actions={<CreateOrganisation />}
      filled
    >
      <OrganisationList />
    </Page>
  )
}
