import { Link, useNavigate } from '@tanstack/react-router'
import { type Offering, offeringList } from '@yiduo/contract'
import { useMemo } from 'react'
import { usePages } from '../../api/answers.ts'
import { CreateOffering } from '../../components/catalogue/offering-forms.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Page } from '../../ui/page.tsx'
import type { TableColumn } from '../../ui/table/columns.ts'
import { List } from '../../ui/table/list.tsx'
import { Released } from './released.tsx'

const useColumns = (): readonly TableColumn<Offering>[] => {
  const { t } = useTranslation()
  return useMemo(
    () => [
      {
        id: 'name',
        title: t('clouds.name'),
        width: 200,
        grow: 2,
        cell: (it) => <Link to={paths.releasedOffering(it.id)}>{it.name}</Link>,
        value: (it) => it.name,
      },
      { id: 'code', title: t('clouds.code'), width: 130, cell: (it) => it.code, value: (it) => it.code },
      {
        id: 'state',
        title: t('requests.state'),
        width: 100,
        cell: (it) => <Released offering={it} />,
        value: (it) => t(it.released ? 'offerings.released' : 'offerings.withdrawn'),
      },
      {
        id: 'architecture',
        title: t('clouds.architecture'),
        width: 110,
        cell: (it) => it.architecture,
        value: (it) => it.architecture,
      },
      {
        id: 'plans',
        title: t('offerings.plans'),
        width: 80,
        align: 'end',
        cell: (it) => it.plans.length,
        value: (it) => it.plans.length,
      },
      {
        id: 'images',
        title: t('catalogue.images'),
        width: 220,
        grow: 1,
        cell: (it) => <span title={it.imageNames.join(', ')}>{it.imageNames.join(', ')}</span>,
        value: (it) => it.imageNames.join(', '),
      },
      {
        id: 'byRule',
        title: t('offerings.byRuleUpTo'),
        width: 150,
        align: 'end',
        cell: (it) => it.approvedByRuleUpToVcpus,
        value: (it) => it.approvedByRuleUpToVcpus,
      },
      {
        id: 'testDays',
        title: t('offerings.testDays'),
        width: 120,
        align: 'end',
        cell: (it) => it.testDays,
        value: (it) => it.testDays,
      },
    ],
    [t],
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
