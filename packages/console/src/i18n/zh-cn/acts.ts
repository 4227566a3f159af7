/** What the program does by itself, as histories and the audit trail tell it; people's acts have their names already. */
export const acts = {
  server: {
    create: '云服务器已建成',
    reclaim: '云服务器已清除',
    resized: '规格已变更',
    'enter-console': '进入远程控制台',
    'leave-console': '离开远程控制台',
  },
  volume: {
    extended: '云硬盘已扩容',
    'snapshot-taken': '快照已创建',
    'snapshot-removed': '快照已删除',
    restored: '已恢复到快照',
  },
  resource: { renamed: '名称已变更' },
} as const
