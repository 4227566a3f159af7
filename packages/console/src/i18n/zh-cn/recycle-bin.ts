export const recycleBin = {
  hint: '已关机保留的资源；期满后自动彻底清除，此前可以恢复',
  empty: '回收站是空的',
  since: '放入时间',
  acts: '操作',
} as const
