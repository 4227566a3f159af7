export { createPowerScheduleReconciler } from './reconcilers/power-schedule-reconciler.ts'
export { routePowerSchedules } from './routes.ts'
export { createPowerScheduleService } from './service.ts'
