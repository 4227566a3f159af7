import {
  type DirectoryEntry,
  type IdentityProvider,
  identityProviderCompare,
  identityProviderImport,
} from '@yiduo/contract'
import { Drawer, Flex, Tag } from 'antd'
import { useAnswer } from '../../api/answers.ts'
import { ActButton } from '../../components/act-dialog.tsx'
import { OrganisationName } from '../../components/names.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { Asked } from '../../ui/asked.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'

/** Who lies in a directory, against who is here: what an import would change. */
export const DirectoryPeople = ({
  provider,
  onClose,
}: {
  readonly provider: IdentityProvider
  readonly onClose: () => void
}) => {
  const { t } = useTranslation()
  const params = { identityProviderId: provider.id }
  const asked = useAnswer(identityProviderCompare, { params })
  const act = (
    <ActButton
      operation={identityProviderImport}
      label={t('providers.import')}
      button={{ type: 'primary', disabled: !provider.enabled }}
      callOf={() => ({ params })}
    >
      {t('providers.importHint')}
    </ActButton>
  )
  return (
    <Drawer open onClose={onClose} size="large" title={`${provider.name} · ${t('providers.people')}`} extra={act}>
      <Asked of={asked}>
        {({ counts, items }) => (
          <Flex vertical gap={12}>
            <Flex gap={8} wrap>
              {Object.entries(counts).map(([state, count]) => (
                <Tag key={state}>
                  {t(`providers.states.${state as DirectoryEntry['state']}`)} · {t('providers.counts', { count })}
                </Tag>
              ))}
            </Flex>
            <PlainTable
              label={t('providers.people')}
              rows={items}
              idOf={(it) => it.subject}
              columns={[
                { id: 'login', title: t('shell.login.login'), cell: (it) => it.login },
                { id: 'name', title: t('providers.name'), cell: (it) => it.name },
                {
                  id: 'organisation',
                  title: t('oversight.organisation'),
                  cell: (it) => (it.organisationId ? <OrganisationName id={it.organisationId} /> : '–'),
                },
                { id: 'state', title: t('providers.state'), cell: (it) => t(`providers.states.${it.state}`) },
              ]}
            />
          </Flex>
        )}
      </Asked>
    </Drawer>
  )
}
