import { dataCentreList, type Link, linkEdit, linkList } from '@yiduo/contract'
import { Typography } from 'antd'
import { useMemo } from 'react'
import { useAnswer, usePages } from '../../api/answers.ts'
import { useMay } from '../../api/session.ts'
import { useTranslation } from '../../i18n/index.ts'
import { useFormats } from '../../ui/format.ts'
import type { TableColumn } from '../../ui/table/columns.ts'
import { List } from '../../ui/table/list.tsx'
import { CreateLink, EditLink } from './link-form.tsx'

const whole = { query: { limit: 500 } } as const

export const LinkList = () => {
  const { t } = useTranslation()
  const may = useMay()
  const edits = may(linkEdit)
  const { number, instant } = useFormats()
  const pages = usePages(linkList, {})
  const centres = useAnswer(dataCentreList, whole).data
  const columns = useMemo((): readonly TableColumn<Link>[] => {
    const names = new Map(centres?.items.map((it) => [it.id, it.name]))
    const end = (id: 'fromDataCentreId' | 'toDataCentreId', title: string): TableColumn<Link> => ({
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
      ...(edits
        ? [
            {
              id: 'acts',
              title: t('clouds.acts'),
              width: 80,
              cell: (it: Link) => <EditLink link={it} />,
              value: () => null,
            },
          ]
        : []),
    ]
  }, [t, number, instant, centres, edits])
  return (
    <List
      id="links"
      label={t('clouds.tabs.links')}
      columns={columns}
      pages={pages}
      idOf={(it) => it.id}
      empty={{ words: t('clouds.linksEmpty'), action: <CreateLink /> }}
    />
  )
}
