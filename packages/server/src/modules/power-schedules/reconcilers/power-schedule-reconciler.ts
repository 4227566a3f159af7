import { byCalendar, type Reconciler, reconciler } from '../../../platform/reconcilers/index.ts'
import type { PowerScheduleService } from '../service.ts'

/** Asks for what is due by the schedules of power. */
export const createPowerScheduleReconciler = (schedules: Pick<PowerScheduleService, 'askDue'>): Reconciler =>
  byCalendar(reconciler('power-schedule', 30_000, () => schedules.askDue()))
