import { grantList, type Person, personEnd, personList, serviceTokenList } from '@yiduo/contract'
import { Button, Tag } from 'antd'
import { useMemo, useState } from 'react'
import { usePages } from '../../api/answers.ts'
import { useMay } from '../../api/session.ts'
import { OrganisationName } from '../../components/names.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { Page } from '../../ui/page.tsx'
import { useFilters } from '../../ui/search.ts'
import { useColumnKit } from '../../ui/table/column-kit.tsx'
import type { TableColumn } from '../../ui/table/columns.ts'
import { List } from '../../ui/table/list.tsx'
import { TextFilter } from '../../ui/table/text-filter.tsx'
import { WordFilter } from '../../ui/table/word-filter.tsx'
import { CreatePerson } from './create-person.tsx'
import { PersonDrawer } from './person.tsx'

const kinds = ['person', 'service'] as const satisfies readonly Person['kind'][]

/** What is not the rule: a program, or somebody who has left. */
const AccountTag = ({ person: { kind, endedAt } }: { readonly person: Person }) => {
  const { t } = useTranslation()
  if (endedAt !== null) return <Tag variant="filled">{t('oversight.left')}</Tag>
  return kind === 'service' ? (
    <Tag color="processing" variant="filled">
      {t('oversight.service')}
    </Tag>
  ) : null
}

const useColumns = (onGrants: (person: Person) => void): readonly TableColumn<Person>[] => {
  const { t } = useTranslation()
  const column = useColumnKit()
  const may = useMay()
  // Whoever may look at what somebody holds, or end what opens their account.
  const opens = [grantList, personEnd, serviceTokenList].some(may)
  return useMemo(
    () => [
      column.text('name', t('oversight.name'), 130, (it) => it.name),
      column.text('login', t('oversight.login'), 170, (it) => it.login),
      {
        id: 'organisation',
        title: t('oversight.organisation'),
        width: 220,
        grow: 1,
        cell: (it) => <OrganisationName id={it.organisationId} />,
        value: (it) => it.organisationId,
      },
      {
        id: 'state',
        title: t('oversight.account'),
        width: 110,
        cell: (it) => <AccountTag person={it} />,
        value: (it) => it.kind,
      },
      column.instant('createdAt', t('requests.createdAt'), 170, (it) => it.createdAt),
      ...(opens
        ? [
            {
              id: 'grants',
              title: t('oversight.grants'),
              width: 100,
              cell: (it: Person) => (
                <Button size="small" onClick={() => onGrants(it)}>
                  {t('oversight.show')}
                </Button>
              ),
              value: () => null,
            },
          ]
        : []),
    ],
    [t, column, opens, onGrants],
  )
}

export const PeoplePage = () => {
  const { t } = useTranslation()
  const [person, setPerson] = useState<Person | null>(null)
  const columns = useColumns(setPerson)
  const [filters, setFilters] = useFilters(['text', 'kind'])
  const kind = kinds.find((it) => it === filters.kind)
  const pages = usePages(personList, { text: filters.text, kind })
  return (
    <Page title={t('pages.people')} hint={t('oversight.peopleHint')} actions={<CreatePerson />} filled>
      <List
        id="people"
        label={t('pages.people')}
        columns={columns}
        pages={pages}
        idOf={(it) => it.id}
        filtered={Object.keys(filters).length > 0}
        onClearFilters={() => setFilters({ text: undefined, kind: undefined })}
        empty={{ words: t('oversight.peopleEmpty') }}
        filters={
          <>
            <TextFilter label={t('oversight.find')} value={filters.text} onChange={(text) => setFilters({ text })} />
            <WordFilter
              label={t('oversight.account')}
              words="personKind"
              codes={kinds}
              value={filters.kind}
              onChange={(next) => setFilters({ kind: next })}
            />
          </>
        }
      />
      {person && <PersonDrawer person={person} onClose={() => setPerson(null)} />}
    </Page>
  )
}
