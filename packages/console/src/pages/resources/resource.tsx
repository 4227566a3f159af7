import { Link, useParams } from '@tanstack/react-router'
import { type Resource, resourceGet, resourceList, usageList } from '@yiduo/contract'
import { Alert, Flex, Typography } from 'antd'
import type { ReactNode } from 'react'
import { useAnswer } from '../../api/answers.ts'
import { useMay } from '../../api/session.ts'
import { ResourceHistory } from '../../components/resource/history.tsx'
import { PowerSchedules } from '../../components/resource/power-schedules.tsx'
import { ServerActions } from '../../components/resource/server-actions.tsx'
import { addressesOf, useSizeTold } from '../../components/resource/size.ts'
import { Snapshots } from '../../components/resource/snapshots.tsx'
import { Usage } from '../../components/resource/usage.tsx'
import {
  AddAddressButton,
  AddressActions,
  AddVolumeButton,
  VolumeActions,
} from '../../components/resource/volume-actions.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Asked } from '../../ui/asked.tsx'
import { Instant } from '../../ui/clock.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'

interface Of {
  readonly it: Resource
}

const isInUse = ({ state }: Resource): boolean => state === 'formal' || state === 'test'

/** Of one system; a server has a few. */
const most = 500

const Overview = ({ it }: Of) => {
  const { t } = useTranslation()
  const size = useSizeTold()
  return (
    <Section title={t('request.overview')}>
      <Facts
        of={[
          { label: t('resources.size'), value: size(it) || '–' },
          addressesOf(it).length > 0 && { label: t('resources.address'), value: addressesOf(it).join(', ') },
          it.desired.imageName !== undefined && { label: t('form.image'), value: it.desired.imageName },
          { label: t('requests.system'), value: <Link to={paths.system(it.systemId)}>{it.systemName}</Link> },
          { label: t('requests.organisation'), value: it.organisationName },
          { label: t('request.platform'), value: it.platformName },
          it.serverId !== null && {
            label: t('resources.server'),
            value: <Link to={paths.resource(it.serverId)}>{t('resources.toServer')}</Link>,
          },
          it.requestId !== null && {
            label: t('pages.request'),
            value: <Link to={paths.request(it.requestId)}>{t('request.origin')}</Link>,
          },
          { label: t('request.expires'), value: <Instant at={it.expiresAt} none={t('states.time.never')} /> },
          { label: t('requests.createdAt'), value: <Instant at={it.createdAt} /> },
          { label: t('resources.observedAt'), value: <Instant at={it.observedAt} /> },
          { label: t('resources.externalId'), value: it.externalId ?? '–' },
        ]}
      />
    </Section>
  )
}

const PartRow = ({ it, actions }: Of & { readonly actions: ReactNode }) => {
  const size = useSizeTold()
  return (
    <Flex justify="space-between" gap={8} wrap align="center">
      <Flex gap={8} wrap align="center">
        <Link to={paths.resource(it.id)}>{it.name}</Link>
        <StateTag of="resourceState" state={it.state} />
        <Typography.Text type="secondary">
          {[size(it), ...addressesOf(it)].filter((part) => part).join(' · ')}
        </Typography.Text>
      </Flex>
      <Flex gap={6} wrap>
        {actions}
      </Flex>
    </Flex>
  )
}

/** Disks and addresses of a server. */
const Parts = ({ it, kind }: Of & { readonly kind: 'volume' | 'address' }) => {
  const { t } = useTranslation()
  const asked = useAnswer(resourceList, { query: { systemId: it.systemId, kind, limit: most } })
  const add = kind === 'volume' ? <AddVolumeButton server={it} /> : <AddAddressButton server={it} />
  return (
    <Section
      title={t(kind === 'volume' ? 'resources.volumes' : 'resources.addresses')}
      extra={isInUse(it) ? add : undefined}
    >
      <Asked of={asked}>
        {({ items }) => {
          const own = items.filter((part) => part.serverId === it.id && part.state !== 'reclaimed')
          return (
            <Flex vertical gap={10}>
              {own.length === 0 && (
                <Typography.Text type="secondary">
                  {t(kind === 'volume' ? 'resources.noVolumes' : 'resources.noAddresses')}
                </Typography.Text>
              )}
              {own.map((part) => (
                <PartRow
                  key={part.id}
                  it={part}
                  actions={kind === 'volume' ? <VolumeActions volume={part} /> : <AddressActions address={part} />}
                />
              ))}
            </Flex>
          )
        }}
      </Asked>
    </Section>
  )
}

export const ResourcePage = () => {
  const { t } = useTranslation()
  const may = useMay()
  const { resourceId = '' } = useParams({ strict: false })
  const asked = useAnswer(resourceGet, { params: { resourceId } })
  return (
    <Asked of={asked}>
      {(it) => (
        <Page
          title={it.name}
          tag={
            <Flex gap={6}>
              <StateTag of="resourceKind" state={it.kind} />
              <StateTag of="resourceState" state={it.state} />
              {it.power && <StateTag of="power" state={it.power} />}
            </Flex>
          }
          crumbs={[{ title: t('pages.resources'), to: paths.resources() }]}
          actions={
            it.kind === 'server' ? (
              <ServerActions server={it} />
            ) : it.kind === 'volume' ? (
              <VolumeActions volume={it} />
            ) : it.kind === 'address' ? (
              <AddressActions address={it} />
            ) : null
          }
        >
          {it.state === 'reclaimed' && (
            <Alert type="info" showIcon title={t('resources.gone')} style={{ marginBottom: 16 }} />
          )}
          <Overview it={it} />
          {it.kind === 'server' && <Parts it={it} kind="volume" />}
          {it.kind === 'server' && <Parts it={it} kind="address" />}
          {(it.kind === 'server' || it.kind === 'volume') && <Snapshots of={it} />}
          {it.kind === 'server' && isInUse(it) && <PowerSchedules systemId={it.systemId} server={it} />}
          {may(usageList) && it.kind !== 'network' && <Usage of={it} />}
          <ResourceHistory of={it} />
        </Page>
      )}
    </Asked>
  )
}
