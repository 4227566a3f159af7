import {
  lineScale,
  lineScaleQuote,
  requestProlong,
  requestProlongQuote,
  requestRestore,
  requestRestoreQuote,
  requestTransfer,
  requestTransferQuote,
  type ServiceRequest,
} from '@yiduo/contract'
import { Checkbox, Form, Input, InputNumber } from 'antd'
import { useState } from 'react'
import { useTranslation } from '../../i18n/index.ts'
import { dayOf, endOfDay } from '../../ui/day.ts'
import { ChangeButton } from '../change-dialog.tsx'
import { SystemSelect } from '../system-select.tsx'

interface Of {
  readonly request: ServiceRequest
}

/** Another end, or none. */
export const ProlongButton = ({ request }: Of) => {
  const { t } = useTranslation()
  const [day, setDay] = useState(request.expiresAt ? dayOf(request.expiresAt) : '')
  const [isOpenEnded, setOpenEnded] = useState(false)
  const params = { requestId: request.id }
  return (
    <ChangeButton
      ask={requestProlong}
      quote={requestProlongQuote}
      label={t('request.prolong')}
      callOf={() =>
        isOpenEnded
          ? { params, body: { expiresAt: null } }
          : day === ''
            ? null
            : { params, body: { expiresAt: endOfDay(day) } }
      }
    >
      <Form.Item label={t('request.lastDay')} htmlFor="change-day">
        <Input
          id="change-day"
          type="date"
          value={day}
          disabled={isOpenEnded}
          onChange={(event) => setDay(event.target.value)}
        />
      </Form.Item>
      <Checkbox checked={isOpenEnded} onChange={(event) => setOpenEnded(event.target.checked)}>
        {t('request.openEnded')}
      </Checkbox>
    </ChangeButton>
  )
}

export const TransferButton = ({ request }: Of) => {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<string>()
  const [typed, setTyped] = useState('')
  const systemId = typed.trim() || chosen
  return (
    <ChangeButton
      ask={requestTransfer}
      quote={requestTransferQuote}
      label={t('request.transfer')}
      callOf={() => (systemId ? { params: { requestId: request.id }, body: { systemId } } : null)}
    >
      <Form.Item label={t('request.transferTo')}>
        <SystemSelect label={t('request.transferTo')} value={chosen} onChange={setChosen} />
      </Form.Item>
      <Form.Item label={t('request.transferToOther')} htmlFor="change-system" extra={t('request.transferHint')}>
        <Input
          id="change-system"
          value={typed}
          placeholder="sys_…"
          onChange={(event) => setTyped(event.target.value)}
        />
      </Form.Item>
    </ChangeButton>
  )
}

export const RestoreButton = ({ request }: Of) => {
  const { t } = useTranslation()
  return (
    <ChangeButton
      ask={requestRestore}
      quote={requestRestoreQuote}
      label={t('request.restore')}
      button={{ type: 'primary' }}
      callOf={() => ({ params: { requestId: request.id }, body: {} })}
    >
      <p>{t('request.restoreHint')}</p>
    </ChangeButton>
  )
}

/** More or fewer of the equal servers of a line; of fewer, the newest go. */
export const ScaleButton = ({ line }: { readonly line: ServiceRequest['lines'][number] }) => {
  const { t } = useTranslation()
  const [quantity, setQuantity] = useState<number | null>(line.quantity)
  return (
    <ChangeButton
      ask={lineScale}
      quote={lineScaleQuote}
      label={t('request.scale')}
      button={{ size: 'small' }}
      confirmation={line.name}
      callOf={(confirmation) =>
        quantity === null || quantity === line.quantity
          ? null
          : { params: { lineId: line.id }, body: { quantity, ...(confirmation ? { confirmation } : {}) } }
      }
    >
      <Form.Item label={t('request.quantity')} htmlFor="change-quantity" extra={t('request.scaleHint')}>
        <InputNumber id="change-quantity" min={1} max={100} precision={0} value={quantity} onChange={setQuantity} />
      </Form.Item>
    </ChangeButton>
  )
}
