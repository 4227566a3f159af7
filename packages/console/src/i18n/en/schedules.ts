import type { Shape } from '../shape.ts'
import type { schedules as zhCn } from '../zh-cn/schedules.ts'

export const schedules: Shape<typeof zhCn> = {
  title: 'Power schedule',
  hint: 'Stopped, it costs as before. Times are Beijing’s; working days follow the calendar of holidays.',
  none: 'No schedule: it runs all the time.',
  create: 'Set one for this server',
  createForSystem: 'Set one for the whole system',
  days: 'Days',
  stopAt: 'Stopped at',
  startAt: 'Started at',
  told: 'stopped at {{stopAt}}, started at {{startAt}}',
  ofServer: 'this server',
  ofSystem: 'the whole system',
  next: 'next: {{power}}',
  removeHint: 'Nothing is stopped or started by the clock any more; servers stay as they are.',
}
