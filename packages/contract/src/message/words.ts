import type { Advice } from '../advice.ts'
import type { ApprovalStage, routeSubjects } from '../approval.ts'
import type { AuditEntry, AuditProblem } from '../audit.ts'
import type { AlarmKind, LinkVerdict } from '../board.ts'
import type { Phase } from '../catalogue.ts'
import type { Collection } from '../collection.ts'
import type { DemandPlanState } from '../demand-plan.ts'
import type { FindingSeverity, FindingState } from '../finding.ts'
import type { GrantState } from '../grant.ts'
import type { QueueKind } from '../home.ts'
import type { ResourceKind } from '../id.ts'
import type { DirectoryEntry, IdentityProviderKind } from '../identity-provider.ts'
import type { CloudNode, Platform } from '../node.ts'
import type { Operation } from '../operation-record.ts'
import type { PowerSchedule } from '../power-schedule.ts'
import { type Change, requestStates, type ServiceRequest, type Step } from '../request.ts'
import type { Resource } from '../resource.ts'
import type { SearchKind } from '../search.ts'
import type { Bill } from '../settlement.ts'
import type { Snapshot } from '../snapshot.ts'
import type { StatementState } from '../statement.ts'
import type { BusinessSystem } from '../system.ts'
import type { TemplateState } from '../template.ts'
import type { WebhookDelivery } from '../webhook.ts'
import { type Locale, messages } from './catalogue.ts'

/** A closed list of the contract's words, in Chinese. */
export type Vocabulary = Readonly<Record<string, string>>

/** Requests' states stand in faults as well; the contract's catalogue has them. */
const requestStateWords: Vocabulary = Object.fromEntries(
  requestStates.map((state) => [state, messages['zh-CN'].words[state] ?? state]),
)

const lineStateWords = {
  asked: '待办理',
  delivering: '开通中',
  delivered: '已开通',
  failed: '开通失败',
  dropped: '已放弃',
  refused: '未批准',
} as const satisfies Record<ServiceRequest['lines'][number]['state'], string>

const stageStateWords = {
  waiting: '未开始',
  open: '待表态',
  agreed: '已同意',
  ended: '已结束',
} as const satisfies Record<ApprovalStage['state'], string>

const collectionStateWords = {
  draft: '草稿',
  submitted: '待审批',
  returned: '已退回',
  approved: '已批准',
  rejected: '已驳回',
  discarded: '已解散',
} as const satisfies Record<Collection['state'], string>

const verdictWords = {
  agreed: '同意',
  returned: '退回',
  rejected: '驳回',
} as const satisfies Record<NonNullable<ApprovalStage['seats'][number]['verdict']>, string>

const needsWords = { any: '任一同意', all: '全部同意（会签）' } as const satisfies Record<
  ApprovalStage['needs'],
  string
>

const subjectWords = {
  open: '开通',
  change: '变更',
  reclaim: '回收',
  collection: '汇总申请',
} as const satisfies Record<(typeof routeSubjects)[number], string>

const zoneWords = { public: '公用', dedicated: '专用', internet: '互联网' } as const satisfies Record<
  BusinessSystem['zone'],
  string
>

const operationStateWords = {
  queued: '排队中',
  running: '进行中',
  undoing: '撤回中',
  succeeded: '成功',
  failed: '失败',
  'failed-with-residue': '失败且有残留',
} as const satisfies Record<Operation['state'], string>

const operationStepStateWords = {
  waiting: '等待',
  running: '进行中',
  done: '完成',
  failed: '失败',
  undone: '已撤回',
  residue: '有残留',
} as const satisfies Record<Operation['steps'][number]['state'], string>

const resourceStateWords = {
  planned: '待创建',
  building: '创建中',
  test: '测试',
  formal: '正式',
  recycled: '在回收站',
  reclaiming: '回收中',
  reclaimed: '已回收',
  failed: '失败',
} as const satisfies Record<Resource['state'], string>

const platformStateWords = {
  unprobed: '未探测',
  online: '在线',
  unreachable: '连不上',
  refused: '凭据被拒',
} as const satisfies Record<Platform['state'], string>

const webhookDeliveryStateWords = {
  waiting: '待发送',
  delivered: '已送达',
  'given-up': '已放弃',
} as const satisfies Record<WebhookDelivery['state'], string>

const adviceStateWords = {
  open: '待处理',
  assigned: '已派单',
  done: '已办结',
  declined: '不予处理',
  dismissed: '已忽略',
  settled: '已解决',
} as const satisfies Record<Advice['state'], string>

const templateStateWords = {
  draft: '草稿',
  released: '已发布',
  withdrawn: '已下架',
} as const satisfies Record<TemplateState, string>

const demandPlanStateWords = {
  draft: '草稿',
  submitted: '待审批',
  returned: '已退回',
  accepted: '已采纳',
} as const satisfies Record<DemandPlanState, string>

const statementStateWords = {
  draft: '待确认',
  disputed: '有异议',
  confirmed: '服务商已确认',
  'operator-signed': '运行机构已签',
  'authority-signed': '主管部门已签',
  signed: '三方已签',
} as const satisfies Record<StatementState, string>

const billStateWords = { provisional: '暂估', closed: '已关账' } as const satisfies Record<Bill['state'], string>

const stepWords = {
  apply: '申请',
  approve: '审批',
  test: '测试',
  provision: '开通',
  change: '变更',
  optimise: '优化',
  reclaim: '回收',
  settle: '结算',
} as const satisfies Record<Step, string>

const sideWords = {
  department: '使用部门',
  operator: '运行机构',
  none: '无',
} as const satisfies Record<ServiceRequest['track'][number]['side'], string>

const queueKindWords = {
  approval: '待我审批',
  collection: '待批汇总',
  test: '待测试确认',
  returned: '退回待改',
  failed: '开通或回收失败',
  'demand-plan': '需求计划',
  statement: '结算单',
  advice: '优化建议',
  'pending-grant': '待确认的三员授权',
  'due-review': '到期待复核的授权',
  'emergency-access': '待查看的应急授权',
  'identity-provider': '待设置规则并启用的身份提供方',
  'ending-token': '30 天内到期的服务账号令牌',
  finding: '安全问题',
} as const satisfies Record<QueueKind, string>

const searchKindWords = {
  system: '业务系统',
  request: '申请单',
  resource: '云资源',
  organisation: '机构',
  person: '人员',
  platform: '云平台',
  node: '云节点',
  offering: '服务',
  template: '应用模板',
} as const satisfies Record<SearchKind, string>

const requestKindWords = {
  open: '开通',
  change: '变更',
  reclaim: '回收',
} as const satisfies Record<ServiceRequest['kind'], string>

const changeKindWords = {
  resize: '变更规格',
  extend: '扩容',
  'add-volume': '增加云硬盘',
  'remove-volume': '删除云硬盘',
  'add-address': '增加公网地址',
  'remove-address': '释放公网地址',
  prolong: '调整到期时间',
  restore: '恢复',
  transfer: '转交',
  scale: '调整数量',
  stop: '关机',
  start: '开机',
  reboot: '重启',
  'rename-server': '云服务器改名',
  'rename-volume': '云硬盘改名',
  'take-snapshot': '创建快照',
  'restore-snapshot': '恢复快照',
  'remove-snapshot': '删除快照',
} as const satisfies Record<Change['kind'], string>

const resourceKindWords = {
  server: '云服务器',
  volume: '云硬盘',
  network: '网络',
  address: '公网地址',
} as const satisfies Record<ResourceKind, string>

const nodeKindWords = {
  core: '核心节点',
  backbone: '骨干节点',
  provider: '云服务商节点',
  integration: '利旧节点',
  recovery: '灾备节点',
} as const satisfies Record<CloudNode['kind'], string>

const powerWords = { running: '运行', stopped: '关机' } as const satisfies Record<
  NonNullable<Resource['power']>,
  string
>

const nextPowerWords = { stop: '关机', start: '开机' } as const satisfies Record<
  NonNullable<PowerSchedule['nextPower']>,
  string
>

const scheduleDayWords = {
  'working-days': '工作日',
  monday: '周一',
  tuesday: '周二',
  wednesday: '周三',
  thursday: '周四',
  friday: '周五',
  saturday: '周六',
  sunday: '周日',
} as const satisfies Record<PowerSchedule['days'][number], string>

const adviceKindWords = {
  'volume-unattached': '云硬盘未挂载',
  'server-stopped': '云服务器已关机',
  'address-unbound': '地址未绑定',
  'test-expired': '测试已到期',
} as const satisfies Record<Advice['kind'], string>

const snapshotStateWords = {
  taking: '创建中',
  ready: '可用',
  removing: '删除中',
  failed: '失败',
} as const satisfies Record<Snapshot['state'], string>

const phaseWords = { test: '测试', formal: '正式' } as const satisfies Record<Phase, string>

const alarmKindWords = {
  'platform-away': '云平台失联',
  'link-limit': '链路超限',
  'operation-failed': '作业失败',
  'request-overdue': '办件超期',
  'pool-full': '资源池将满',
  'platform-stale': '数据未更新',
} as const satisfies Record<AlarmKind, string>

const linkVerdictWords = {
  kept: '达标',
  survey: '待勘测',
  unmeasured: '未测',
  implausible: '数据存疑',
  broken: '超限',
} as const satisfies Record<LinkVerdict, string>

const auditOutcomeWords = { done: '已执行', refused: '被拒绝' } as const satisfies Record<AuditEntry['outcome'], string>

const auditProblemWords = {
  altered: '被篡改',
  removed: '被删除',
  inserted: '被插入',
  reordered: '被调序',
  'link-broken': '链断裂',
  'seal-forged': '封印不符',
  unsealed: '停止封存',
} as const satisfies Record<AuditProblem['kind'], string>

const grantStateWords = {
  pending: '待确认',
  effective: '有效',
  asleep: '未启用',
  awake: '应急中',
  ended: '已结束',
} as const satisfies Record<GrantState, string>

const findingStateWords = {
  raised: '已提出',
  ordered: '整改中',
  answered: '已反馈',
  closed: '已办结',
} as const satisfies Record<FindingState, string>

const alarmSeverityWords = { error: '故障', warning: '预警' } as const

const findingSeverityWords = {
  low: '低',
  medium: '中',
  high: '高',
  critical: '严重',
} as const satisfies Record<FindingSeverity, string>

const identityProviderKindWords = {
  openid: '统一身份认证',
  directory: '目录服务',
  certificate: '数字证书',
} as const satisfies Record<IdentityProviderKind, string>

const directoryEntryStateWords = {
  new: '新建',
  same: '已有',
  linkable: '关联本地账号',
  unmapped: '无对应机构',
  unsuitable: '登录名或姓名不可用',
  gone: '目录中已不存在',
  ended: '已离岗',
} as const satisfies Record<DirectoryEntry['state'], string>

/** Every closed list whose words a person reads. */
const personKindWords = { person: '人员', service: '服务账号' }
const factorKindWords = { totp: '动态口令', passkey: '通行密钥' }
const sessionStageWords = {
  'second-factor': '待证明第二因子',
  'password-change': '待修改口令',
  'second-factor-set-up': '待设置第二因子',
  complete: '已完成',
}

export const vocabularies = {
  requestState: requestStateWords,
  lineState: lineStateWords,
  stageState: stageStateWords,
  collectionState: collectionStateWords,
  verdict: verdictWords,
  needs: needsWords,
  subject: subjectWords,
  zone: zoneWords,
  operationState: operationStateWords,
  operationStepState: operationStepStateWords,
  resourceState: resourceStateWords,
  platformState: platformStateWords,
  webhookDeliveryState: webhookDeliveryStateWords,
  adviceState: adviceStateWords,
  templateState: templateStateWords,
  demandPlanState: demandPlanStateWords,
  statementState: statementStateWords,
  billState: billStateWords,
  step: stepWords,
  side: sideWords,
  requestKind: requestKindWords,
  changeKind: changeKindWords,
  resourceKind: resourceKindWords,
  nodeKind: nodeKindWords,
  searchKind: searchKindWords,
  queueKind: queueKindWords,
  power: powerWords,
  nextPower: nextPowerWords,
  scheduleDay: scheduleDayWords,
  adviceKind: adviceKindWords,
  phase: phaseWords,
  snapshotState: snapshotStateWords,
  alarmKind: alarmKindWords,
  linkVerdict: linkVerdictWords,
  personKind: personKindWords,
  factorKind: factorKindWords,
  identityProviderKind: identityProviderKindWords,
  directoryEntryState: directoryEntryStateWords,
  sessionStage: sessionStageWords,
  auditOutcome: auditOutcomeWords,
  auditProblem: auditProblemWords,
  grantState: grantStateWords,
  findingState: findingStateWords,
  findingSeverity: findingSeverityWords,
  alarmSeverity: alarmSeverityWords,
} as const satisfies Readonly<Record<string, Vocabulary>>
export type VocabularyName = keyof typeof vocabularies

/** `delivery-failed` reads “Delivery failed”. */
const inEnglish = (code: string): string => {
  const words = code.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** A code as a person reads it; one that is unknown, of a later release, stays as it is. */
export const wordOf = (locale: Locale, name: VocabularyName, code: string): string => {
  if (locale === 'en') return inEnglish(code)
  const vocabulary: Vocabulary = vocabularies[name]
  return Object.hasOwn(vocabulary, code) ? (vocabulary[code] ?? code) : code
}
