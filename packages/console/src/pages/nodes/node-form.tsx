import { type CloudNode, nodeCreate } from '@yiduo/contract'
import { Form } from 'antd'
import { FormButton } from '../../components/form-dialog.tsx'
import { ChoiceItem, CodeItem, TextItem } from '../../components/form-items.tsx'
import { OrganisationSelect } from '../../components/organisation-select.tsx'
import { useTranslation, useWord } from '../../i18n/index.ts'

const kinds = ['core', 'backbone', 'provider', 'integration', 'recovery'] as const

type Values = Pick<CloudNode, 'code' | 'name' | 'kind' | 'divisionCode' | 'operatorOrganisationId'>

export const CreateNode = () => {
  const { t } = useTranslation()
  const word = useWord()
  return (
    <FormButton<typeof nodeCreate, Values>
      operation={nodeCreate}
      label={t('clouds.createNode')}
      button={{ type: 'primary' }}
      initial={{ kind: 'backbone' }}
      callOf={(body) => ({ body })}
    >
      <TextItem name="name" label={t('clouds.name')} />
      <CodeItem label={t('clouds.code')} />
      <ChoiceItem
        name="kind"
        label={t('clouds.kind')}
        options={kinds.map((it) => ({ value: it, label: word('nodeKind', it) }))}
      />
      <Form.Item
        name="operatorOrganisationId"
        label={t('clouds.operator')}
        rules={[{ required: true, message: t('states.required') }]}
      >
        <OrganisationSelect />
      </Form.Item>
      <TextItem name="divisionCode" label={t('clouds.division')} extra={t('clouds.divisionHint')} maxLength={12} />
    </FormButton>
  )
}
