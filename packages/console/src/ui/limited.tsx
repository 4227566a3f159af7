import { Input, type InputProps, Typography } from 'antd'
import type { TextAreaProps } from 'antd/es/input'
import { useTranslation } from '../i18n/index.ts'

/** As the contract has them; it counts characters, not the units that a browser stores them in. */
export const longestName = 120
export const longestRemark = 2_000
export const longestCode = 63
export const longestEndpoint = 500

const countOf = (text: string): number => [...text].length
export const isTooLong = (text: string, longest: number): boolean => countOf(text) > longest

interface Limit {
  readonly longest: number
}

const countFrom = 0.8

const useLimit = (value: unknown, longest: number) => {
  const { t } = useTranslation()
  const text = typeof value === 'string' ? value : ''
  const isOver = isTooLong(text, longest)
  return {
    control: {
      ...(isOver ? { status: 'error' as const, 'aria-invalid': true } : {}),
      count: {
        max: longest,
        strategy: countOf,
        show: ({ count }: { readonly count: number }) => (count > longest * countFrom ? `${count} / ${longest}` : ''),
      },
    },
    note: isOver && (
      <Typography.Text type="danger" role="alert">
        {t('states.tooLong', { longest, count: countOf(text) })}
      </Typography.Text>
    ),
  }
}

/** One line of text that says when it is too long; nothing of what is pasted is cut off unseen. */
export const LimitedInput = ({ longest, ...input }: InputProps & Limit) => {
  const { control, note } = useLimit(input.value, longest)
  return (
    <>
      <Input {...input} {...control} />
      {note}
    </>
  )
}

export const LimitedTextArea = ({ longest, ...area }: TextAreaProps & Limit) => {
  const { control, note } = useLimit(area.value, longest)
  return (
    <>
      <Input.TextArea {...area} {...control} />
      {note}
    </>
  )
}
