import { useParams } from '@tanstack/react-router'
import { hostList, orphanList, type PlatformDetail, platformGet, platformProbe, poolList } from '@yiduo/contract'
import { Alert, Button, Flex, Tooltip, Typography } from 'antd'
import { useState } from 'react'
import { useAct, useAnswer } from '../../api/answers.ts'
import { useMay } from '../../api/session.ts'
import { Hosts } from '../../components/cloud/hosts.tsx'
import { RaiseFinding } from '../../components/finding/raise-finding.tsx'
import { OrganisationName } from '../../components/names.tsx'
import { OperationProgress } from '../../components/operation-progress.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Asked } from '../../ui/asked.tsx'
import { Instant } from '../../ui/clock.tsx'
import { Facts } from '../../ui/facts.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { useFormats } from '../../ui/format.ts'
import { Meter } from '../../ui/meter.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { ProblemNote } from '../../ui/problem.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { EditPlatform } from './edit-platform.tsx'
import { useKindWord } from './kind-word.ts'
import { Orphans } from './orphans.tsx'
import styles from './platforms.module.css'

/** What it can do, and why not what it cannot. */
export const Capabilities = ({
  platform,
}: {
  readonly platform: Pick<PlatformDetail, 'capabilities' | 'missingPermissions'>
}) => {
  const { t } = useTranslation()
  const words = useKindWord()
  const can = platform.capabilities.filter((it) => it.supported)
  const cannot = platform.capabilities.filter((it) => !it.supported)
  return (
    <Flex vertical gap={12}>
      {platform.missingPermissions.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={`${t('clouds.missing')}: ${platform.missingPermissions.join(', ')}`}
          description={t('clouds.missingHint')}
        />
      )}
      <div>
        <Typography.Text type="secondary">{t('clouds.capable', { count: can.length })}</Typography.Text>
        <ul className={styles.able}>
          {can.map((it) => (
            <li key={it.name}>✓ {words.capability(it.name)}</li>
          ))}
        </ul>
      </div>
      {cannot.length > 0 && (
        <div>
          <Typography.Text type="secondary">{t('clouds.incapable', { count: cannot.length })}</Typography.Text>
          <ul className={styles.unable}>
            {cannot.map((it) => (
              <li key={it.name}>
                {words.capability(it.name)}{' '}
                <Typography.Text type="secondary">{it.message ?? it.reason}</Typography.Text>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Flex>
  )
}

const Freshness = ({ platform }: { readonly platform: PlatformDetail }) => {
  const { t } = useTranslation()
  const words = useKindWord()
  return (
    <>
      <Typography.Paragraph type="secondary">{t('clouds.freshnessHint')}</Typography.Paragraph>
      <PlainTable
        label={t('clouds.freshness')}
        rows={platform.observations}
        idOf={(it) => it.kind}
        columns={[
          { id: 'kind', title: t('clouds.kind'), cell: (it) => words.kind(it.kind) },
          { id: 'listedAt', title: t('clouds.listedAt'), cell: (it) => <Instant at={it.listedAt} /> },
          {
            id: 'fault',
            title: t('clouds.problem'),
            cell: (it) => (it.fault ? <FaultNote fault={it.fault} type="warning" /> : '–'),
          },
        ]}
      />
    </>
  )
}

const Pools = ({ platformId }: { readonly platformId: string }) => {
  const { t } = useTranslation()
  const { number, memory } = useFormats()
  const asked = useAnswer(poolList, { query: { platformId } })
  return (
    <Asked of={asked}>
      {({ items }) =>
        items.length === 0 ? (
          <Typography.Text type="secondary">{t('clouds.noPool')}</Typography.Text>
        ) : (
          <Flex vertical gap={12}>
            {items.map((it) => (
              <div key={it.architecture} className={styles.pool}>
                <span>
                  {it.architecture} · {t('clouds.hosts')} {it.hosts ?? '–'}
                </span>
                <Meter
                  label={t('clouds.vcpus')}
                  used={it.vcpus.promised}
                  limit={it.vcpus.sellable}
                  show={number}
                  none={t('states.none')}
                />
                <Meter
                  label={t('clouds.memory')}
                  used={it.memoryMib.promised}
                  limit={it.memoryMib.sellable}
                  show={memory}
                  none={t('states.none')}
                />
              </div>
            ))}
          </Flex>
        )
      }
    </Asked>
  )
}

const ProbeButton = ({
  platformId,
  onBegun,
}: {
  readonly platformId: string
  readonly onBegun: (id: string) => void
}) => {
  const { t } = useTranslation()
  const may = useMay()
  const act = useAct(platformProbe, { onDone: ({ id }) => onBegun(id) })
  if (!may(platformProbe)) return null
  return (
    <>
      <Button loading={act.isPending} onClick={() => act.mutate({ params: { platformId } })}>
        {t('clouds.probe')}
      </Button>
      <ProblemNote error={act.error} />
    </>
  )
}

const PlatformFacts = ({ platform }: { readonly platform: PlatformDetail }) => {
  const { t } = useTranslation()
  return (
    <Facts
      of={[
        { label: t('clouds.product'), value: `${platform.product ?? platform.driver} ${platform.version ?? ''}` },
        {
          label: t('clouds.endpoint'),
          value: (
            <Tooltip title={platform.driver}>
              <code>{platform.endpoint}</code>
            </Tooltip>
          ),
        },
        {
          label: t('clouds.provider'),
          value: platform.providerOrganisationId ? (
            <OrganisationName id={platform.providerOrganisationId} />
          ) : (
            t('clouds.noProvider')
          ),
        },
        { label: t('clouds.operator'), value: <OrganisationName id={platform.organisationId} /> },
        { label: t('clouds.securityGrade'), value: t('terms.grade', { grade: platform.securityGrade }) },
        { label: t('clouds.overselling'), value: `${platform.vcpuOverselling} : 1` },
        { label: t('clouds.code'), value: platform.code },
        { label: t('clouds.probedAt'), value: <Instant at={platform.probedAt} /> },
      ]}
    />
  )
}

const Whole = ({ platform }: { readonly platform: PlatformDetail }) => {
  const { t } = useTranslation()
  const may = useMay()
  const [operationId, setOperationId] = useState<string | null>(null)
  return (
    <Page
      title={platform.name}
      tag={<StateTag of="platformState" state={platform.state} />}
      crumbs={[{ title: t('pages.platforms'), to: paths.platforms() }]}
      actions={
        <>
          <RaiseFinding subject={platform.id} />
          <EditPlatform platform={platform} onBegun={setOperationId} />
          <ProbeButton platformId={platform.id} onBegun={setOperationId} />
        </>
      }
    >
      {operationId && (
        <Section title={t('clouds.probing')}>
          <OperationProgress id={operationId} />
        </Section>
      )}
      <Section title={t('request.overview')}>
        <PlatformFacts platform={platform} />
      </Section>
      <Section title={t('clouds.pool')}>
        <Pools platformId={platform.id} />
      </Section>
      {may(hostList) && <Hosts platformId={platform.id} />}
      <Section title={t('clouds.capabilities')}>
        <Capabilities platform={platform} />
      </Section>
      {may(orphanList) && <Orphans platformId={platform.id} />}
      <Section title={t('clouds.freshness')}>
        <Freshness platform={platform} />
      </Section>
    </Page>
  )
}

export const PlatformPage = () => {
  const { platformId = '' } = useParams({ strict: false })
  const asked = useAnswer(platformGet, { params: { platformId } })
  return <Asked of={asked}>{(platform) => <Whole platform={platform} />}</Asked>
}
