import { Link } from '@tanstack/react-router'
import { type CloudNode, nodeList } from '@yiduo/contract'
import { useMemo } from 'react'
import { usePages } from '../../api/answers.ts'
import { OrganisationName } from '../../components/names.tsx'
import { useTranslation, useWord } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import type { TableColumn } from '../../ui/table/columns.ts'
import { List } from '../../ui/table/list.tsx'
import { CreateNode } from './node-form.tsx'

export const NodeList = () => {
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
      empty={{ words: t('clouds.nodesEmpty'), action: <CreateNode /> }}
    />
  )
}
