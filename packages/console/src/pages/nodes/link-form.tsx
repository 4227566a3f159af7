import { dataCentreList, type Link, linkCreate, linkEdit } from '@yiduo/contract'
import { useAnswer } from '../../api/answers.ts'
import { FormButton } from '../../components/form-dialog.tsx'
import { ChoiceItem, NumberItem } from '../../components/form-items.tsx'
import { changedOf } from '../../forms/changed.ts'
import { useTranslation } from '../../i18n/index.ts'
import { now } from '../../now.ts'

const bases = ['round-trip', 'one-way'] as const

interface Measured {
  readonly gbps: number
  readonly latencyMs?: number | null
  readonly latencyBasis: Link['latencyBasis']
}

interface Created extends Measured {
  readonly fromDataCentreId: string
  readonly toDataCentreId: string
}

const mbpsOf = (gbps: number): number => Math.round(gbps * 1_000)

/** A latency that is entered was measured now; one that is taken away never was. */
const latencyOf = (latencyMs: number | null) => ({
  latencyMs,
  measuredAt: latencyMs === null ? null : new Date(now()).toISOString(),
})

const MeasuredItems = () => {
  const { t } = useTranslation()
  return (
    <>
      <NumberItem name="gbps" label={t('clouds.bandwidthGbps')} min={0.001} max={100_000} precision={3} />
      <NumberItem
        name="latencyMs"
        label={t('clouds.latencyMs')}
        extra={t('clouds.latencyHint')}
        max={60_000}
        precision={3}
        optional
      />
      <ChoiceItem
        name="latencyBasis"
        label={t('clouds.latencyBasis')}
        options={bases.map((it) => ({ value: it, label: t(`clouds.bases.${it}`) }))}
      />
    </>
  )
}

export const CreateLink = () => {
  const { t } = useTranslation()
  const centres = useAnswer(dataCentreList, { query: { limit: 500 } }).data?.items
  const options = centres?.map((it) => ({ value: it.id, label: it.name }))
  return (
    <FormButton<typeof linkCreate, Created>
      operation={linkCreate}
      label={t('clouds.createLink')}
      button={{ type: 'primary' }}
      initial={{ latencyBasis: 'round-trip' }}
      callOf={({ gbps, latencyMs = null, ...rest }) => ({
        body: { ...rest, bandwidthMbps: mbpsOf(gbps), ...latencyOf(latencyMs) },
      })}
    >
      <ChoiceItem name="fromDataCentreId" label={t('clouds.from')} options={options} />
      <ChoiceItem name="toDataCentreId" label={t('clouds.to')} options={options} />
      <MeasuredItems />
    </FormButton>
  )
}

export const EditLink = ({ link }: { readonly link: Link }) => {
  const { t } = useTranslation()
  const { latencyMs, latencyBasis } = link
  const initial: Measured = { gbps: link.bandwidthMbps / 1_000, latencyMs, latencyBasis }
  return (
    <FormButton<typeof linkEdit, Measured>
      operation={linkEdit}
      label={t('states.edit')}
      button={{ size: 'small' }}
      initial={initial}
      edits={{ name: t('clouds.link'), revision: link.revision }}
      callOf={(values) => {
        const { gbps, latencyMs: measured, latencyBasis: basis } = changedOf(initial, values)
        return {
          params: { linkId: link.id },
          body: {
            ...(gbps === undefined ? {} : { bandwidthMbps: mbpsOf(gbps) }),
            ...(measured === undefined ? {} : latencyOf(measured)),
            ...(basis === undefined ? {} : { latencyBasis: basis }),
          },
        }
      }}
    >
      <MeasuredItems />
    </FormButton>
  )
}
