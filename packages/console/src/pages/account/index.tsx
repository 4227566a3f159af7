import { useTranslation } from '../../i18n/index.ts'
import { Page } from '../../ui/page.tsx'
import { Factors } from './factors.tsx'
import { Sessions } from './sessions.tsx'
import { Tokens } from './tokens.tsx'

/** What opens my account: second factors, where I am signed in, tokens of my programs. */
export const AccountPage = () => {
  const { t } = useTranslation()
  return (
    <Page title={t('pages.account')} hint={t('account.hint')}>
      <Factors />
      <Sessions />
      <Tokens />
    </Page>
  )
}
