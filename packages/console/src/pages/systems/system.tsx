import { Link, useParams } from '@tanstack/react-router'
import { type BusinessSystem, billGet, requestCreate, requestList, resourceList, systemGet } from '@yiduo/contract'
import { Button, Flex, Typography } from 'antd'
import { useAnswer } from '../../api/answers.ts'
import { useMay } from '../../api/session.ts'
import { RaiseFinding } from '../../components/finding/raise-finding.tsx'
import { OrganisationName } from '../../components/names.tsx'
import { SystemQuotas } from '../../components/organisation/quotas.tsx'
import { PowerSchedules } from '../../components/resource/power-schedules.tsx'
import { ResourceRows } from '../../components/resource-rows.tsx'
import { useTranslation, useWord } from '../../i18n/index.ts'
import { now } from '../../now.ts'
import { paths } from '../../paths.ts'
import { Asked } from '../../ui/asked.tsx'
import { Instant } from '../../ui/clock.tsx'
import { dayOf } from '../../ui/day.ts'
import { Facts } from '../../ui/facts.tsx'
import { useFormats } from '../../ui/format.ts'
import { joined } from '../../ui/joined.ts'
import { Nothing } from '../../ui/nothing.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'

interface Of {
  readonly system: BusinessSystem
}

/** The first rows of a list; its own page has the rest. */
const shown = 20

const Resources = ({ system }: Of) => {
  const { t } = useTranslation()
  const asked = useAnswer(resourceList, { query: { systemId: system.id, limit: shown } })
  return (
    <Section
      title={t('systems.resources')}
      extra={
        <Link to={paths.resources()} search={{ systemId: system.id }}>
          {t('systems.all')}
        </Link>
      }
    >
      <Asked of={asked}>
        {({ items }) =>
          items.length === 0 ? <Nothing words={t('systems.noResources')} /> : <ResourceRows items={items} />
        }
      </Asked>
    </Section>
  )
}

const Requests = ({ system }: Of) => {
  const { t } = useTranslation()
  const word = useWord()
  const { money } = useFormats()
  const asked = useAnswer(requestList, { query: { systemId: system.id, limit: shown } })
  return (
    <Section
      title={t('systems.requests')}
      extra={
        <Link to={paths.requests()} search={{ systemId: system.id }}>
          {t('systems.all')}
        </Link>
      }
    >
      <Asked of={asked}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing words={t('systems.noRequests')} />
          ) : (
            <Flex vertical gap={8}>
              {items.map((it) => (
                <Flex key={it.id} justify="space-between" gap={8} wrap>
                  <Flex gap={8} wrap>
                    <Link to={paths.request(it.id)}>
                      {joined(
                        it.lines.map((line) => line.name),
                        ', ',
                      ) || word('requestKind', it.kind)}
                    </Link>
                    <StateTag of="requestState" state={it.state} />
                  </Flex>
                  <Typography.Text type="secondary">
                    {money(it.monthlyPriceYuanE4)}
                    {t('states.perMonth')}
                  </Typography.Text>
                </Flex>
              ))}
            </Flex>
          )
        }
      </Asked>
    </Section>
  )
}

/** This month's share of the organisation's provisional bill. */
const useCost = ({ system }: Of): number | null => {
  const may = useMay()
  const month = dayOf(now()).slice(0, 7)
  const { data } = useAnswer(
    billGet,
    { params: { organisationId: system.organisationId, month } },
    { enabled: may(billGet) },
  )
  if (!data) return null
  return data.lines.filter((it) => it.systemId === system.id).reduce((sum, it) => sum + it.amountYuanE4, 0)
}

const Overview = ({ system }: Of) => {
  const { t } = useTranslation()
  const word = useWord()
  const { money } = useFormats()
  const cost = useCost({ system })
  return (
    <Section title={t('request.overview')}>
      <Facts
        of={[
          { label: t('systems.organisation'), value: <OrganisationName id={system.organisationId} /> },
          { label: t('systems.grade'), value: t('systems.gradeOf', { grade: system.securityGrade }) },
          { label: t('systems.zone'), value: word('zone', system.zone) },
          { label: t('systems.dataClass'), value: t(`systems.dataClasses.${system.dataClass}`) },
          { label: t('systems.recovery'), value: t(`systems.recoveryModes.${system.recoveryMode}`) },
          cost !== null && { label: t('systems.cost'), value: <strong>{money(cost)}</strong> },
          { label: t('systems.createdAt'), value: <Instant at={system.createdAt} /> },
          { label: t('requests.id'), value: <Typography.Text copyable>{system.id}</Typography.Text> },
        ]}
      />
    </Section>
  )
}

export const SystemPage = () => {
  const { t } = useTranslation()
  const may = useMay()
  const { systemId = '' } = useParams({ strict: false })
  const asked = useAnswer(systemGet, { params: { systemId } })
  return (
    <Asked of={asked}>
      {(system) => (
        <Page
          title={system.name}
          crumbs={[{ title: t('pages.systems'), to: paths.systems() }]}
          actions={
            <>
              <RaiseFinding subject={system.id} />
              {may(requestCreate) && (
                <Link to={paths.catalogue()}>
                  <Button type="primary">{t('systems.order')}</Button>
                </Link>
              )}
            </>
          }
        >
          <Overview system={system} />
          <Resources system={system} />
          <Requests system={system} />
          <SystemQuotas systemId={system.id} />
          <PowerSchedules systemId={system.id} />
        </Page>
      )}
    </Asked>
  )
}
