import { Flex, Progress, Typography } from 'antd'
import { useFormats } from './format.ts'

/** How much of a limit is taken. `none` stands where there is no limit. */
export const Meter = ({
  label,
  used,
  limit,
  show,
  none,
}: {
  readonly label: string
  readonly used: number
  readonly limit: number | null
  readonly show: (amount: number) => string
  readonly none: string
}) => {
  const { percent } = useFormats()
  const share = limit === null || limit === 0 ? 0 : used / limit
  const status = share >= 1 ? 'exception' : 'normal'
  return (
    <div>
      <Flex justify="space-between" gap={8}>
        <span>{label}</span>
        <Typography.Text type="secondary">
          {show(used)} / {limit === null ? none : show(limit)}
        </Typography.Text>
      </Flex>
      {limit !== null && (
        <Progress
          percent={Math.min(100, share * 100)}
          status={status}
          size="small"
          showInfo={false}
          aria-label={`${label} ${percent(share)}`}
        />
      )}
    </div>
  )
}
