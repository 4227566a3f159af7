import { grantList, type Person, personCreate, personList } from '@yiduo/contract'
import { Button, Form, Input } from 'antd'
import { useMemo, useState } from 'react'
import { usePages } from '../../api/answers.ts'
import { useMay } from '../../api/session.ts'
import { FormButton } from '../../components/form-dialog.tsx'
import { OrganisationName } from '../../components/names.tsx'
import { OrganisationSelect } from '../../components/organisation-select.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { longestName } from '../../ui/limited.tsx'
import { Page } from '../../ui/page.tsx'
import { useFilters } from '../../ui/search.ts'
import { useColumnKit } from '../../ui/table/column-kit.tsx'
import type { TableColumn } from '../../ui/table/columns.ts'
import { List } from '../../ui/table/list.tsx'
import { Grants } from './grants.tsx'

/** The list is searched by two characters and more. */
const shortest = 2

interface Values {
  readonly login: string
  readonly name: string
  readonly organisationId: string
  readonly password: string
}

const CreatePerson = () => {
  const { t } = useTranslation()
  const rules = [{ required: true, message: t('states.required') }]
  const named = (max: number) => [...rules, { max }]
  return (
    <FormButton<typeof personCreate, Values>
      operation={personCreate}
      label={t('oversight.createPerson')}
      button={{ type: 'primary' }}
      callOf={(body) => ({ body })}
    >
      <Form.Item name="name" label={t('oversight.name')} rules={named(longestName)}>
        <Input />
      </Form.Item>
      <Form.Item name="login" label={t('oversight.login')} rules={named(63)}>
        <Input autoComplete="off" autoCapitalize="none" />
      </Form.Item>
      <Form.Item name="organisationId" label={t('oversight.organisation')} rules={rules}>
        <OrganisationSelect />
      </Form.Item>
      <Form.Item name="password" label={t('oversight.password')} extra={t('oversight.passwordHint')} rules={named(200)}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </FormButton>
  )
}

const useColumns = (onGrants: (person: Person) => void): readonly TableColumn<Person>[] => {
  const { t } = useTranslation()
  const column = useColumnKit()
  const may = useMay()
  const seesGrants = may(grantList)
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
      column.instant('createdAt', t('requests.createdAt'), 170, (it) => it.createdAt),
      ...(seesGrants
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
    [t, column, seesGrants, onGrants],
  )
}

export const PeoplePage = () => {
  const { t } = useTranslation()
  const [person, setPerson] = useState<Person | null>(null)
  const columns = useColumns(setPerson)
  const [filters, setFilters] = useFilters(['text'])
  const text = filters.text && filters.text.length >= shortest ? filters.text : undefined
  const pages = usePages(personList, text ? { text } : {})
  return (
    <Page title={t('pages.people')} hint={t('oversight.peopleHint')} actions={<CreatePerson />} filled>
      <List
        id="people"
        label={t('pages.people')}
        columns={columns}
        pages={pages}
        idOf={(it) => it.id}
        filtered={text !== undefined}
        onClearFilters={() => setFilters({ text: undefined })}
        empty={{ words: t('oversight.peopleEmpty') }}
        filters={
          <Input.Search
            allowClear
            aria-label={t('oversight.find')}
            placeholder={t('oversight.find')}
            style={{ width: 260 }}
            maxLength={120}
            defaultValue={filters.text}
            onSearch={(next) => setFilters({ text: next.trim() || undefined })}
          />
        }
      />
      {person && <Grants person={person} onClose={() => setPerson(null)} />}
    </Page>
  )
}
