import { Link } from '@tanstack/react-router'
import { type Collection, requestGet, type ServiceRequest } from '@yiduo/contract'
import { Checkbox, Flex, Typography } from 'antd'
import { useAnswer } from '../../api/answers.ts'
import { usePlans } from '../../components/names.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Asked, Waiting } from '../../ui/asked.tsx'
import { useFormats } from '../../ui/format.ts'
import { joined } from '../../ui/joined.ts'
import { StateTag } from '../../ui/state-tag.tsx'
import styles from './collections.module.css'

type Member = Collection['members'][number]
type Line = ServiceRequest['lines'][number]

interface Choosing {
  /** Lines that are to be refused. */
  readonly except?: readonly string[]
  readonly onExcept?: (except: readonly string[]) => void
}

const LineRow = ({ line, except = [], onExcept }: Choosing & { readonly line: Line }) => {
  const { t } = useTranslation()
  const plans = usePlans()
  const { money } = useFormats()
  const words = [
    `${line.name}${line.quantity > 1 ? ` ×${line.quantity}` : ''}`,
    line.planId && plans.get(line.planId)?.plan.name,
    money(line.monthlyPriceYuanE4),
  ]
  const told = joined(words)
  if (!onExcept)
    return (
      <Flex gap={8} align="center">
        <span>{told}</span>
        <StateTag of="lineState" state={line.state} />
      </Flex>
    )
  const isRefused = except.includes(line.id)
  const toggle = () => onExcept(isRefused ? except.filter((it) => it !== line.id) : [...except, line.id])
  return (
    <Checkbox checked={!isRefused} onChange={toggle}>
      {isRefused ? <Typography.Text delete>{told}</Typography.Text> : told}
      {isRefused && <Typography.Text type="danger"> {t('collections.refused')}</Typography.Text>}
    </Checkbox>
  )
}

const MemberRow = ({ member, ...choosing }: Choosing & { readonly member: Member }) => {
  const { money } = useFormats()
  const asked = useAnswer(requestGet, { params: { requestId: member.requestId } })
  return (
    <div className={styles.member}>
      <div className={styles.head}>
        <Flex gap={8} align="center" wrap>
          <Link to={paths.request(member.requestId)}>{member.organisationName}</Link>
          <StateTag of="requestState" state={member.state} />
        </Flex>
        <strong>{money(member.monthlyPriceYuanE4)}</strong>
      </div>
      <Asked of={asked} waiting={<Waiting rows={1} />}>
        {(request) => (
          <Flex vertical gap={4}>
            {request.lines.map((it) => (
              <LineRow key={it.id} line={it} {...choosing} />
            ))}
          </Flex>
        )}
      </Asked>
    </div>
  )
}

/** Each request with its lines; the city takes away the ticks of those that it refuses. */
export const Members = ({ members, ...choosing }: Choosing & { readonly members: readonly Member[] }) => (
  <>
    {members.map((it) => (
      <MemberRow key={it.requestId} member={it} {...choosing} />
    ))}
  </>
)
