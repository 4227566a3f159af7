import { grantList, type Person, serviceTokenList } from '@yiduo/contract'
import { Drawer } from 'antd'
import { useMay } from '../../api/session.ts'
import { useTranslation } from '../../i18n/index.ts'
import { joined } from '../../ui/joined.ts'
import { AccountActs } from './account-acts.tsx'
import { Grants } from './grants.tsx'
import { ServiceTokens } from './service-tokens.tsx'

/** One person, or program: what they hold, and what opens their account. */
export const PersonDrawer = ({ person, onClose }: { readonly person: Person; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const may = useMay()
  return (
    <Drawer open onClose={onClose} size="large" title={joined([person.name, person.login])}>
      {person.endedAt === null && <AccountActs person={person} onEnded={onClose} />}
      {may(grantList) && <Grants person={person} />}
      {person.kind === 'service' && may(serviceTokenList) && <ServiceTokens person={person} />}
      {person.endedAt !== null && t('oversight.leftHint')}
    </Drawer>
  )
}
