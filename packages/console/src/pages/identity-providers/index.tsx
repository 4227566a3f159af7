import {
  type IdentityProvider,
  identityProviderDisable,
  identityProviderEnable,
  identityProviderImport,
  identityProviderKinds,
  identityProviderList,
  identityProviderProbe,
  identityProviderRemove,
} from '@yiduo/contract'
import { App, Button, Flex, Tag, Typography } from 'antd'
import { useState } from 'react'
import { useAct, useAnswer } from '../../api/answers.ts'
import { useMay } from '../../api/session.ts'
import { ActButton } from '../../components/act-dialog.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { Asked } from '../../ui/asked.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { useTold } from '../../ui/problem.tsx'
import { CreateProvider, EditProvider } from './connection.tsx'
import { DirectoryPeople } from './people.tsx'
import { EditRules } from './rules.tsx'

const placeOf = ({ settings }: IdentityProvider): string | null => {
  if (settings.kind === 'openid') return settings.issuer
  return settings.kind === 'directory' ? settings.url : null
}

/** What it is called, and where: an address breaks anywhere rather than push the acts out of a narrow page. */
const Called = ({ provider }: { readonly provider: IdentityProvider }) => {
  const { t } = useTranslation()
  const place = placeOf(provider)
  return (
    <Flex vertical gap={2}>
      {provider.name}
      <Typography.Text type="secondary">{t(`providers.kinds.${provider.settings.kind}`)}</Typography.Text>
      {place !== null && <code style={{ overflowWrap: 'anywhere' }}>{place}</code>}
    </Flex>
  )
}

const ProbeButton = ({ provider }: { readonly provider: IdentityProvider }) => {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const may = useMay()
  const told = useTold()
  const act = useAct(identityProviderProbe, { onDone: (answer) => void message.success(answer.told, 8) })
  if (!may(identityProviderProbe)) return null
  return (
    <Button
      size="small"
      loading={act.isPending}
      onClick={() =>
        act.mutate(
          { params: { identityProviderId: provider.id } },
          { onError: (error) => void message.error(told(error).title, 8) },
        )
      }
    >
      {t('providers.probe')}
    </Button>
  )
}

const Acts = ({ provider, onPeople }: { readonly provider: IdentityProvider; readonly onPeople: () => void }) => {
  const { t } = useTranslation()
  const may = useMay()
  const callOf = () => ({ params: { identityProviderId: provider.id }, revision: provider.revision })
  return (
    <Flex gap={6} wrap>
      <EditRules provider={provider} />
      {provider.enabled ? (
        <ActButton
          operation={identityProviderDisable}
          label={t('providers.disable')}
          danger
          button={{ size: 'small' }}
          callOf={callOf}
        >
          <Typography.Paragraph>{t('providers.disableHint')}</Typography.Paragraph>
        </ActButton>
      ) : (
        <ActButton
          operation={identityProviderEnable}
          label={t('providers.enable')}
          button={{ size: 'small', type: 'primary' }}
          callOf={callOf}
        >
          <Typography.Paragraph>{t('providers.enableHint')}</Typography.Paragraph>
        </ActButton>
      )}
      <EditProvider provider={provider} />
      <ProbeButton provider={provider} />
      {provider.settings.kind === 'directory' && may(identityProviderImport) && (
        <Button size="small" onClick={onPeople}>
          {t('providers.people')}
        </Button>
      )}
      <ActButton
        operation={identityProviderRemove}
        label={t('states.remove')}
        danger
        confirmation={provider.code}
        button={{ size: 'small', danger: true }}
        callOf={() => ({ params: { identityProviderId: provider.id } })}
      >
        <Typography.Paragraph>{t('providers.removeHint')}</Typography.Paragraph>
      </ActButton>
    </Flex>
  )
}

/** Where people prove elsewhere who they are: connected by one administrator, let in by another. */
export const IdentityProvidersPage = () => {
  const { t } = useTranslation()
  const asked = useAnswer(identityProviderList, {})
  const [shown, setShown] = useState<IdentityProvider | null>(null)
  return (
    <Page
      title={t('pages.identityProviders')}
      hint={t('providers.hint')}
      actions={identityProviderKinds.map((kind) => <CreateProvider key={kind} kind={kind} />)}
    >
      <Asked of={asked}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing words={t('providers.none')} />
          ) : (
            <PlainTable
              label={t('pages.identityProviders')}
              rows={items}
              idOf={(it) => it.id}
              columns={[
                { id: 'name', title: t('providers.name'), cell: (it) => <Called provider={it} /> },
                {
                  id: 'state',
                  title: t('providers.state'),
                  cell: (it) => (
                    <span>
                      <Tag color={it.enabled ? 'success' : 'default'}>
                        {t(it.enabled ? 'providers.enabled' : 'providers.disabled')}
                      </Tag>
                    </span>
                  ),
                },
                {
                  id: 'acts',
                  title: t('oversight.acts'),
                  cell: (it) => <Acts provider={it} onPeople={() => setShown(it)} />,
                },
              ]}
            />
          )
        }
      </Asked>
      {shown && <DirectoryPeople provider={shown} onClose={() => setShown(null)} />}
    </Page>
  )
}
