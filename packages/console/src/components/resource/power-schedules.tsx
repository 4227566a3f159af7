import {
  type PowerSchedule,
  powerScheduleCreate,
  powerScheduleEdit,
  powerScheduleList,
  powerScheduleRemove,
  type Resource,
  scheduleDays,
} from '@yiduo/contract'
import { Alert, Flex, Typography } from 'antd'
import { useAnswer } from '../../api/answers.ts'
import { useTranslation, useWord } from '../../i18n/index.ts'
import { Asked, Waiting } from '../../ui/asked.tsx'
import { Instant } from '../../ui/clock.tsx'
import { Section } from '../../ui/page.tsx'
import { ActButton } from '../act-dialog.tsx'
import { FormButton } from '../form-dialog.tsx'
import { ChoiceItem, DateItem } from '../form-items.tsx'

interface Values {
  readonly days: PowerSchedule['days']
  readonly stopAt: string
  readonly startAt: string
}

const Items = () => {
  const { t } = useTranslation()
  const word = useWord()
  return (
    <>
      <Alert type="info" showIcon title={t('schedules.hint')} style={{ marginBottom: 16 }} />
      <ChoiceItem
        name="days"
        label={t('schedules.days')}
        options={scheduleDays.map((it) => ({ value: it, label: word('scheduleDay', it) }))}
        several
      />
      <DateItem of="time" name="stopAt" label={t('schedules.stopAt')} />
      <DateItem of="time" name="startAt" label={t('schedules.startAt')} />
    </>
  )
}

const standard: Values = { days: ['working-days'], stopAt: '20:00', startAt: '07:30' }

/** For one server, or for all of a system that have none of their own. */
const CreateSchedule = ({ systemId, serverId }: { readonly systemId: string; readonly serverId?: string }) => {
  const { t } = useTranslation()
  return (
    <FormButton<typeof powerScheduleCreate, Values>
      operation={powerScheduleCreate}
      label={t(serverId ? 'schedules.create' : 'schedules.createForSystem')}
      button={{ size: 'small' }}
      initial={standard}
      callOf={(values) => ({ body: { systemId, ...(serverId ? { serverId } : {}), ...values } })}
    >
      <Items />
    </FormButton>
  )
}

const ScheduleRow = ({ it }: { readonly it: PowerSchedule }) => {
  const { t } = useTranslation()
  const word = useWord()
  const { days, stopAt, startAt, revision } = it
  const params = { powerScheduleId: it.id }
  return (
    <Flex justify="space-between" gap={8} wrap align="center">
      <Flex gap={8} wrap align="center">
        <strong>{days.map((day) => word('scheduleDay', day)).join(', ')}</strong>
        <span>{t('schedules.told', { stopAt, startAt })}</span>
        <Typography.Text type="secondary">
          {t(it.serverId ? 'schedules.ofServer' : 'schedules.ofSystem')}
          {it.nextPower && it.nextAt && (
            <>
              {' · '}
              {t('schedules.next', { power: word('nextPower', it.nextPower) })} <Instant at={it.nextAt} />
            </>
          )}
        </Typography.Text>
      </Flex>
      <Flex gap={6}>
        <FormButton<typeof powerScheduleEdit, Values>
          operation={powerScheduleEdit}
          label={t('states.edit')}
          button={{ size: 'small' }}
          initial={{ days, stopAt, startAt }}
          edits={{ name: t('schedules.title'), revision }}
          callOf={(body) => ({ params, body })}
        >
          <Items />
        </FormButton>
        <ActButton
          operation={powerScheduleRemove}
          label={t('states.remove')}
          button={{ size: 'small' }}
          callOf={() => ({ params })}
        >
          <Typography.Paragraph>{t('schedules.removeHint')}</Typography.Paragraph>
        </ActButton>
      </Flex>
    </Flex>
  )
}

const Schedules = ({
  items,
  systemId,
  server,
}: {
  readonly items: readonly PowerSchedule[]
  readonly systemId: string
  readonly server?: Resource
}) => {
  const { t } = useTranslation()
  const own = items.filter((it) => it.serverId === (server?.id ?? null))
  // A server without a schedule of its own follows its system's.
  const shown = own.length > 0 ? own : items.filter((it) => it.serverId === null)
  return (
    <Flex vertical gap={10} align="stretch">
      {shown.length === 0 && <Typography.Text type="secondary">{t('schedules.none')}</Typography.Text>}
      {shown.map((it) => (
        <ScheduleRow key={it.id} it={it} />
      ))}
      {own.length === 0 && (
        <div>
          <CreateSchedule systemId={systemId} {...(server ? { serverId: server.id } : {})} />
        </div>
      )}
    </Flex>
  )
}

/** When a server, or all of a system, are stopped and started by the clock. */
export const PowerSchedules = ({ systemId, server }: { readonly systemId: string; readonly server?: Resource }) => {
  const { t } = useTranslation()
  const asked = useAnswer(powerScheduleList, { query: { systemId, limit: 500 } })
  return (
    <Section title={t('schedules.title')}>
      <Asked of={asked} waiting={<Waiting rows={1} />}>
        {({ items }) => <Schedules items={items} systemId={systemId} {...(server ? { server } : {})} />}
      </Asked>
    </Section>
  )
}
