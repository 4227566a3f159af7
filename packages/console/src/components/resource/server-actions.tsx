import { Link } from '@tanstack/react-router'
import {
  type Resource,
  serverOpenConsole,
  serverReboot,
  serverRebootQuote,
  serverResize,
  serverResizeQuote,
  serverStart,
  serverStartQuote,
  serverStop,
  serverStopQuote,
} from '@yiduo/contract'
import { Button, Checkbox, Form, Select } from 'antd'
import { useState } from 'react'
import { useMay } from '../../api/session.ts'
import { useTranslation } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { useFormats } from '../../ui/format.ts'
import { ChangeButton } from '../change-dialog.tsx'
import { usePlans } from '../names.tsx'
import { RenameButton } from './rename.tsx'

interface Of {
  readonly server: Resource
}

const ResizeButton = ({ server }: Of) => {
  const { t } = useTranslation()
  const { money } = useFormats()
  const plans = [...usePlans().values()]
  const [planId, setPlan] = useState<string>()
  return (
    <ChangeButton
      ask={serverResize}
      quote={serverResizeQuote}
      label={t('resources.resize')}
      callOf={() => (planId ? { params: { serverId: server.id }, body: { planId } } : null)}
    >
      <Form.Item label={t('request.plan')} extra={t('resources.resizeHint')}>
        <Select
          aria-label={t('request.plan')}
          value={planId}
          onChange={setPlan}
          options={plans
            .filter(({ offering }) => offering.released)
            .map(({ plan }) => ({
              value: plan.id,
              label: plan.monthlyPriceYuanE4 === null ? plan.name : `${plan.name} · ${money(plan.monthlyPriceYuanE4)}`,
            }))}
        />
      </Form.Item>
    </ChangeButton>
  )
}

const RebootButton = ({ server }: Of) => {
  const { t } = useTranslation()
  const [forced, setForced] = useState(false)
  return (
    <ChangeButton
      ask={serverReboot}
      quote={serverRebootQuote}
      label={t('resources.reboot')}
      stays
      callOf={() => ({ params: { serverId: server.id }, body: { forced } })}
    >
      <Checkbox checked={forced} onChange={(event) => setForced(event.target.checked)}>
        {t('resources.forced')}
      </Checkbox>
    </ChangeButton>
  )
}

/** What can be done with a server that is in use. */
export const ServerActions = ({ server }: Of) => {
  const { t } = useTranslation()
  const may = useMay()
  const params = { serverId: server.id }
  if (server.state !== 'formal' && server.state !== 'test') return null
  return (
    <>
      {may(serverOpenConsole) && server.power !== 'stopped' && (
        <Link to={paths.serverConsole(server.id)}>
          <Button type="primary">{t('resources.console')}</Button>
        </Link>
      )}
      {server.power === 'stopped' ? (
        <ChangeButton
          ask={serverStart}
          quote={serverStartQuote}
          label={t('resources.start')}
          button={{ type: 'primary' }}
          stays
          callOf={() => ({ params, body: {} })}
        />
      ) : (
        <>
          <ChangeButton
            ask={serverStop}
            quote={serverStopQuote}
            label={t('resources.stop')}
            stays
            callOf={() => ({ params, body: {} })}
          >
            <p>{t('resources.stopHint')}</p>
          </ChangeButton>
          <RebootButton server={server} />
        </>
      )}
      <ResizeButton server={server} />
      <RenameButton of={server} />
    </>
  )
}
