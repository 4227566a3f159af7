import { type Grant, grantCreate, grantList, type Person, roles } from '@yiduo/contract'
import { Form, Input, Select, Typography } from 'antd'
import { useAnswer } from '../../api/answers.ts'
import { FormButton } from '../../components/form-dialog.tsx'
import { CheckItem } from '../../components/form-items.tsx'
import { GrantActs } from '../../components/grant/grant-acts.tsx'
import { GrantState } from '../../components/grant/grant-state.tsx'
import { ReachTree } from '../../components/grant/reach-tree.tsx'
import { OrganisationName } from '../../components/names.tsx'
import { OrganisationSelect } from '../../components/organisation-select.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { Asked } from '../../ui/asked.tsx'
import { endOfDay } from '../../ui/day.ts'
import { useFormats } from '../../ui/format.ts'
import { Section } from '../../ui/page.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'

const reaches = ['own', 'subtree', 'all'] as const

interface Values {
  readonly role: Grant['role']
  readonly organisationId: string
  readonly reach: Grant['reach']
  readonly until?: string
  readonly emergency?: boolean
}

const GrantRole = ({ person }: { readonly person: Person }) => {
  const { t } = useTranslation()
  const rules = [{ required: true, message: t('states.required') }]
  return (
    <FormButton<typeof grantCreate, Values>
      operation={grantCreate}
      label={t('oversight.grant')}
      button={{ type: 'primary' }}
      initial={{ role: 'department', reach: 'own', organisationId: person.organisationId }}
      callOf={({ until, emergency, ...rest }) => ({
        body: {
          ...rest,
          personId: person.id,
          ...(emergency ? { emergency } : {}),
          ...(until ? { until: endOfDay(until) } : {}),
        },
      })}
    >
      <Form.Item name="role" label={t('oversight.role')} rules={rules}>
        <Select options={roles.map((it) => ({ value: it, label: t(`shell.roles.${it}`) }))} />
      </Form.Item>
      <Form.Item name="organisationId" label={t('oversight.organisation')} rules={rules}>
        <OrganisationSelect />
      </Form.Item>
      <Form.Item name="reach" label={t('oversight.reach')} rules={rules}>
        <Select options={reaches.map((it) => ({ value: it, label: t(`terms.reaches.${it}`) }))} />
      </Form.Item>
      <Form.Item name="until" label={t('oversight.until')}>
        <Input type="date" />
      </Form.Item>
      <CheckItem name="emergency" label={t('grants.emergency')} extra={t('grants.emergencyHint')} />
      <Form.Item noStyle dependencies={['organisationId', 'reach']}>
        {({ getFieldValue }) =>
          getFieldValue('organisationId') && (
            <ReachTree organisationId={getFieldValue('organisationId')} reach={getFieldValue('reach')} />
          )
        }
      </Form.Item>
    </FormButton>
  )
}

/** What one person was granted, and the security administrators' acts on it. */
export const Grants = ({ person }: { readonly person: Person }) => {
  const { t } = useTranslation()
  const { day } = useFormats()
  const asked = useAnswer(grantList, { query: { personId: person.id, limit: 100 } })
  return (
    <Section title={t('oversight.grants')} extra={person.endedAt === null && <GrantRole person={person} />}>
      <Asked of={asked}>
        {({ items }) =>
          items.length === 0 ? (
            <Typography.Text type="secondary">{t('oversight.noGrants')}</Typography.Text>
          ) : (
            <PlainTable
              label={t('oversight.grants')}
              rows={items}
              idOf={(it) => it.id}
              columns={[
                { id: 'role', title: t('oversight.role'), cell: (it) => t(`shell.roles.${it.role}`) },
                {
                  id: 'organisation',
                  title: t('oversight.organisation'),
                  cell: (it) => <OrganisationName id={it.organisationId} />,
                },
                { id: 'reach', title: t('oversight.reach'), cell: (it) => t(`terms.reaches.${it.reach}`) },
                {
                  id: 'until',
                  title: t('oversight.until'),
                  cell: (it) => (it.lastsUntil ? day(it.lastsUntil) : t('oversight.forever')),
                },
                {
                  id: 'state',
                  title: t('oversight.grantState'),
                  cell: (it) => <GrantState grant={it} />,
                },
                {
                  id: 'revoke',
                  title: t('oversight.acts'),
                  cell: (it) => <GrantActs grant={it} />,
                },
              ]}
            />
          )
        }
      </Asked>
    </Section>
  )
}
