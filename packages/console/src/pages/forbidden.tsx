import { rolesAllowed } from '@yiduo/contract'
import { type Needs, needsOf } from '../api/permissions.ts'
import { useTranslation } from '../i18n/index.ts'
import { Outcome } from '../ui/outcome.tsx'

/** A link to what this person may not see says whom to ask. */
export const ForbiddenPage = ({ needs }: { readonly needs: Needs | undefined }) => {
  const { t } = useTranslation()
  const allowed = new Set(needsOf(needs).flatMap((it) => rolesAllowed(it.name)))
  const roles = [...allowed].map((it) => t(`shell.roles.${it}`))
  return <Outcome isPage title={t('states.forbidden')} hint={t('states.forbiddenHint', { roles: roles.join(', ') })} />
}
