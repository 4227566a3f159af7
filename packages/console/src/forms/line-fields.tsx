import DeleteOutlined from '@ant-design/icons/DeleteOutlined'
import { Button, Checkbox, Flex, InputNumber, Select } from 'antd'
import { usePlans, usePlatformNames } from '../components/names.tsx'
import { useTranslation } from '../i18n/index.ts'
import { useFormats } from '../ui/format.ts'
import { LimitedInput, longestName } from '../ui/limited.tsx'
import { Field } from './field.tsx'
import type { LineDraft } from './request-draft.ts'
import styles from './request-form.module.css'

const mostServers = 100
const largestVolumeGib = 65_536

/** Plans by offering, each with its price. */
const usePlanOptions = () => {
  const { t } = useTranslation()
  const { money } = useFormats()
  const plans = [...usePlans().values()]
  const offerings = new Map(plans.map(({ offering }) => [offering.id, offering] as const))
  return [...offerings.values()]
    .filter((it) => it.released)
    .map((offering) => ({
      label: offering.name,
      options: offering.plans.map((plan) => ({
        value: plan.id,
        label:
          plan.monthlyPriceYuanE4 === null
            ? plan.name
            : `${plan.name} · ${money(plan.monthlyPriceYuanE4)}${t('states.perMonth')}`,
      })),
    }))
}

/** One line of a request: which plan, how many, and what comes with it. */
export const LineFields = ({
  line,
  index,
  tried,
  onChange,
  onRemove,
}: {
  readonly line: LineDraft
  readonly index: number
  readonly tried: boolean
  readonly onChange: (line: LineDraft) => void
  /** Absent where it is the only one. */
  readonly onRemove?: () => void
}) => {
  const { t } = useTranslation()
  const options = usePlanOptions()
  const platforms = usePlatformNames()
  const offering = usePlans().get(line.planId ?? '')?.offering
  const patch = (part: Partial<LineDraft>) => onChange({ ...line, ...part })
  const id = (field: string) => `line-${line.key}-${field}`
  return (
    <fieldset className={styles.line}>
      <legend>
        <Flex gap={8} align="center">
          {t('form.line', { number: index + 1 })}
          {onRemove && (
            <Button
              type="text"
              size="small"
              danger
              icon={<DeleteOutlined />}
              aria-label={t('form.removeLine', { number: index + 1 })}
              onClick={onRemove}
            />
          )}
        </Flex>
      </legend>
      <div className={styles.fields}>
        <div className={styles.wide}>
          <Field id={id('plan')} label={t('request.plan')} required missing={tried && line.planId === null}>
            <Select
              id={id('plan')}
              showSearch={{ optionFilterProp: 'label' }}
              placeholder={t('form.choosePlan')}
              value={line.planId}
              onChange={(planId) => patch({ planId, imageName: null })}
              options={options}
            />
          </Field>
        </div>
        <Field id={id('name')} label={t('form.name')} required missing={tried && line.name.trim() === ''}>
          <LimitedInput
            id={id('name')}
            longest={longestName}
            placeholder={t('form.nameExample')}
            value={line.name}
            onChange={(event) => patch({ name: event.target.value })}
          />
        </Field>
        <Field id={id('quantity')} label={t('request.quantity')} required missing={tried && !line.quantity}>
          <InputNumber
            id={id('quantity')}
            min={1}
            max={mostServers}
            precision={0}
            value={line.quantity}
            onChange={(quantity) => patch({ quantity })}
            style={{ width: '100%' }}
          />
        </Field>
        <Field id={id('image')} label={t('form.image')}>
          <Select
            id={id('image')}
            allowClear
            placeholder={offering?.imageNames[0] ?? t('form.firstImage')}
            value={line.imageName}
            onChange={(imageName: string | undefined) => patch({ imageName: imageName ?? null })}
            options={offering?.imageNames.map((value) => ({ value, label: value }))}
          />
        </Field>
        <Field id={id('volume')} label={t('request.dataVolumeGib')}>
          <InputNumber
            id={id('volume')}
            min={0}
            max={largestVolumeGib}
            step={50}
            precision={0}
            value={line.dataVolumeGib}
            onChange={(dataVolumeGib) => patch({ dataVolumeGib })}
            style={{ width: '100%' }}
          />
        </Field>
        {platforms.size > 0 && (
          <Field id={id('platform')} label={t('request.platform')}>
            <Select
              id={id('platform')}
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              placeholder={t('request.anyPlatform')}
              value={line.platformId}
              onChange={(platformId: string | undefined) => patch({ platformId: platformId ?? null })}
              options={[...platforms].map(([value, label]) => ({ value, label }))}
            />
          </Field>
        )}
        <Checkbox
          className={styles.check}
          checked={line.publicAddress}
          onChange={(event) => patch({ publicAddress: event.target.checked })}
        >
          {t('form.publicAddress')}
        </Checkbox>
      </div>
    </fieldset>
  )
}
