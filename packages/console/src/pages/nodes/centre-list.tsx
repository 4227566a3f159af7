import { type DataCentre, dataCentreEdit, dataCentreList, nodeList } from '@yiduo/contract'
import { useMemo } from 'react'
import { useAnswer, usePages } from '../../api/answers.ts'
import { useMay } from '../../api/session.ts'
import { useTranslation } from '../../i18n/index.ts'
import { Due } from '../../ui/clock.tsx'
import { useFormats } from '../../ui/format.ts'
import type { TableColumn } from '../../ui/table/columns.ts'
import { List } from '../../ui/table/list.tsx'
import { CreateCentre, EditCentre } from './centre-form.tsx'

const whole = { query: { limit: 500 } } as const

export const CentreList = () => {
  const { t } = useTranslation()
  const may = useMay()
  const edits = may(dataCentreEdit)
  const { day } = useFormats()
  const pages = usePages(dataCentreList, {})
  const nodes = useAnswer(nodeList, whole).data
  const columns = useMemo((): readonly TableColumn<DataCentre>[] => {
    const nodeNames = new Map(nodes?.items.map((it) => [it.id, it.name]))
    const text = (id: 'powerGrid' | 'riverBasin' | 'seismicBelt', title: string): TableColumn<DataCentre> => ({
      id,
      title,
      width: 120,
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
        hidden: true,
        align: 'end',
        cell: (it) => it.pue ?? '–',
        value: (it) => it.pue,
      },
      {
        id: 'green',
        title: t('clouds.green'),
        width: 80,
        hidden: true,
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
      ...(edits
        ? [
            {
              id: 'acts',
              title: t('clouds.acts'),
              width: 80,
              cell: (it: DataCentre) => <EditCentre centre={it} />,
              value: () => null,
            },
          ]
        : []),
    ]
  }, [t, day, nodes, edits])
  return (
    <List
      id="data-centres"
      label={t('clouds.tabs.centres')}
      columns={columns}
      pages={pages}
      idOf={(it) => it.id}
      empty={{ words: t('clouds.centresEmpty'), action: <CreateCentre /> }}
    />
  )
}
