import { type Person, personCreate } from '@yiduo/contract'
import { Form, Input } from 'antd'
import { FormButton } from '../../components/form-dialog.tsx'
import { ChoiceItem } from '../../components/form-items.tsx'
import { OrganisationSelect } from '../../components/organisation-select.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { longestName } from '../../ui/limited.tsx'

interface Values {
  readonly kind: Person['kind']
  readonly login: string
  readonly name: string
  readonly organisationId: string
  readonly password?: string
}

const kinds = ['person', 'service'] as const

/** A person with a one-time password, or a program that comes with tokens. */
export const CreatePerson = () => {
  const { t } = useTranslation()
  const rules = [{ required: true, message: t('states.required') }]
  const named = (max: number) => [...rules, { max }]
  return (
    <FormButton<typeof personCreate, Values>
      operation={personCreate}
      label={t('oversight.createPerson')}
      button={{ type: 'primary' }}
      initial={{ kind: 'person' }}
      callOf={(body) => ({ body })}
    >
      <ChoiceItem
        name="kind"
        label={t('oversight.account')}
        options={kinds.map((it) => ({ value: it, label: t(`oversight.kinds.${it}`) }))}
      />
      <Form.Item name="name" label={t('oversight.name')} rules={named(longestName)}>
        <Input />
      </Form.Item>
      <Form.Item name="login" label={t('oversight.login')} rules={named(63)}>
        <Input autoComplete="off" autoCapitalize="none" />
      </Form.Item>
      <Form.Item name="organisationId" label={t('oversight.organisation')} rules={rules}>
        <OrganisationSelect />
      </Form.Item>
      <Form.Item noStyle dependencies={['kind']}>
        {({ getFieldValue }) =>
          getFieldValue('kind') === 'person' && (
            <Form.Item
              name="password"
              label={t('oversight.password')}
              extra={t('oversight.passwordHint')}
              rules={named(200)}
              preserve={false}
            >
              <Input.Password autoComplete="new-password" />
            </Form.Item>
          )
        }
      </Form.Item>
    </FormButton>
  )
}
