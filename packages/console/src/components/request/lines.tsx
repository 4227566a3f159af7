import { Link } from '@tanstack/react-router'
import { requestDropLine, type ServiceRequest } from '@yiduo/contract'
import { Flex, Typography } from 'antd'
import { useTranslation, useWord } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { useFormats } from '../../ui/format.ts'
import { joined } from '../../ui/joined.ts'
import { StateTag } from '../../ui/state-tag.tsx'
import { ActButton } from '../act-dialog.tsx'
import { usePlans, usePlatformNames } from '../names.tsx'
import { OperationProgress } from '../operation-progress.tsx'
import { AmendButton } from './amend.tsx'
import { useChangeTold } from './change-told.ts'
import { ScaleButton } from './changes.tsx'
import styles from './request.module.css'

type Line = ServiceRequest['lines'][number]

/** Size and equipment of a line in one sentence. */
const useSpec = () => {
  const { t } = useTranslation()
  const plans = usePlans()
  const { storage } = useFormats()
  const told = useChangeTold()
  return (line: Line): string =>
    joined([
      line.change ? told(line.change) : null,
      line.planId && !line.change ? plans.get(line.planId)?.plan.name : null,
      line.imageName,
      line.dataVolumeGib > 0 && t('request.dataVolume', { size: storage(line.dataVolumeGib) }),
      line.publicAddress && t('request.withAddress'),
    ])
}

const LineCard = ({ request, line }: { readonly request: ServiceRequest; readonly line: Line }) => {
  const { t } = useTranslation()
  const word = useWord()
  const { money } = useFormats()
  const spec = useSpec()
  const platforms = usePlatformNames()
  const platform = line.platformId && platforms.get(line.platformId)
  const isOver = line.state === 'delivered' || line.state === 'dropped' || line.state === 'refused'
  const failed = request.state === 'delivery-failed' && line.state === 'failed'
  return (
    <li className={styles.line}>
      <Flex justify="space-between" gap={8} wrap>
        <Flex gap={8} align="center" wrap>
          <strong>{line.resourceId ? <Link to={paths.resource(line.resourceId)}>{line.name}</Link> : line.name}</strong>
          {line.quantity > 1 && <span>×{line.quantity}</span>}
          <StateTag of="lineState" state={line.state} />
        </Flex>
        <span>
          {money(line.monthlyPriceYuanE4)}
          {t('states.perMonth')}
        </span>
      </Flex>
      <Typography.Text type="secondary">
        {line.change && `${word('changeKind', line.change.kind)} · `}
        {spec(line)}
      </Typography.Text>
      {line.template && (
        <Typography.Text type="secondary">
          {t('request.fromTemplate', { name: line.template.name })} · {line.template.part}
        </Typography.Text>
      )}
      {platform && <Typography.Text type="secondary">{t('request.placedOn', { name: platform })}</Typography.Text>}
      {line.operationIds.map((id) => (
        <OperationProgress key={id} id={id} quiet={isOver} />
      ))}
      <Flex gap={8} wrap>
        {request.kind === 'open' && request.state === 'formal' && line.state === 'delivered' && (
          <ScaleButton line={line} />
        )}
        {failed && <AmendButton request={request} line={line} />}
        {failed && (
          <ActButton
            operation={requestDropLine}
            label={t('request.dropLine')}
            danger
            button={{ size: 'small' }}
            remark="optional"
            callOf={(remark) => ({ params: { requestId: request.id, lineId: line.id }, body: { remark } })}
          >
            <Typography.Paragraph>{t('request.dropLineHint')}</Typography.Paragraph>
          </ActButton>
        )}
      </Flex>
    </li>
  )
}

/** What is asked for, line by line, with what each is coming to. */
export const RequestLines = ({ request }: { readonly request: ServiceRequest }) => (
  <ul className={styles.lines}>
    {request.lines.map((line) => (
      <LineCard key={line.id} request={request} line={line} />
    ))}
  </ul>
)
