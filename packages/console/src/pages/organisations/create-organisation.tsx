import { actors, organisationCreate, organisationLevels } from '@yiduo/contract'
import { Checkbox, Form, Input, Select } from 'antd'
import { FormButton } from '../../components/form-dialog.tsx'
import { OrganisationSelect } from '../../components/organisation-select.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { longestName } from '../../ui/limited.tsx'

/** Of GB/T 2260, down to the village. */
const longestDivision = 12

interface Values {
  readonly parentId?: string
  readonly name: string
  readonly actor: (typeof actors)[number]
  readonly level: (typeof organisationLevels)[number]
  readonly divisionCode: string
  readonly consolidates?: boolean
}

export const CreateOrganisation = ({ parentId }: { readonly parentId?: string }) => {
  const { t } = useTranslation()
  const rules = [{ required: true, message: t('states.required') }]
  return (
    <FormButton<typeof organisationCreate, Values>
      operation={organisationCreate}
      label={t('oversight.createOrganisation')}
      button={{ type: 'primary' }}
      initial={{ actor: 'department', level: 'county', ...(parentId ? { parentId } : {}) }}
      callOf={({ parentId: above = null, consolidates = false, ...rest }) => ({
        body: { ...rest, parentId: above, consolidates },
      })}
    >
      {!parentId && (
        <Form.Item name="parentId" label={t('oversight.parent')}>
          <OrganisationSelect />
        </Form.Item>
      )}
      {parentId && <Form.Item name="parentId" hidden />}
      <Form.Item name="name" label={t('oversight.name')} rules={[...rules, { max: longestName }]}>
        <Input />
      </Form.Item>
      <Form.Item name="level" label={t('oversight.level')} rules={rules}>
        <Select options={organisationLevels.map((it) => ({ value: it, label: t(`terms.levels.${it}`) }))} />
      </Form.Item>
      <Form.Item name="actor" label={t('oversight.actorKind')} rules={rules}>
        <Select options={actors.map((it) => ({ value: it, label: t(`terms.actors.${it}`) }))} />
      </Form.Item>
      <Form.Item name="divisionCode" label={t('oversight.division')} rules={[...rules, { max: longestDivision }]}>
        <Input inputMode="numeric" />
      </Form.Item>
      <Form.Item name="consolidates" valuePropName="checked">
        <Checkbox>{t('oversight.consolidates')}</Checkbox>
      </Form.Item>
    </FormButton>
  )
}
