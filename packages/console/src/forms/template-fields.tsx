import type { Template } from '@yiduo/contract'
import { Flex, InputNumber, Typography } from 'antd'
import { usePlans } from '../components/names.tsx'
import { useTranslation } from '../i18n/index.ts'
import { useFormats } from '../ui/format.ts'
import { LimitedInput } from '../ui/limited.tsx'
import { Field } from './field.tsx'
import { longestPrefix, type RequestDraft } from './request-draft.ts'
import styles from './request-form.module.css'

/** An order by a template: how many of each part, and what stands before their names. */
export const TemplateFields = ({
  template,
  draft,
  onChange,
}: {
  readonly template: Template
  readonly draft: RequestDraft
  readonly onChange: (draft: RequestDraft) => void
}) => {
  const { t } = useTranslation()
  const { money, storage } = useFormats()
  const plans = usePlans()
  const setCount = (code: string, count: number | null, standard: number) => {
    const { [code]: _, ...others } = draft.quantities
    onChange({ ...draft, quantities: count === null || count === standard ? others : { ...others, [code]: count } })
  }
  return (
    <>
      <Typography.Paragraph type="secondary">{template.description}</Typography.Paragraph>
      <Field id="template-name" label={t('form.templateName')} extra={t('form.templateNameHint')}>
        <LimitedInput
          id="template-name"
          longest={longestPrefix}
          value={draft.templateName}
          onChange={(event) => onChange({ ...draft, templateName: event.target.value })}
        />
      </Field>
      <ul className={styles.parts}>
        {template.parts.map((part) => (
          <li key={part.code}>
            <div>
              <strong>{part.name}</strong>
              <Typography.Text type="secondary" style={{ display: 'block' }}>
                {[
                  plans.get(part.planId)?.plan.name,
                  part.dataVolumeGib > 0 && t('request.dataVolume', { size: storage(part.dataVolumeGib) }),
                  part.publicAddress && t('request.withAddress'),
                  part.monthlyPriceYuanE4 !== null && `${money(part.monthlyPriceYuanE4)}${t('states.perMonth')}`,
                ]
                  .filter((it) => it)
                  .join(' · ')}
              </Typography.Text>
            </div>
            <Flex gap={8} align="center">
              <InputNumber
                aria-label={`${part.name} ${t('request.quantity')}`}
                min={part.minimumQuantity}
                max={part.maximumQuantity}
                precision={0}
                disabled={part.minimumQuantity === part.maximumQuantity}
                value={draft.quantities[part.code] ?? part.quantity}
                onChange={(count) => setCount(part.code, count, part.quantity)}
              />
            </Flex>
          </li>
        ))}
      </ul>
    </>
  )
}
