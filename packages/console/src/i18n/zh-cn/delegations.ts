/** Colleagues who decide while one is away. */
export const delegations = {
  hint: '出差或休假时，可委托本单位同事以您的名义审批；记录中会注明代办人',
  empty: '没有委托。外出前可在此委托同事代为审批。',
  create: '委托同事',
  person: '委托人',
  delegate: '受托人登录名',
  delegateHint: '须为本单位的同事，例如 sun.operator',
  from: '开始',
  until: '结束',
  lastDay: '最后一天',
  reason: '原因',
  end: '结束委托',
  endHint: '结束后立即生效，由您本人审批。',
  states: { ended: '已结束', coming: '未开始', running: '生效中' },
} as const
