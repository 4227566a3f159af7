import { componentList, measures, type Offering, offeringCreate, offeringEdit, planCreate } from '@yiduo/contract'
import { Alert } from 'antd'
import { useAnswer } from '../../api/answers.ts'
import { changedOf } from '../../forms/changed.ts'
import { useTranslation } from '../../i18n/index.ts'
import { FormButton } from '../form-dialog.tsx'
import { ChoiceItem, CodeItem, NumberItem, TagsItem, TextItem } from '../form-items.tsx'

const architectures = ['x86-64', 'arm64', 'loongarch64'] as const
const whole = { query: { limit: 500 } } as const

interface Editable {
  readonly name: string
  readonly imageNames: string[]
  readonly testDays: number
  readonly approvedByRuleUpToVcpus: number
}

interface Created extends Editable {
  readonly code: string
  readonly architecture: (typeof architectures)[number]
  readonly metering: Offering['metering']
}

/** What can be changed later as well. */
const EditableItems = () => {
  const { t } = useTranslation()
  return (
    <>
      <TextItem name="name" label={t('clouds.name')} />
      <TagsItem
        name="imageNames"
        label={t('catalogue.images')}
        extra={t('offerings.imagesHint')}
        placeholder={t('offerings.imagesExample')}
      />
      <NumberItem name="testDays" label={t('offerings.testDays')} min={1} max={365} />
      <NumberItem
        name="approvedByRuleUpToVcpus"
        label={t('offerings.byRuleUpTo')}
        extra={t('offerings.byRuleHint')}
        max={100_000}
      />
    </>
  )
}

/** Which component meters which measure; the only one there is stands there already. */
const MeteringItems = () => {
  const { t } = useTranslation()
  const components = useAnswer(componentList, whole).data?.items
  const lacks = measures.some((measure) => components && !components.some((it) => it.measure === measure))
  return (
    <>
      {lacks && <Alert type="warning" showIcon title={t('offerings.componentsLack')} style={{ marginBottom: 16 }} />}
      {measures.map((measure) => (
        <ChoiceItem
          key={measure}
          name={['metering', measure]}
          label={t('offerings.meteredBy', { measure: t(`measures.${measure}`) })}
          options={components
            ?.filter((it) => it.measure === measure)
            .map((it) => ({ value: it.id, label: `${it.name} (${it.code})` }))}
        />
      ))}
    </>
  )
}

export const CreateOffering = ({ onDone }: { readonly onDone: (offering: Offering) => void }) => {
  const { t } = useTranslation()
  return (
    <FormButton<typeof offeringCreate, Created>
      operation={offeringCreate}
      label={t('offerings.create')}
      button={{ type: 'primary' }}
      initial={{ architecture: 'x86-64', testDays: 7, approvedByRuleUpToVcpus: 4 }}
      callOf={(body) => ({ body: { kind: 'server', ...body } })}
      onDone={onDone}
    >
      <CodeItem label={t('clouds.code')} />
      <ChoiceItem
        name="architecture"
        label={t('clouds.architecture')}
        options={architectures.map((it) => ({ value: it, label: it }))}
      />
      <EditableItems />
      <MeteringItems />
    </FormButton>
  )
}

export const EditOffering = ({ offering }: { readonly offering: Offering }) => {
  const { t } = useTranslation()
  const { id, name, imageNames, testDays, approvedByRuleUpToVcpus } = offering
  const initial = { name, imageNames, testDays, approvedByRuleUpToVcpus }
  return (
    <FormButton<typeof offeringEdit, Editable>
      operation={offeringEdit}
      label={t('states.edit')}
      initial={initial}
      edits={{ name, revision: offering.revision }}
      callOf={(values) => ({ params: { offeringId: id }, body: changedOf(initial, values) })}
    >
      <EditableItems />
    </FormButton>
  )
}

interface PlanValues {
  readonly code: string
  readonly name: string
  readonly vcpus: number
  readonly memoryGib: number
  readonly systemDiskGib: number
}

/** Memory is sold in steps of 128 MiB; an eighth of a GiB is one. */
export const AddPlan = ({ offering }: { readonly offering: Offering }) => {
  const { t } = useTranslation()
  return (
    <FormButton<typeof planCreate, PlanValues>
      operation={planCreate}
      label={t('offerings.addPlan')}
      button={{ type: 'primary' }}
      initial={{ vcpus: 2, memoryGib: 4, systemDiskGib: 40 }}
      callOf={({ memoryGib, ...body }) => ({
        params: { offeringId: offering.id },
        body: { ...body, memoryMib: Math.round(memoryGib * 8) * 128 },
      })}
    >
      <CodeItem label={t('clouds.code')} />
      <TextItem name="name" label={t('clouds.name')} />
      <NumberItem name="vcpus" label={t('catalogue.vcpus')} min={1} max={1_024} />
      <NumberItem name="memoryGib" label={t('offerings.memoryGib')} min={0.125} max={32_768} precision={3} step={1} />
      <NumberItem name="systemDiskGib" label={t('offerings.diskGib')} min={1} max={65_536} step={20} />
    </FormButton>
  )
}
