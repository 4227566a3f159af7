import { Form } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from '../i18n/index.ts'

/** One control under its label; what is missing is said below it once it was tried to send. */
export const Field = ({
  id,
  label,
  missing = false,
  required = false,
  extra,
  children,
}: {
  readonly id: string
  readonly label: string
  readonly missing?: boolean
  readonly required?: boolean
  readonly extra?: ReactNode
  readonly children: ReactNode
}) => {
  const { t } = useTranslation()
  return (
    <Form.Item
      label={label}
      htmlFor={id}
      required={required}
      extra={extra}
      {...(missing
        ? {
            validateStatus: 'error' as const,
            help: <span style={{ display: 'block', paddingBottom: 8 }}>{t('states.required')}</span>,
          }
        : {})}
      style={{ marginBottom: 12 }}
    >
      {children}
    </Form.Item>
  )
}
