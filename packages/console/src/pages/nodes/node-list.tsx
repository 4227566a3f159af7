import { Link } from '@tanstack/react-router'
import { type CloudNode, nodeList } from '@yiduo/contract'
import { useMemo } from 'react'
import { usePages } from '../../api/answers.ts'
import { OrganisationName } from '../../components/names.tsx'
import { useTranslation, useWord } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { useColumnKit } from '../../ui/table/column-kit.tsx'
import type { TableColumn } from '../../ui/table/columns.ts'
import { List } from '../../ui/table/list.tsx'
import { CreateNode } from './node-form.tsx'

export const NodeList = () => {
  const { t } = useTranslation()
  const column = useColumnKit()
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
      column.text('kind', t('clouds.kind'), 130, (it) => word('nodeKind', it.kind)),
      {
        id: 'operator',
        title: t('clouds.operator'),
        width: 180,
        grow: 1,
        cell: (it) => <OrganisationName id={it.operatorOrganisationId} />,
        value: (it) => it.operatorOrganisationId,
      },
      column.text('division', t('clouds.division'), 110, (it) => it.divisionCode),
      column.text('code', t('clouds.code'), 140, (it) => it.code),
    ],
    [t, column, word],
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
