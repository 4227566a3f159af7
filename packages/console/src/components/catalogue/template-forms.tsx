import DeleteOutlined from '@ant-design/icons/DeleteOutlined'
import {
  type ServiceRequest,
  type Template,
  type TemplatePartAsk,
  templateCopy,
  templateCreate,
  templateEdit,
} from '@yiduo/contract'
import { Button, Flex, Form } from 'antd'
import { useTranslation } from '../../i18n/index.ts'
import { useFormats } from '../../ui/format.ts'
import { FormButton } from '../form-dialog.tsx'
import { CheckItem, ChoiceItem, CodeItem, NumberItem, TextItem, WordsItem } from '../form-items.tsx'
import { usePlans } from '../names.tsx'
import styles from './template-forms.module.css'

interface Values {
  readonly name: string
  readonly description?: string
  readonly parts: readonly (Omit<TemplatePartAsk, 'imageName'> & { readonly imageName?: string | null })[]
}

const most = 20
/** Its plan is chosen in the form. */
const newPart: Values['parts'][number] = {
  code: '',
  name: '',
  planId: '',
  quantity: 1,
  minimumQuantity: 1,
  maximumQuantity: 4,
  dataVolumeGib: 0,
  publicAddress: false,
}

const partsOf = (parts: Values['parts']): TemplatePartAsk[] =>
  parts.map(({ imageName, ...rest }) => ({ ...rest, ...(imageName ? { imageName } : {}) }))

const PartItems = ({ at, onRemove }: { readonly at: number; readonly onRemove: (() => void) | null }) => {
  const { t } = useTranslation()
  const { money } = useFormats()
  const plans = usePlans()
  const form = Form.useFormInstance()
  const planId: unknown = Form.useWatch(['parts', at, 'planId'], form)
  const images = typeof planId === 'string' ? (plans.get(planId)?.offering.imageNames ?? []) : []
  return (
    <fieldset className={styles.part}>
      <legend>{t('templates.part', { count: at + 1 })}</legend>
      <div className={styles.fields}>
        <TextItem name={[at, 'name']} label={t('clouds.name')} />
        <CodeItem name={[at, 'code']} label={t('clouds.code')} quiet />
        <ChoiceItem
          name={[at, 'planId']}
          label={t('request.plan')}
          options={[...plans.values()]
            .filter(({ offering }) => offering.released)
            .map(({ plan }) => ({
              value: plan.id,
              label: plan.monthlyPriceYuanE4 === null ? plan.name : `${plan.name} · ${money(plan.monthlyPriceYuanE4)}`,
            }))}
        />
        <ChoiceItem
          name={[at, 'imageName']}
          label={t('catalogue.images')}
          placeholder={t('templates.firstImage')}
          options={images.map((it) => ({ value: it, label: it }))}
          optional
        />
        <NumberItem name={[at, 'quantity']} label={t('templates.standard')} max={100} />
        <NumberItem name={[at, 'minimumQuantity']} label={t('templates.least')} max={100} />
        <NumberItem name={[at, 'maximumQuantity']} label={t('templates.most')} max={100} />
        <NumberItem name={[at, 'dataVolumeGib']} label={t('request.dataVolumeGib')} max={65_536} step={50} />
      </div>
      <Flex justify="space-between" align="center" gap={12}>
        <CheckItem name={[at, 'publicAddress']} label={t('request.withAddress')} />
        {onRemove && (
          <Button size="small" icon={<DeleteOutlined />} onClick={onRemove}>
            {t('templates.removePart')}
          </Button>
        )}
      </Flex>
    </fieldset>
  )
}

const Items = () => {
  const { t } = useTranslation()
  return (
    <>
      <TextItem name="name" label={t('clouds.name')} />
      <WordsItem name="description" label={t('templates.description')} optional />
      <Form.List name="parts">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <PartItems key={key} at={name} onRemove={fields.length > 1 ? () => remove(name) : null} />
            ))}
            {fields.length < most && (
              <Button block onClick={() => add(newPart)}>
                {t('templates.addPart')}
              </Button>
            )}
          </>
        )}
      </Form.List>
    </>
  )
}

export const CreateTemplate = ({ onDone }: { readonly onDone: (template: Template) => void }) => {
  const { t } = useTranslation()
  return (
    <FormButton<typeof templateCreate, Values>
      operation={templateCreate}
      label={t('templates.create')}
      button={{ type: 'primary' }}
      width={860}
      initial={{ parts: [newPart] }}
      callOf={({ name, description, parts }) => ({
        body: { name, ...(description ? { description } : {}), parts: partsOf(parts) },
      })}
      onDone={onDone}
    >
      <Items />
    </FormButton>
  )
}

export const EditTemplate = ({ template }: { readonly template: Template }) => {
  const { t } = useTranslation()
  const { id, name, description, revision } = template
  const parts = template.parts.map(({ monthlyPriceYuanE4: _, ...part }) => part)
  return (
    <FormButton<typeof templateEdit, Values>
      operation={templateEdit}
      label={t('states.edit')}
      width={860}
      initial={{ name, description, parts }}
      edits={{ name, revision }}
      callOf={(values) => ({
        params: { templateId: id },
        body: { name: values.name, description: values.description ?? '', parts: partsOf(values.parts) },
      })}
    >
      <Items />
    </FormButton>
  )
}

/** A template of what a request asked for, to be ordered again. */
export const CopyToTemplate = ({
  request,
  onDone,
}: {
  readonly request: ServiceRequest
  readonly onDone: (template: Template) => void
}) => {
  const { t } = useTranslation()
  return (
    <FormButton<typeof templateCopy, { readonly name: string; readonly description?: string }>
      operation={templateCopy}
      label={t('templates.copy')}
      callOf={({ name, description }) => ({
        body: { requestId: request.id, name, ...(description ? { description } : {}) },
      })}
      onDone={onDone}
    >
      <TextItem name="name" label={t('clouds.name')} extra={t('templates.copyHint')} />
      <WordsItem name="description" label={t('templates.description')} optional />
    </FormButton>
  )
}
