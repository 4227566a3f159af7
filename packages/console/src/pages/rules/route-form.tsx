import DeleteOutlined from '@ant-design/icons/DeleteOutlined'
import {
  type ApprovalRoute,
  partyNames,
  type RouteConditions,
  type RouteStage,
  routeCreate,
  routeEdit,
  routeSubjects,
} from '@yiduo/contract'
import { Button, Form, Typography } from 'antd'
import { FormButton } from '../../components/form-dialog.tsx'
import { CheckItem, ChoiceItem, CodeItem, NumberItem, TextItem } from '../../components/form-items.tsx'
import { OrganisationSelect } from '../../components/organisation-select.tsx'
import { useTranslation, useWord } from '../../i18n/index.ts'
import styles from './rules.module.css'

const zones = ['public', 'dedicated', 'internet'] as const
const needs = ['any', 'all'] as const

/** Stages in hours, money in yuan; what is not filled in is no condition. */
interface Values {
  readonly name: string
  readonly position: number
  readonly subjects?: RouteConditions['subjects']
  readonly zones?: RouteConditions['zones']
  readonly securityGradeFrom?: number | null
  readonly vcpusFrom?: number | null
  readonly vcpusUpTo?: number | null
  readonly yuanFrom?: number | null
  readonly quotaLeftPercentBelow?: number | null
  readonly standard?: boolean
  readonly stages?: readonly {
    readonly name: string
    readonly parties: string[]
    readonly needs: RouteStage['needs']
    readonly hours: number
    readonly escalateTo?: string | null
  }[]
}

const minutesOfHour = 60

const conditionsOf = (it: Values, kept: RouteConditions): RouteConditions => ({
  // Conditions that this form does not show stay as they are.
  ...(kept.offeringIds ? { offeringIds: kept.offeringIds } : {}),
  ...(it.subjects?.length ? { subjects: it.subjects } : {}),
  ...(it.zones?.length ? { zones: it.zones } : {}),
  ...(it.securityGradeFrom ? { securityGradeFrom: it.securityGradeFrom } : {}),
  ...(typeof it.vcpusFrom === 'number' ? { vcpusFrom: it.vcpusFrom } : {}),
  ...(typeof it.vcpusUpTo === 'number' ? { vcpusUpTo: it.vcpusUpTo } : {}),
  ...(typeof it.yuanFrom === 'number' ? { monthlyPriceYuanE4From: Math.round(it.yuanFrom * 10_000) } : {}),
  ...(it.quotaLeftPercentBelow ? { quotaLeftPercentBelow: it.quotaLeftPercentBelow } : {}),
  ...(it.standard ? { standard: true } : kept.standard === false ? { standard: false } : {}),
})

const bodyOf = (it: Values, kept: RouteConditions = {}) => ({
  name: it.name,
  position: it.position,
  conditions: conditionsOf(it, kept),
  ...(it.stages?.length
    ? {
        stages: it.stages.map(({ hours, escalateTo = null, ...stage }) => ({
          ...stage,
          limitMinutes: Math.round(hours * minutesOfHour),
          escalateTo: escalateTo || null,
        })),
      }
    : {}),
})

const valuesOf = ({ name, position, conditions, stages }: ApprovalRoute): Values => ({
  name,
  position,
  ...conditions,
  standard: conditions.standard ?? false,
  yuanFrom: conditions.monthlyPriceYuanE4From === undefined ? null : conditions.monthlyPriceYuanE4From / 10_000,
  stages: stages.map(({ limitMinutes, ...stage }) => ({ ...stage, hours: limitMinutes / minutesOfHour })),
})

/** Offices by their part; an organisation that was named by its id is kept. */
const usePartyOptions = (named: readonly string[]) => {
  const { t } = useTranslation()
  const others = named.filter((it) => it.startsWith('org_'))
  return [
    ...partyNames.map((it) => ({ value: it as string, label: t(`request.parties.${it}`) })),
    ...others.map((it) => ({ value: it, label: it })),
  ]
}

const StageItems = ({ named }: { readonly named: readonly string[] }) => {
  const { t } = useTranslation()
  const word = useWord()
  const options = usePartyOptions(named)
  return (
    <Form.List name="stages">
      {(fields, { add, remove }) => (
        <>
          {fields.length === 0 && <Typography.Paragraph type="secondary">{t('rules.byRuleHint')}</Typography.Paragraph>}
          {fields.map(({ key, name }) => (
            <div key={key} className={styles.stage}>
              <TextItem name={[name, 'name']} label={t('rules.stage')} />
              <ChoiceItem name={[name, 'parties']} label={t('rules.parties')} options={options} several />
              <ChoiceItem
                name={[name, 'needs']}
                label={t('rules.needs')}
                options={needs.map((it) => ({ value: it, label: word('needs', it) }))}
              />
              <NumberItem name={[name, 'hours']} label={t('rules.hours')} min={0.5} max={1_600} precision={1} />
              <ChoiceItem name={[name, 'escalateTo']} label={t('rules.escalateTo')} options={options} optional />
              <Button icon={<DeleteOutlined />} aria-label={t('states.remove')} onClick={() => remove(name)} />
            </div>
          ))}
          <Button block onClick={() => add({ parties: ['operator'], needs: 'any', hours: 8 })}>
            {t('rules.addStage')}
          </Button>
        </>
      )}
    </Form.List>
  )
}

const Items = ({ named = [] }: { readonly named?: readonly string[] }) => {
  const { t } = useTranslation()
  const word = useWord()
  return (
    <>
      <div className={styles.pair}>
        <TextItem name="name" label={t('clouds.name')} />
        <NumberItem name="position" label={t('rules.position')} extra={t('rules.positionHint')} max={10_000} />
      </div>
      <Typography.Paragraph type="secondary">{t('rules.conditionsHint')}</Typography.Paragraph>
      <div className={styles.pair}>
        <ChoiceItem
          name="subjects"
          label={t('rules.subjects')}
          options={routeSubjects.map((it) => ({ value: it, label: word('subject', it) }))}
          several
          optional
        />
        <ChoiceItem
          name="zones"
          label={t('systems.zone')}
          options={zones.map((it) => ({ value: it, label: word('zone', it) }))}
          several
          optional
        />
        <NumberItem name="securityGradeFrom" label={t('rules.gradeAtLeast')} min={1} max={4} optional />
        <NumberItem name="vcpusFrom" label={t('rules.vcpusAtLeast')} optional />
        <NumberItem name="vcpusUpTo" label={t('rules.vcpusAtMost')} optional />
        <NumberItem name="yuanFrom" label={t('rules.yuanAtLeast')} precision={2} optional />
        <NumberItem name="quotaLeftPercentBelow" label={t('rules.quotaLeft')} min={1} max={100} optional />
      </div>
      <CheckItem name="standard" label={t('rules.standard')} />
      <StageItems named={named} />
    </>
  )
}

export const CreateRoute = () => {
  const { t } = useTranslation()
  return (
    <FormButton<typeof routeCreate, Values & { readonly code: string; readonly operatorOrganisationId?: string }>
      operation={routeCreate}
      label={t('rules.create')}
      button={{ size: 'small', type: 'primary' }}
      width={900}
      initial={{ position: 100, standard: false, stages: [] }}
      callOf={({ code, operatorOrganisationId = null, ...values }) => ({
        body: { code, operatorOrganisationId, ...bodyOf(values) },
      })}
    >
      <div className={styles.pair}>
        <CodeItem label={t('clouds.code')} />
        <Form.Item name="operatorOrganisationId" label={t('clouds.operator')} extra={t('rules.operatorHint')}>
          <OrganisationSelect />
        </Form.Item>
      </div>
      <Items />
    </FormButton>
  )
}

export const EditRoute = ({ route }: { readonly route: ApprovalRoute }) => {
  const { t } = useTranslation()
  const named = route.stages.flatMap((it) => [...it.parties, ...(it.escalateTo ? [it.escalateTo] : [])])
  return (
    <FormButton<typeof routeEdit, Values>
      operation={routeEdit}
      label={t('states.edit')}
      button={{ size: 'small' }}
      width={900}
      initial={valuesOf(route)}
      edits={{ name: route.name, revision: route.revision }}
      callOf={(values) => ({ params: { routeId: route.id }, body: bodyOf(values, route.conditions) })}
    >
      <Items named={[...new Set(named)]} />
    </FormButton>
  )
}
