import { Alert, Typography } from 'antd'
import type { ReactNode } from 'react'

interface Fault {
  readonly code: string
  readonly message: string
  readonly next: string
  readonly words: string | null
}

/** What went wrong with a thing, as it was kept: what it means, what to do next, and what the cloud itself said. */
export const FaultNote = ({
  fault,
  type = 'error',
  action,
}: {
  readonly fault: Fault
  readonly type?: 'error' | 'warning'
  readonly action?: ReactNode
}) => (
  <Alert
    type={type}
    showIcon
    title={fault.message}
    action={action}
    description={
      <>
        <div>{fault.next}</div>
        {fault.words && (
          <Typography.Text type="secondary" style={{ fontSize: 12, overflowWrap: 'anywhere' }}>
            {fault.words}
          </Typography.Text>
        )}
        <Typography.Text type="secondary" style={{ fontSize: 12, display: 'block' }}>
          {fault.code}
        </Typography.Text>
      </>
    }
  />
)
