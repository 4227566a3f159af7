import { Link } from '@tanstack/react-router'
import {
  type CloudNode,
  type DataCentre,
  type Link as DirectLink,
  dataCentreList,
  linkList,
  nodeList,
} from '@yiduo/contract'
import { Tabs, Typography } from 'antd'
import { useMemo } from 'react'
import { useAnswer, usePages } from '../api/answers.ts'
import { OrganisationName } from '../components/names.tsx'
import { useTranslation, useWord } from '../i18n/index.ts'
import { paths } from '../paths.ts'
import { Due } from '../ui/clock.tsx'
import { useFormats } from '../ui/format.ts'
import { Page } from '../ui/page.tsx'
import { useFilters } from '../ui/search.ts'
import type { TableColumn } from '../ui/table/columns.ts'
import { List } from '../ui/table/list.tsx'

const whole = { query: { limit: 500 } } as const

const Nodes = () => {
  const { t } = useTranslation()
  const word = useWord()
  const pages = usePages(nodeList, {})
  const columns = useMemo(
    (): readonly TableColumn<CloudNode>[] => [
      {
        id: 'name',
        title: t('clouds.name'),
        width: 200,
        grow: 2,
        cell: (it) => (
          <Link to={paths.platforms()} search={{ nodeId: it.id }}>
            {it.name}
          </Link>
        ),
        value: (it) => it.name,
      },
      {
        id: 'kind',
        title: t('clouds.kind'),
        width: 130,
        cell: (it) => word('nodeKind', it.kind),
        value: (it) => word('nodeKind', it.kind),
      },
      {
        id: 'operator',
        title: t('clouds.operator'),
        width: 180,
        grow: 1,
        cell: (it) => <OrganisationName id={it.operatorOrganisationId} />,
        value: (it) => it.operatorOrganisationId,
      },
      {
        id: 'division',
        title: t('clouds.division'),
        width: 110,
        cell: (it) => it.divisionCode,
        value: (it) => it.divisionCode,
      },
      { id: 'code', title: t('clouds.code'), width: 140, cell: (it) => it.code, value: (it) => it.code },
    ],
    [t, word],
  )
  return (
    <List
      id="nodes"
      label={t('clouds.tabs.nodes')}
      columns={columns}
      pages={pages}
      idOf={(it) => it.id}
      empty={{ words: t('clouds.nodesEmpty') }}
    />
  )
}

const Centres = () => {
  const { t } = useTranslation()
  const { day } = useFormats()
  const pages = usePages(dataCentreList, {})
  const nodes = useAnswer(nodeList, whole).data
  const columns = useMemo((): readonly TableColumn<DataCentre>[] => {
    const nodeNames = new Map(nodes?.items.map((it) => [it.id, it.name]))
    const text = (id: 'powerGrid' | 'riverBasin' | 'seismicBelt', title: string): TableColumn<DataCentre> => ({
      id,
      title,
      width: 150,
      grow: 1,
      cell: (it) => <span title={it[id] ?? undefined}>{it[id] ?? '–'}</span>,
      value: (it) => it[id],
    })
    return [
      { id: 'name', title: t('clouds.name'), width: 190, grow: 1, cell: (it) => it.name, value: (it) => it.name },
      {
        id: 'role',
        title: t('clouds.role'),
        width: 100,
        cell: (it) => t(`terms.siteRoles.${it.role}`),
        value: (it) => t(`terms.siteRoles.${it.role}`),
      },
      {
        id: 'node',
        title: t('clouds.node'),
        width: 150,
        cell: (it) => nodeNames.get(it.nodeId) ?? '–',
        value: (it) => nodeNames.get(it.nodeId) ?? null,
      },
      text('powerGrid', t('clouds.grid')),
      text('riverBasin', t('clouds.basin')),
      text('seismicBelt', t('clouds.belt')),
      {
        id: 'pue',
        title: t('clouds.pue'),
        width: 60,
        align: 'end',
        cell: (it) => it.pue ?? '–',
        value: (it) => it.pue,
      },
      {
        id: 'green',
        title: t('clouds.green'),
        width: 80,
        cell: (it) => it.greenLevel ?? '–',
        value: (it) => it.greenLevel,
      },
      {
        id: 'lease',
        title: t('clouds.lease'),
        width: 130,
        cell: (it) => <Due at={it.leaseEndsAt} />,
        value: (it) => it.leaseEndsAt && day(it.leaseEndsAt),
      },
    ]
  }, [t, day, nodes])
  return (
    <List
      id="data-centres"
      label={t('clouds.tabs.centres')}
      columns={columns}
      pages={pages}
      idOf={(it) => it.id}
      empty={{ words: t('clouds.centresEmpty') }}
    />
  )
}

const Links = () => {
  const { t } = useTranslation()
  const { number, instant } = useFormats()
  const pages = usePages(linkList, {})
  const centres = useAnswer(dataCentreList, whole).data
  const columns = useMemo((): readonly TableColumn<DirectLink>[] => {
    const names = new Map(centres?.items.map((it) => [it.id, it.name]))
    const end = (id: 'fromDataCentreId' | 'toDataCentreId', title: string): TableColumn<DirectLink> => ({
      id,
      title,
      width: 180,
      grow: 1,
      cell: (it) => names.get(it[id]) ?? it[id],
      value: (it) => names.get(it[id]) ?? it[id],
    })
    return [
      end('fromDataCentreId', t('clouds.from')),
      end('toDataCentreId', t('clouds.to')),
      {
        id: 'bandwidth',
        title: t('clouds.bandwidth'),
        width: 110,
        align: 'end',
        cell: (it) => t('clouds.gbps', { value: number(it.bandwidthMbps / 1_000) }),
        value: (it) => it.bandwidthMbps / 1_000,
      },
      {
        id: 'latency',
        title: t('clouds.latency'),
        width: 110,
        align: 'end',
        cell: (it) =>
          it.latencyMs === null ? (
            <Typography.Text type="secondary">{t('clouds.notMeasured')}</Typography.Text>
          ) : (
            t('clouds.ms', { value: number(it.latencyMs) })
          ),
        value: (it) => it.latencyMs,
      },
      {
        id: 'distance',
        title: t('clouds.distance'),
        width: 110,
        align: 'end',
        cell: (it) => t('clouds.km', { value: number(Math.round(it.distanceKm)) }),
        value: (it) => it.distanceKm,
      },
      {
        id: 'measuredAt',
        title: t('clouds.measuredAt'),
        width: 170,
        cell: (it) => (it.measuredAt ? instant(it.measuredAt) : '–'),
        value: (it) => it.measuredAt && instant(it.measuredAt),
      },
    ]
  }, [t, number, instant, centres])
  return (
    <List
      id="links"
      label={t('clouds.tabs.links')}
      columns={columns}
      pages={pages}
      idOf={(it) => it.id}
      empty={{ words: t('clouds.linksEmpty') }}
    />
  )
}

const tabs = { nodes: Nodes, centres: Centres, links: Links } as const
const tabNames = ['nodes', 'centres', 'links'] as const

export const NodesPage = () => {
  const { t } = useTranslation()
  const [filters, setFilters] = useFilters(['tab'])
  const tab = tabNames.find((it) => it === filters.tab) ?? 'nodes'
  const Shown = tabs[tab]
  return (
    <Page title={t('pages.nodes')} hint={t('clouds.nodesHint')} filled>
      <Tabs
        activeKey={tab}
        onChange={(next) => setFilters({ tab: next === 'nodes' ? undefined : next })}
        items={tabNames.map((it) => ({ key: it, label: t(`clouds.tabs.${it}`) }))}
      />
      <Shown />
    </Page>
  )
}
