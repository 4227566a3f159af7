import { requestAmendLine, type ServiceRequest } from '@yiduo/contract'
import { Checkbox, Form, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from '../../i18n/index.ts'
import { ActButton } from '../act-dialog.tsx'
import { usePlans, usePlatformNames } from '../names.tsx'

/** Asks otherwise for what a cloud could not deliver: another plan, another place. */
export const AmendButton = ({
  request,
  line,
}: {
  readonly request: ServiceRequest
  readonly line: ServiceRequest['lines'][number]
}) => {
  const { t } = useTranslation()
  const plans = usePlans()
  const platforms = usePlatformNames()
  const [planId, setPlan] = useState(line.planId)
  const [dataVolumeGib, setVolume] = useState<number | null>(line.dataVolumeGib)
  const [publicAddress, setAddress] = useState(line.publicAddress)
  const [chosen, setPlatform] = useState<string | null>(line.platformId)
  // A place that this person cannot see is not theirs to keep: it is chosen anew.
  const platformId = chosen !== null && platforms.has(chosen) ? chosen : null
  return (
    <ActButton
      operation={requestAmendLine}
      label={t('request.amend')}
      button={{ size: 'small' }}
      callOf={() => ({
        params: { requestId: request.id, lineId: line.id },
        body: { ...(planId ? { planId } : {}), dataVolumeGib: dataVolumeGib ?? 0, publicAddress, platformId },
      })}
    >
      <Form layout="vertical" component="div">
        <Form.Item label={t('request.plan')}>
          <Select
            aria-label={t('request.plan')}
            value={planId}
            onChange={setPlan}
            options={[...plans.values()].map(({ plan }) => ({ value: plan.id, label: plan.name }))}
          />
        </Form.Item>
        {platforms.size > 0 && (
          <Form.Item label={t('request.platform')}>
            <Select
              allowClear
              aria-label={t('request.platform')}
              placeholder={t('request.anyPlatform')}
              value={platformId}
              onChange={(id: string | undefined) => setPlatform(id ?? null)}
              options={[...platforms].map(([value, label]) => ({ value, label }))}
            />
          </Form.Item>
        )}
        <Form.Item label={t('request.dataVolumeGib')}>
          <InputNumber
            aria-label={t('request.dataVolumeGib')}
            min={0}
            max={65_536}
            precision={0}
            value={dataVolumeGib}
            onChange={setVolume}
          />
        </Form.Item>
        <Checkbox checked={publicAddress} onChange={(event) => setAddress(event.target.checked)}>
          {t('request.withAddress')}
        </Checkbox>
      </Form>
    </ActButton>
  )
}
