import { type Static, Type } from 'typebox'
import { OrganisationId, PowerScheduleId, ServerId, SystemId } from './id.ts'
import { operation } from './operation.ts'
import { Instant, literals, nullable, Paging, pageOf } from './primitive.ts'

/** Days of the week as the wall clock in Asia/Shanghai has them, or the days that offices work. */
export const scheduleDays = [
  'working-days',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const

const TimeOfDay = Type.String({
  pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$',
  examples: ['20:00'],
  description: 'Asia/Shanghai',
})

const settable = {
  days: Type.Array(literals(scheduleDays), {
    minItems: 1,
    maxItems: scheduleDays.length,
    description: 'On each of these it is stopped and started; working-days follow the calendar of working days',
  }),
  stopAt: TimeOfDay,
  startAt: TimeOfDay,
}

export const PowerSchedule = Type.Object(
  {
    id: PowerScheduleId,
    organisationId: OrganisationId,
    systemId: SystemId,
    serverId: nullable(ServerId),
    ...settable,
    nextPower: nullable(literals(['stop', 'start'])),
    nextAt: nullable(Instant),
    revision: Type.Integer(),
    updatedAt: Instant,
  },
  { $id: 'PowerSchedule', description: 'Without a server it holds for all of its system that have none of their own' },
)
export type PowerSchedule = Static<typeof PowerSchedule>

const params = Type.Object({ powerScheduleId: PowerScheduleId })
const columns = ['id', 'systemId', 'serverId', 'days', 'stopAt', 'startAt', 'nextPower', 'nextAt']

export const powerScheduleList = operation({
  name: 'power-schedule.list',
  http: 'GET /power-schedules',
  summary: { 'zh-CN': '列出定时开关机计划', en: 'List power schedules' },
  query: Type.Object({ ...Paging, systemId: Type.Optional(SystemId) }),
  answers: { 200: pageOf(PowerSchedule, 'PowerSchedulePage') },
  columns,
})

export const powerScheduleCreate = operation({
  name: 'power-schedule.create',
  http: 'POST /power-schedules',
  summary: {
    'zh-CN': '新建定时开关机计划，关机期间照常计费',
    en: 'Have servers stopped and started by the clock; stopped they cost as before',
  },
  body: Type.Object({ systemId: SystemId, serverId: Type.Optional(ServerId), ...settable }),
  answers: { 201: PowerSchedule },
  faults: ['power-schedule-exists', 'platform-not-able', 'resource-not-changeable'],
  columns,
})

export const powerScheduleEdit = operation({
  name: 'power-schedule.edit',
  http: 'PUT /power-schedules/{powerScheduleId}',
  summary: { 'zh-CN': '修改定时开关机计划', en: 'Edit a power schedule; it holds from its next instant on' },
  params,
  body: Type.Object(settable),
  answers: { 200: PowerSchedule },
  faults: ['revision-stale'],
  columns,
})

export const powerScheduleRemove = operation({
  name: 'power-schedule.remove',
  http: 'DELETE /power-schedules/{powerScheduleId}',
  summary: { 'zh-CN': '删除定时开关机计划', en: 'Remove a power schedule; its servers stay as they are' },
  params,
  answers: { 204: null },
})
