import { powerScheduleCreate, powerScheduleEdit, powerScheduleList, powerScheduleRemove } from '@yiduo/contract'
import type { Bind } from '../../platform/http/index.ts'
import type { PowerScheduleService } from './service.ts'

export const routePowerSchedules = (bind: Bind, schedules: PowerScheduleService): void => {
  bind(powerScheduleList, ({ act, query }) => schedules.list(act, query))
  bind(powerScheduleCreate, ({ act, body }) => schedules.create(act, body))
  bind(powerScheduleEdit, ({ act, params, body, revision }) =>
    schedules.edit(act, params.powerScheduleId, body, revision),
  )
  bind(powerScheduleRemove, ({ act, params }) => schedules.remove(act, params.powerScheduleId))
}
