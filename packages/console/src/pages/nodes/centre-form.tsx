import { type DataCentre, dataCentreCreate, dataCentreEdit, nodeList } from '@yiduo/contract'
import { Typography } from 'antd'
import { useAnswer } from '../../api/answers.ts'
import { FormButton } from '../../components/form-dialog.tsx'
import { ChoiceItem, CodeItem, DateItem, NumberItem, TextItem } from '../../components/form-items.tsx'
import { changedOf } from '../../forms/changed.ts'
import { useTranslation } from '../../i18n/index.ts'
import { dayOf, endOfDay } from '../../ui/day.ts'
import styles from './nodes.module.css'

const roles = ['production', 'active-active', 'standby', 'remote'] as const
const greenLevels = ['1A', '2A', '3A', '4A', '5A'] as const
const whole = { query: { limit: 500 } } as const

/** What recovery and energy are judged by, and what can be changed; days stand in place of instants. */
interface Facts {
  readonly name: string
  readonly role: DataCentre['role']
  readonly powerGrid?: string | null
  readonly riverBasin?: string | null
  readonly seismicBelt?: string | null
  readonly pue?: number | null
  readonly greenLevel?: DataCentre['greenLevel']
  readonly greenIssuer?: string | null
  readonly greenExpiresAt?: string | null
  readonly leaseEndsAt?: string | null
}

interface Created extends Facts {
  readonly nodeId: string
  readonly code: string
  readonly longitude: number
  readonly latitude: number
}

const instantOf = (day: string | null) => day && endOfDay(day)

const withInstants = <T extends Partial<Facts>>({ greenExpiresAt, leaseEndsAt, ...rest }: T) => ({
  ...rest,
  ...(greenExpiresAt === undefined ? {} : { greenExpiresAt: instantOf(greenExpiresAt) }),
  ...(leaseEndsAt === undefined ? {} : { leaseEndsAt: instantOf(leaseEndsAt) }),
})

const factsOf = (it: DataCentre): Facts => ({
  name: it.name,
  role: it.role,
  powerGrid: it.powerGrid,
  riverBasin: it.riverBasin,
  seismicBelt: it.seismicBelt,
  pue: it.pue,
  greenLevel: it.greenLevel,
  greenIssuer: it.greenIssuer,
  greenExpiresAt: it.greenExpiresAt && dayOf(it.greenExpiresAt),
  leaseEndsAt: it.leaseEndsAt && dayOf(it.leaseEndsAt),
})

const FactItems = () => {
  const { t } = useTranslation()
  return (
    <>
      <div className={styles.pair}>
        <TextItem name="name" label={t('clouds.name')} />
        <ChoiceItem
          name="role"
          label={t('clouds.role')}
          options={roles.map((it) => ({ value: it, label: t(`terms.siteRoles.${it}`) }))}
        />
      </div>
      <Typography.Paragraph type="secondary">{t('clouds.factsHint')}</Typography.Paragraph>
      <div className={styles.pair}>
        <TextItem name="powerGrid" label={t('clouds.grid')} placeholder={t('clouds.gridExample')} optional />
        <TextItem name="riverBasin" label={t('clouds.basin')} placeholder={t('clouds.basinExample')} optional />
        <TextItem name="seismicBelt" label={t('clouds.belt')} optional />
        <NumberItem name="pue" label={t('clouds.pue')} min={1} max={9} precision={2} step={0.01} optional />
        <ChoiceItem
          name="greenLevel"
          label={t('clouds.green')}
          options={greenLevels.map((it) => ({ value: it, label: it }))}
          optional
        />
        <TextItem name="greenIssuer" label={t('clouds.greenIssuer')} optional />
        <DateItem name="greenExpiresAt" label={t('clouds.greenUntil')} optional />
        <DateItem name="leaseEndsAt" label={t('clouds.lease')} optional />
      </div>
    </>
  )
}

export const CreateCentre = () => {
  const { t } = useTranslation()
  const nodes = useAnswer(nodeList, whole).data?.items
  return (
    <FormButton<typeof dataCentreCreate, Created>
      operation={dataCentreCreate}
      label={t('clouds.createCentre')}
      button={{ type: 'primary' }}
      width={680}
      initial={{ role: 'production' }}
      callOf={({ nodeId, code, name, role, longitude, latitude, ...facts }) => ({
        // What is left empty nobody has entered.
        body: { nodeId, code, name, role, longitude, latitude, ...withInstants(changedOf({}, facts)) },
      })}
    >
      <div className={styles.pair}>
        <ChoiceItem
          name="nodeId"
          label={t('clouds.node')}
          options={nodes?.map((it) => ({ value: it.id, label: it.name }))}
        />
        <CodeItem label={t('clouds.code')} />
        <NumberItem name="longitude" label={t('clouds.longitude')} min={-180} max={180} precision={5} />
        <NumberItem name="latitude" label={t('clouds.latitude')} min={-90} max={90} precision={5} />
      </div>
      <FactItems />
    </FormButton>
  )
}

export const EditCentre = ({ centre }: { readonly centre: DataCentre }) => {
  const { t } = useTranslation()
  const initial = factsOf(centre)
  return (
    <FormButton<typeof dataCentreEdit, Facts>
      operation={dataCentreEdit}
      label={t('states.edit')}
      button={{ size: 'small' }}
      width={680}
      initial={initial}
      edits={{ name: centre.name, revision: centre.revision }}
      callOf={(values) => ({
        params: { dataCentreId: centre.id },
        body: withInstants(changedOf(initial, values)),
      })}
    >
      <FactItems />
    </FormButton>
  )
}
