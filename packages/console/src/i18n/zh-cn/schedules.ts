/** Servers stopped and started by the clock. */
export const schedules = {
  title: '定时开关机',
  hint: '关机期间保留容量，照常计费。时间为北京时间；“工作日”按节假日安排。',
  none: '没有定时计划，一直运行。',
  create: '为此服务器设置',
  createForSystem: '为整个系统设置',
  days: '哪些天',
  stopAt: '关机时间',
  startAt: '开机时间',
  told: '{{stopAt}} 关机，{{startAt}} 开机',
  ofServer: '本服务器',
  ofSystem: '整个系统',
  next: '下一次{{power}}',
  removeHint: '删除后不再定时开关机；服务器保持现在的状态。',
} as const
