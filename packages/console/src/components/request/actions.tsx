import { Link, useNavigate } from '@tanstack/react-router'
import {
  requestDiscard,
  requestEdit,
  requestFailTest,
  requestPassTest,
  requestPurge,
  requestReclaim,
  requestReject,
  requestRetry,
  requestReturn,
  requestSubmit,
  type ServiceRequest,
  systemGet,
} from '@yiduo/contract'
import { Button, Typography } from 'antd'
import { useAnswer } from '../../api/answers.ts'
import { useMay, useSession } from '../../api/session.ts'
import { useTranslation } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { useFormats } from '../../ui/format.ts'
import { ActButton } from '../act-dialog.tsx'
import { CopyToTemplate } from '../catalogue/template-forms.tsx'
import { ProlongButton, RestoreButton, TransferButton } from './changes.tsx'
import { decisionsOf } from './decide.ts'
import { failedStates } from './failed.ts'

interface Of {
  readonly request: ServiceRequest
}

const paramsOf = (request: ServiceRequest) => ({ requestId: request.id })

/** Of whoever has a seat in the stage that is open. */
const Decisions = ({ request }: Of) => {
  const { t } = useTranslation()
  const { money } = useFormats()
  const may = decisionsOf(useSession(), request)
  const params = paramsOf(request)
  const label =
    may.agree?.name === 'request.forward'
      ? t('request.forward')
      : may.agree?.name === 'request.accept'
        ? t('request.accept')
        : t('request.approve')
  return (
    <>
      {may.agree && (
        <ActButton
          operation={may.agree}
          label={label}
          button={{ type: 'primary' }}
          remark="optional"
          callOf={(remark) => ({ params, body: { remark } })}
        >
          <Typography.Paragraph>
            {t('request.approveHint', { price: money(request.monthlyPriceYuanE4) })}
          </Typography.Paragraph>
        </ActButton>
      )}
      {may.return && (
        <ActButton
          operation={requestReturn}
          label={t('request.return')}
          remark="required"
          callOf={(remark) => ({ params, body: { remark } })}
        />
      )}
      {may.reject && (
        <ActButton
          operation={requestReject}
          label={t('request.reject')}
          danger
          button={{ danger: true }}
          remark="required"
          callOf={(remark) => ({ params, body: { remark } })}
        />
      )}
    </>
  )
}

const isDrafting = ({ state }: ServiceRequest): boolean => state === 'draft' || state === 'returned'
const isUndecided = (it: ServiceRequest): boolean =>
  isDrafting(it) || it.state === 'submitted' || it.state === 'collecting'

/** Of whoever asks, until it is decided. */
const Asking = ({ request }: Of) => {
  const { t } = useTranslation()
  const { money } = useFormats()
  const may = useMay()
  const params = paramsOf(request)
  const { monthlyPriceYuanE4 } = request
  return (
    <>
      {isDrafting(request) && (
        <ActButton
          operation={requestSubmit}
          label={t('request.submit')}
          button={{ type: 'primary' }}
          remark="optional"
          callOf={(remark) => ({
            params,
            body: { remark, ...(request.kind === 'open' ? { monthlyPriceYuanE4 } : {}) },
          })}
        >
          <Typography.Paragraph>{t('request.submitHint', { price: money(monthlyPriceYuanE4) })}</Typography.Paragraph>
        </ActButton>
      )}
      {isDrafting(request) && request.kind === 'open' && may(requestEdit) && (
        <Link to={paths.editRequest(request.id)}>
          <Button>{t('states.edit')}</Button>
        </Link>
      )}
      {(isUndecided(request) || request.state === 'delivery-failed') && (
        <ActButton
          operation={requestDiscard}
          label={t('request.discard')}
          danger
          remark="optional"
          callOf={(remark) => ({ params, body: { remark } })}
        >
          <Typography.Paragraph>
            {t(request.state === 'delivery-failed' ? 'request.giveUpHint' : 'request.discardHint')}
          </Typography.Paragraph>
        </ActButton>
      )}
    </>
  )
}

/** One click each: what was tried becomes formal as it is, or goes back. */
const Testing = ({ request }: Of) => {
  const { t } = useTranslation()
  const params = paramsOf(request)
  return (
    <>
      <ActButton
        operation={requestPassTest}
        label={t('request.passTest')}
        button={{ type: 'primary' }}
        remark="optional"
        callOf={(remark) => ({ params, body: { remark } })}
      >
        <Typography.Paragraph>{t('request.passTestHint')}</Typography.Paragraph>
      </ActButton>
      <ActButton
        operation={requestFailTest}
        label={t('request.failTest')}
        danger
        button={{ danger: true }}
        remark="required"
        callOf={(remark) => ({ params, body: { remark } })}
      >
        <Typography.Paragraph>{t('request.failTestHint')}</Typography.Paragraph>
      </ActButton>
    </>
  )
}

const Holding = ({ request }: Of) => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return (
    <>
      <CopyToTemplate request={request} onDone={({ id }) => void navigate({ to: paths.template(id) })} />
      <ProlongButton request={request} />
      <TransferButton request={request} />
      <ActButton
        operation={requestReclaim}
        label={t('request.reclaim')}
        danger
        button={{ danger: true }}
        remark="required"
        callOf={(remark) => ({ params: paramsOf(request), body: { remark } })}
        onDone={(made) => void navigate({ to: paths.request(made.id) })}
      >
        <Typography.Paragraph>{t('request.reclaimHint')}</Typography.Paragraph>
      </ActButton>
    </>
  )
}

const InBin = ({ request }: Of) => {
  const { t } = useTranslation()
  const { data: system } = useAnswer(systemGet, { params: { systemId: request.systemId } })
  return (
    <>
      <RestoreButton request={request} />
      {system && (
        <ActButton
          operation={requestPurge}
          label={t('request.purge')}
          danger
          button={{ danger: true }}
          remark="optional"
          confirmation={system.name}
          callOf={(remark) => ({ params: paramsOf(request), body: { confirmation: system.name, remark } })}
        >
          <Typography.Paragraph type="danger">{t('request.purgeHint')}</Typography.Paragraph>
        </ActButton>
      )}
    </>
  )
}

/** What can be done with a request now, by its state and by who looks. */
export const RequestActions = ({ request }: Of) => {
  const { t } = useTranslation()
  const { state, kind } = request
  const holds = kind === 'open' && state === 'formal'
  return (
    <>
      {failedStates.includes(state) && (
        <ActButton
          operation={requestRetry}
          label={t('request.retry')}
          button={{ type: 'primary' }}
          remark="optional"
          callOf={(remark) => ({ params: paramsOf(request), body: { remark } })}
        >
          <Typography.Paragraph>{t('request.retryHint')}</Typography.Paragraph>
        </ActButton>
      )}
      <Decisions request={request} />
      <Asking request={request} />
      {state === 'testing' && <Testing request={request} />}
      {holds && <Holding request={request} />}
      {(state === 'recycled' || state === 'recycle-failed') && <InBin request={request} />}
    </>
  )
}
