import { useNavigate } from '@tanstack/react-router'
import { type Offering, offeringList } from '@yiduo/contract'
import { useMemo } from 'react'
import { usePages } from '../../api/answers.ts'
import { CreateOffering } from '../../components/catalogue/offering-forms.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Page } from '../../ui/page.tsx'
import { useColumnKit } from '../../ui/table/column-kit.tsx'
import type { TableColumn } from '../../ui/table/columns.ts'
import { List } from '../../ui/table/list.tsx'
import { Released } from './released.tsx'

const useColumns = (): readonly TableColumn<Offering>[] => {
  const { t } = useTranslation()
  const column = useColumnKit()
  return useMemo(
    () => [
      column.link(
        'name',
        t('clouds.name'),
        200,
        { name: (it) => it.name, to: (it) => paths.releasedOffering(it.id) },
        { grow: 2 },
      ),
      column.text('code', t('clouds.code'), 130, (it) => it.code),
      {
        id: 'state',
        title: t('requests.state'),
        width: 100,
        cell: (it) => <Released offering={it} />,
        value: (it) => t(it.released ? 'offerings.released' : 'offerings.withdrawn'),
      },
      column.text('architecture', t('clouds.architecture'), 110, (it) => it.architecture),
      column.text('plans', t('offerings.plans'), 80, (it) => it.plans.length, { align: 'end' }),
      {
        id: 'images',
        title: t('catalogue.images'),
        width: 220,
        grow: 1,
        cell: (it) => <span title={it.imageNames.join(', ')}>{it.imageNames.join(', ')}</span>,
        value: (it) => it.imageNames.join(', '),
      },
      column.text('byRule', t('offerings.byRuleUpTo'), 150, (it) => it.approvedByRuleUpToVcpus, { align: 'end' }),
      column.text('testDays', t('offerings.testDays'), 120, (it) => it.testDays, { align: 'end' }),
    ],
    [t, column],
  )
}

export const OfferingsPage = () => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const columns = useColumns()
  const pages = usePages(offeringList, {})
  const create = <CreateOffering onDone={({ id }) => void navigate({ to: paths.releasedOffering(id) })} />
  return (
    <Page title={t('pages.offerings')} hint={t('offerings.hint')} actions={create} filled>
      <List
        id="offerings"
        label={t('pages.offerings')}
        columns={columns}
        pages={pages}
        idOf={(it) => it.id}
        pathOf={(it) => paths.releasedOffering(it.id)}
        empty={{ words: t('offerings.empty'), action: create }}
      />
    </Page>
  )
}
