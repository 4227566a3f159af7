import DeleteOutlined from '@ant-design/icons/DeleteOutlined'
import { type DemandLine, type DemandPlan, demandPlanSet, measures, offeringList } from '@yiduo/contract'
import { Button, Form } from 'antd'
import { useAnswer } from '../../api/answers.ts'
import { useSession } from '../../api/session.ts'
import { FormButton } from '../../components/form-dialog.tsx'
import { ChoiceItem, NumberItem } from '../../components/form-items.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { now } from '../../now.ts'
import { dayOf } from '../../ui/day.ts'
import styles from './demand-plans.module.css'

interface Values {
  readonly year: number
  readonly lines: readonly DemandLine[]
}

const quarters = [1, 2, 3, 4] as const
/** Its offering is chosen in the form. */
const newLine: DemandLine = { quarter: 1, offeringId: '', measure: 'vcpu', quantity: 1 }

const LineItems = () => {
  const { t } = useTranslation()
  const offerings = useAnswer(offeringList, { query: { limit: 500 } }).data?.items
  return (
    <Form.List name="lines">
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name }) => (
            <div key={key} className={styles.line}>
              <ChoiceItem
                name={[name, 'quarter']}
                label={t('demand.from')}
                options={quarters.map((quarter) => ({ value: quarter, label: t('demand.quarter', { quarter }) }))}
              />
              <ChoiceItem
                name={[name, 'offeringId']}
                label={t('demand.offering')}
                options={offerings
                  ?.filter((it) => it.released)
                  .map((it) => ({ value: it.id, label: `${it.name} (${it.architecture})` }))}
              />
              <ChoiceItem
                name={[name, 'measure']}
                label={t('demand.measure')}
                options={measures.map((it) => ({ value: it, label: t(`measures.${it}`) }))}
              />
              <NumberItem name={[name, 'quantity']} label={t('demand.quantity')} min={1} max={100_000_000} />
              <Button
                icon={<DeleteOutlined />}
                aria-label={t('states.remove')}
                disabled={fields.length === 1}
                onClick={() => remove(name)}
              />
            </div>
          ))}
          <Button onClick={() => add(newLine)} block>
            {t('demand.addLine')}
          </Button>
        </>
      )}
    </Form.List>
  )
}

/** Writes the plan of a year, or what of it is to be changed. */
export const WritePlan = ({
  plan,
  onDone,
}: {
  readonly plan?: DemandPlan
  readonly onDone?: (plan: DemandPlan) => void
}) => {
  const { t } = useTranslation()
  const { person } = useSession()
  const next = Number(dayOf(now()).slice(0, 4)) + 1
  const initial: Partial<Values> = plan ? { year: plan.year, lines: plan.lines } : { year: next, lines: [newLine] }
  return (
    <FormButton<typeof demandPlanSet, Values>
      operation={demandPlanSet}
      label={t(plan ? 'states.edit' : 'demand.write')}
      button={plan ? {} : { type: 'primary' }}
      width={860}
      initial={initial}
      {...(plan ? { edits: { name: t('pages.demandPlan') } } : {})}
      callOf={({ year, lines }) => ({
        params: { organisationId: plan?.organisationId ?? person.organisationId },
        body: { year, lines: [...lines] },
      })}
      {...(onDone ? { onDone } : {})}
    >
      <NumberItem name="year" label={t('demand.year')} min={2_020} max={2_099} disabled={plan !== undefined} />
      <LineItems />
    </FormButton>
  )
}
