export const recycleBin = {
  hint: '已关机保留的资源；期满后自动彻底清除，此前可以恢复',
  empty: '回收站是空的',
  since: '放入时间',
  acts: '操作',
  tabs: { bin: '回收站', wiped: '清除记录' },
  noneWiped: '还没有彻底清除过资源。',
  evidence: '清除证据',
  seenGone: '已确认消失',
  wipedAt: '清除时间',
} as const
