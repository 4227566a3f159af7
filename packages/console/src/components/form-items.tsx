import { Checkbox, Form, Input, InputNumber, Select } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from '../i18n/index.ts'
import { longestName, longestRemark } from '../ui/limited.tsx'

type Name = string | readonly (string | number)[]

interface ItemProps {
  readonly name: Name
  readonly label: string
  /** May be left empty. */
  readonly optional?: boolean
  readonly extra?: ReactNode
}

/** What is too long is said at its field; nothing of what is pasted is cut off unseen. */
const useItem = ({ name, label, optional = false, extra }: ItemProps, longest?: number) => {
  const { t } = useTranslation()
  return {
    name: typeof name === 'string' ? name : [...name],
    label,
    extra,
    rules: [
      ...(optional ? [] : [{ required: true, message: t('states.required') }]),
      ...(longest === undefined ? [] : [{ max: longest }]),
    ],
  }
}

/** One line of words. */
export const TextItem = ({
  maxLength = longestName,
  placeholder,
  disabled,
  ...of
}: ItemProps & { readonly maxLength?: number; readonly placeholder?: string; readonly disabled?: boolean }) => (
  <Form.Item {...useItem(of, maxLength)}>
    <Input placeholder={placeholder} disabled={disabled} autoComplete="off" />
  </Form.Item>
)

/** What nobody beside reads along; no browser fills it in or keeps it. */
export const SecretItem = ({ maxLength = longestName, ...of }: ItemProps & { readonly maxLength?: number }) => (
  <Form.Item {...useItem(of, maxLength)}>
    <Input.Password autoComplete="new-password" />
  </Form.Item>
)

/** The code by which programs know a thing; it is never changed. */
export const CodeItem = ({
  name = 'code',
  label,
  quiet = false,
}: {
  readonly name?: Name
  readonly label: string
  /** Says what it may be made of only where it is not. */
  readonly quiet?: boolean
}) => {
  const { t } = useTranslation()
  const item = useItem({ name, label, extra: quiet ? undefined : t('clouds.codeHint') })
  const pattern = { pattern: /^[A-Za-z0-9][A-Za-z0-9.-]{0,62}$/, message: t('clouds.codeHint') }
  return (
    <Form.Item {...item} rules={[...item.rules, pattern]}>
      <Input autoComplete="off" autoCapitalize="none" />
    </Form.Item>
  )
}

/** Some lines of words. */
export const WordsItem = ({ maxLength = longestRemark, ...of }: ItemProps & { readonly maxLength?: number }) => (
  <Form.Item {...useItem(of, maxLength)}>
    <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} />
  </Form.Item>
)

export const NumberItem = ({
  min = 0,
  max,
  precision = 0,
  step,
  suffix,
  disabled,
  ...of
}: ItemProps & {
  readonly min?: number
  readonly max?: number
  readonly precision?: number
  readonly step?: number
  readonly suffix?: string
  readonly disabled?: boolean
}) => (
  <Form.Item {...useItem(of)}>
    <InputNumber
      min={min}
      max={max}
      precision={precision}
      step={step}
      suffix={suffix}
      disabled={disabled}
      style={{ width: '100%' }}
    />
  </Form.Item>
)

interface Option {
  readonly value: string | number
  readonly label: string
}

/** One of a list, or `several` of it. */
export const ChoiceItem = ({
  options,
  several = false,
  placeholder,
  disabled,
  ...of
}: ItemProps & {
  readonly options: readonly Option[] | undefined
  readonly several?: boolean
  readonly placeholder?: string
  readonly disabled?: boolean
}) => (
  <Form.Item {...useItem(of)}>
    <Select
      showSearch={{ optionFilterProp: 'label' }}
      allowClear={of.optional === true}
      loading={options === undefined}
      disabled={disabled}
      placeholder={placeholder}
      {...(several ? { mode: 'multiple' as const } : {})}
      options={options ? [...options] : []}
    />
  </Form.Item>
)

/** Words of one's own, as many as one likes. */
export const TagsItem = ({ placeholder, ...of }: ItemProps & { readonly placeholder?: string }) => (
  <Form.Item {...useItem(of)}>
    <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', '，']} placeholder={placeholder} />
  </Form.Item>
)

/** A day, a month or a time of day, as the browser asks for it. */
export const DateItem = ({
  of: kind = 'date',
  min,
  ...of
}: ItemProps & { readonly of?: 'date' | 'month' | 'time'; readonly min?: string }) => (
  <Form.Item {...useItem(of)}>
    <Input type={kind} min={min} />
  </Form.Item>
)

export const CheckItem = ({ name, label, extra }: Omit<ItemProps, 'optional'>) => (
  <Form.Item name={typeof name === 'string' ? name : [...name]} valuePropName="checked" extra={extra}>
    <Checkbox>{label}</Checkbox>
  </Form.Item>
)
