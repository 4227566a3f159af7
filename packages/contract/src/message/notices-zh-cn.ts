import type { NoticeTexts } from './catalogue.ts'

export const noticesZhCn: NoticeTexts = {
  'request-to-decide': [
    '业务系统“{system}”的申请单 {subject} 等待审批[，意见：{remark}]。',
    '请核对后批准、退回或驳回。',
  ],
  'decision-overdue': ['{subject} 在审批环节“{stage}”已超过时限。', '请尽快办理；如无人可办，请由上级机构代为审批。'],
  'collection-to-decide': ['扎口单 {subject} 等待审批[，意见：{remark}]。', '请核对后批准、退回或驳回。'],
  'collection-returned': ['扎口单 {subject} 被退回，意见：{remark}。', '请按意见调整后重新上报。'],
  'collection-rejected': ['扎口单 {subject} 被驳回，意见：{remark}。', '如仍有需要，请按意见重新汇总上报。'],
  'request-returned': [
    '业务系统“{system}”的申请单 {subject} 被退回，意见：{remark}。',
    '请按意见修改后重新提交，或作废该申请单。',
  ],
  'request-rejected': [
    '业务系统“{system}”的申请单 {subject} 被驳回，意见：{remark}。',
    '如仍有需要，请按意见重新申请。',
  ],
  'request-testing': [
    '业务系统“{system}”的申请单 {subject} 已开通，可以测试，截止 {testEndsAt}。',
    '请在截止前测试，并确认通过或不通过；逾期资源将被收回。',
  ],
  'request-completed': ['业务系统“{system}”的申请单 {subject} 已办理完成。', '请查看资源现状。'],
  'request-delivery-failed': [
    '业务系统“{system}”的申请单 {subject} 没有全部办成。',
    '运行管理机构可以重试；您也可以作废该申请单，已开通的部分将被收回。',
  ],
  'delivery-to-retry': ['业务系统“{system}”的申请单 {subject} 没有全部办成，等待处理。', '请消除原因后重试。'],
  'request-ending': [
    '业务系统“{system}”由申请单 {subject} 开通的资源将于 {expiresAt} 到期，剩余不足 {days} 天。',
    '如需继续使用，请在到期前延期；不再使用请提前退回。',
  ],
  'test-ending': [
    '业务系统“{system}”的申请单 {subject} 将于 {testEndsAt} 结束测试，剩余不足 {days} 天。',
    '请尽快确认测试通过或不通过；逾期资源将被收回。',
  ],
  'request-expired': [
    '业务系统“{system}”由申请单 {subject} 开通的资源已于 {expiresAt} 到期，移入回收站。',
    '如仍需使用，请在回收站保留期内恢复。',
  ],
  'test-expired': [
    '业务系统“{system}”的申请单 {subject} 测试时间已于 {testEndsAt} 结束，开始回收。',
    '如仍有需要，请重新申请。',
  ],
  'transfer-to-accept': [
    '另一单位拟将业务系统“{system}”的资源转交本单位（申请单 {subject}）。',
    '请核对资源、价格和等级后接收或驳回。',
  ],
  'password-reset': [
    '您的口令已由安全管理员重置，所有会话已结束。',
    '如非您本人申请，请立即联系安全管理员与审计管理员。',
  ],
  'second-factors-removed': [
    '您的第二因子已由系统管理员清除，所有会话已结束。',
    '请重新设置；如非您本人申请，请立即联系安全管理员与审计管理员。',
  ],
  'second-factor-added': [
    '您的账号新增了第二因子。',
    '如非您本人操作，请在账号安全中移除它，修改口令，并联系安全管理员。',
  ],
  'resources-received': [
    '申请单 {subject} 开通的资源已转交业务系统“{system}”，自此由本单位使用并计费。',
    '请核对清单。',
  ],
  'grace-begun': [
    '业务系统“{system}”由申请单 {subject} 开通的资源已于 {expiresAt} 到期，宽限至 {graceEndsAt}，期间照常运行和计费。',
    '如仍需使用，请在宽限期内申请延期；逾期将移入回收站。',
  ],
  'request-recycled': [
    '业务系统“{system}”由申请单 {subject} 开通的资源已移入回收站，保留至 {purgeAt}，期间不计费。',
    '如仍需使用，请在此之前申请恢复。',
  ],
  'recycle-to-retry': ['业务系统“{system}”的申请单 {subject} 没有全部移入回收站，等待处理。', '请消除原因后重试。'],
  'request-restored': [
    '业务系统“{system}”由申请单 {subject} 开通的资源已恢复使用，自此计费。',
    '请检查各资源是否正常运行。',
  ],
  'purge-coming': [
    '业务系统“{system}”由申请单 {subject} 移入回收站的资源将于 {purgeAt} 清除，不足 {days} 天。',
    '如仍需使用，请在此之前申请恢复；清除后无法找回。',
  ],
  'request-reclaimed': ['业务系统“{system}”由申请单 {subject} 开通的资源已回收。', '无需操作；费用计至资源释放之时。'],
  'reclaim-to-retry': ['业务系统“{system}”的申请单 {subject} 没有全部收回，等待处理。', '请消除原因后重试。'],
  'schedule-failed': [
    '业务系统“{system}”的定时开关机计划 {subject} 未能在 {dueAt} 对 {serverId} 执行。',
    '请查看原因，必要时自行开机或关机；下一次仍会按计划执行。',
  ],
  'bill-closed': [
    '本单位 {month} 的账单 {subject} 已关账。',
    '请核对；如有不符，请联系运行管理机构在当前开放月份更正。',
  ],
  'advice-found': ['本单位有 {count} 项新的优化建议。', '请查看并派人处理。'],
  'advice-assigned': [
    '业务系统“{system}”的资源 {resourceId} 的优化建议 {subject} 已派给您，须在 {dueOn} 前处理。',
    '请变更或退回该资源，或说明理由不予处理。',
  ],
  'advice-overdue': [
    '业务系统“{system}”的资源 {resourceId} 的优化建议 {subject} 已逾期，原定 {dueOn} 前处理。',
    '请尽快处理，或由负责人改派、延期。',
  ],
  'audit-trail-broken': [
    '审计记录校验未通过[，链上序号 {position}][，记录 {entry}]。',
    '请勿重启或清理数据库，立即保全现场，并按运行手册 docs/runbooks/audit-trail-broken.md 处置。',
  ],
  'deliveries-given-up': [
    '有 {count} 份邮件或回调连续三天未能送达，已放弃；最近一次原因：{problem}。',
    '通知仍可在系统内查看。请检查邮件服务器和回调地址。',
  ],
  'webhook-test': ['这是发往回调地址 {subject} 的测试通知。', '无需操作。'],
  'budget-warning': ['{period} 的预算已支出 {percent}%。', '请查看预算执行情况，并退回闲置资源。'],
  'budget-exceeded': ['{period} 的预算已用完：支出达到 {percent}%。', '请退回闲置资源，或向运行管理机构申请调整预算。'],
  'finding-raised': ['安全运营方提出安全问题 {subject}：{title}。', '请查看并准备整改。'],
  'finding-ordered': ['安全问题 {subject}（{title}）须在 {dueOn} 前整改；要求：{remark}。', '请整改后反馈情况。'],
  'finding-answered': ['安全问题 {subject}（{title}）已反馈整改情况：{answer}。', '请核实，办结或再次责令整改。'],
  'finding-closed': ['安全问题 {subject}（{title}）已办结；说明：{remark}。', '无需再办理。'],
  'grant-to-confirm': [
    '有三员授权待确认，逾期时间 {pendingUntil}。',
    '请由发起人和被授权人以外的安全管理员确认或不予确认。',
  ],
  'emergency-access-begun': [
    '{login} 启用了应急授权，有效至 {until}；理由：{reason}。',
    '请核实理由是否成立；不成立的，请立即结束应急授权。',
  ],
}
