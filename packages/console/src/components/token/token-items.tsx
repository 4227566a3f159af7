import { Form, Select } from 'antd'
import { useTranslation } from '../../i18n/index.ts'
import { now } from '../../now.ts'
import { dayOf, endOfDay } from '../../ui/day.ts'
import { DateItem, TextItem } from '../form-items.tsx'

export interface TokenValues {
  readonly name: string
  readonly operations: string[]
  readonly lastDay: string
}

export const tokenBody = ({ name, operations, lastDay }: TokenValues) => ({
  name,
  operations,
  expiresAt: endOfDay(lastDay),
})

/** What a new token is called, may do, and when it ends. */
export const TokenItems = ({ choices }: { readonly choices: readonly { value: string; label: string }[] }) => {
  const { t } = useTranslation()
  const rules = [{ required: true, message: t('states.required') }]
  return (
    <>
      <TextItem name="name" label={t('account.name')} />
      <Form.Item name="operations" label={t('account.operations')} extra={t('account.operationsHint')} rules={rules}>
        <Select mode="multiple" options={[...choices]} />
      </Form.Item>
      <DateItem name="lastDay" label={t('account.lastDay')} min={dayOf(now())} />
    </>
  )
}
