import {
  type Component,
  componentCreate,
  componentList,
  measures,
  type Phase,
  type Price,
  phases,
  priceList,
  priceSet,
} from '@yiduo/contract'
import { Form, Input, InputNumber, Select } from 'antd'
import { useAnswer } from '../api/answers.ts'
import { FormButton } from '../components/form-dialog.tsx'
import { ChoiceItem, CodeItem, TextItem } from '../components/form-items.tsx'
import { useTranslation, useWord } from '../i18n/index.ts'
import { now } from '../now.ts'
import { Asked } from '../ui/asked.tsx'
import { useFormats } from '../ui/format.ts'
import { Nothing } from '../ui/nothing.tsx'
import { Page, Section } from '../ui/page.tsx'
import { PlainTable } from '../ui/plain-table.tsx'
import { StepChart } from '../ui/step-chart.tsx'

const whole = { query: { limit: 500 } } as const

/** Of one component and phase, the oldest first. */
const historyOf = (prices: readonly Price[], componentId: string, phase: Phase): readonly Price[] =>
  prices
    .filter((it) => it.componentId === componentId && it.phase === phase)
    .toSorted((a, b) => a.validFrom.localeCompare(b.validFrom))

const currentOf = (history: readonly Price[]): Price | undefined =>
  history.findLast((it) => Date.parse(it.validFrom) <= now())

interface Values {
  readonly phase: Phase
  readonly month: string
  readonly yuan: number
}

const SetPrice = ({ component }: { readonly component: Component }) => {
  const { t } = useTranslation()
  const word = useWord()
  const rules = [{ required: true, message: t('states.required') }]
  return (
    <FormButton<typeof priceSet, Values>
      operation={priceSet}
      label={t('money.setPrice')}
      button={{ size: 'small' }}
      initial={{ phase: 'formal' }}
      callOf={({ phase, month, yuan }) => ({
        body: {
          componentId: component.id,
          phase,
          // Months are Beijing's.
          validFrom: new Date(`${month}-01T00:00:00+08:00`).toISOString(),
          monthlyPriceYuanE4: Math.round(yuan * 10_000),
        },
      })}
    >
      <Form.Item label={t('money.component')}>{component.name}</Form.Item>
      <Form.Item name="phase" label={t('money.phase')} rules={rules}>
        <Select options={phases.map((it) => ({ value: it, label: word('phase', it) }))} />
      </Form.Item>
      <Form.Item name="month" label={t('money.from')} rules={rules}>
        <Input type="month" />
      </Form.Item>
      <Form.Item name="yuan" label={t('money.price')} rules={rules}>
        <InputNumber min={0} max={50_000} precision={4} style={{ width: '100%' }} />
      </Form.Item>
    </FormButton>
  )
}

const CreateComponent = () => {
  const { t } = useTranslation()
  return (
    <FormButton<typeof componentCreate, Pick<Component, 'code' | 'name' | 'measure'>>
      operation={componentCreate}
      label={t('money.createComponent')}
      callOf={(body) => ({ body })}
    >
      <CodeItem label={t('clouds.code')} />
      <TextItem name="name" label={t('clouds.name')} />
      <ChoiceItem
        name="measure"
        label={t('money.measure')}
        options={measures.map((it) => ({ value: it, label: t(`measures.${it}`) }))}
      />
    </FormButton>
  )
}

const Prices = ({
  components,
  prices,
}: {
  readonly components: readonly Component[]
  readonly prices: readonly Price[]
}) => {
  const { t } = useTranslation()
  const { money, day } = useFormats()
  const said = (price: Price | undefined, none: string) =>
    price?.monthlyPriceYuanE4 === undefined || price.monthlyPriceYuanE4 === null
      ? none
      : `${money(price.monthlyPriceYuanE4)}${t('states.perMonth')}`
  const drawn = (component: Component) => {
    const history = historyOf(prices, component.id, 'formal')
    const steps = history.map((it) => `${day(it.validFrom)} ${said(it, t('money.noPrice'))}`).join(', ')
    return (
      <StepChart
        label={t('money.historyWords', { name: component.name, steps: steps || t('money.noPrice') })}
        steps={history.map((it) => ({ from: Date.parse(it.validFrom), value: it.monthlyPriceYuanE4 ?? 0 }))}
        until={Math.max(now(), ...history.map((it) => Date.parse(it.validFrom)))}
      />
    )
  }
  return (
    <PlainTable
      label={t('pages.prices')}
      rows={components}
      idOf={(it) => it.id}
      columns={[
        { id: 'code', title: t('clouds.code'), cell: (it) => it.code },
        { id: 'name', title: t('money.component'), cell: (it) => it.name },
        { id: 'measure', title: t('money.measure'), cell: (it) => t(`measures.${it.measure}`) },
        {
          id: 'now',
          title: t('money.now'),
          align: 'end',
          cell: (it) => said(currentOf(historyOf(prices, it.id, 'formal')), t('money.noPrice')),
        },
        {
          id: 'test',
          title: t('money.testNow'),
          align: 'end',
          cell: (it) => said(currentOf(historyOf(prices, it.id, 'test')), t('money.free')),
        },
        { id: 'history', title: t('money.history'), cell: drawn },
        { id: 'set', title: t('money.acts'), cell: (it) => <SetPrice component={it} /> },
      ]}
    />
  )
}

export const PricesPage = () => {
  const { t } = useTranslation()
  const components = useAnswer(componentList, whole)
  const prices = useAnswer(priceList, whole)
  return (
    <Page title={t('pages.prices')} hint={t('money.pricesHint')} actions={<CreateComponent />}>
      <Asked of={components}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing words={t('money.pricesEmpty')} action={<CreateComponent />} />
          ) : (
            <Section title={t('pages.prices')}>
              <Asked of={prices}>{(all) => <Prices components={items} prices={all.items} />}</Asked>
            </Section>
          )
        }
      </Asked>
    </Page>
  )
}
