/** What every change of something that stands says before it is asked for. */
export const changes = {
  ask: '提交变更',
  asked: '已提交',
  price: '每月费用',
  byRule: '符合规则，提交后自动批准并立即办理。',
  byPeople: '提交后需要审批。',
  losses: '以下内容将永久删除：',
  attempts: '第 {{count}} 次',
} as const
