import type { NoticeCode, Role } from '@yiduo/contract'

type OrganisationInData =
  | 'providerOrganisationId'
  | 'operatorOrganisationId'
  | 'bureauOrganisationId'
  | 'receiverOrganisationId'

/** The people who hold a role at the organisation that the event is of, or that its data names; or one person it names. */
export type Audience =
  | { readonly role: Role; readonly at: 'organisation' | OrganisationInData }
  | { readonly person: string }

/** An event of this type whose data say this tells these people that, with these members of its data. */
export interface NoticeRule {
  readonly on: string
  readonly where?: Readonly<Record<string, string | boolean>>
  /** Not where its data say this. */
  readonly unless?: Readonly<Record<string, string | boolean>>
  readonly to: readonly Audience[]
  readonly code: NoticeCode
  readonly parameters: readonly string[]
  /** Told in the product alone: what tells that nothing leaves it must not try to leave it. */
  readonly stays?: true
}

const operator: Audience = { role: 'operator', at: 'operatorOrganisationId' }
const department: readonly Audience[] = [{ person: 'sentBy' }, { role: 'department', at: 'organisation' }]
const spender: readonly Audience[] = [{ role: 'department', at: 'organisation' }]

const ownDepartment: Audience = { role: 'department', at: 'organisation' }
const receiver: Audience = { role: 'department', at: 'receiverOrganisationId' }
const bureau: Audience = { role: 'department', at: 'bureauOrganisationId' }

/** Whoever answers for what a finding is about: its organisation, the operator above it, and who supplies it. */
const concerned: readonly Audience[] = [
  ownDepartment,
  { role: 'operator', at: 'organisation' },
  { role: 'provider', at: 'providerOrganisationId' },
]
const securityOperator: readonly Audience[] = [{ role: 'security-operator', at: 'organisation' }]

/** Nothing else decides who is told of what. Of two that fit one person the first is told. */
export const noticeRules: readonly NoticeRule[] = [
  {
    on: 'request.submit',
    where: { approvedByRule: false },
    to: [operator],
    code: 'request-to-decide',
    parameters: ['remark'],
  },
  { on: 'request.submit', where: { toAccept: true }, to: [receiver], code: 'transfer-to-accept', parameters: [] },
  ...(['totp.confirm', 'passkey.register'] as const).map((on) => ({
    on,
    to: [{ person: 'personId' }],
    code: 'second-factor-added' as const,
    parameters: [],
  })),
  { on: 'password.reset', to: [{ person: 'personId' }], code: 'password-reset', parameters: [] },
  { on: 'second-factor.reset', to: [{ person: 'personId' }], code: 'second-factors-removed', parameters: [] },
  { on: 'request.transfer', to: [receiver], code: 'resources-received', parameters: [] },
  { on: 'request.collect', to: [bureau], code: 'request-to-decide', parameters: ['remark'] },
  {
    on: 'request.forward',
    where: { approvedByRule: false },
    to: [operator],
    code: 'request-to-decide',
    parameters: ['remark'],
  },
  { on: 'request.overdue', to: [operator], code: 'decision-overdue', parameters: ['stage'] },
  { on: 'request.escalate', to: [operator], code: 'decision-overdue', parameters: ['stage'] },
  { on: 'collection.submit', to: [operator], code: 'collection-to-decide', parameters: ['remark'] },
  { on: 'collection.return', to: [ownDepartment], code: 'collection-returned', parameters: ['remark'] },
  { on: 'collection.reject', to: [ownDepartment], code: 'collection-rejected', parameters: ['remark'] },
  { on: 'collection.overdue', to: [operator], code: 'decision-overdue', parameters: ['stage'] },
  { on: 'collection.escalate', to: [operator], code: 'decision-overdue', parameters: ['stage'] },
  { on: 'request.return', to: department, code: 'request-returned', parameters: ['remark'] },
  { on: 'request.reject', to: department, code: 'request-rejected', parameters: ['remark'] },
  { on: 'request.delivered', to: department, code: 'request-testing', parameters: ['testEndsAt'] },
  {
    on: 'request.completed',
    where: { kind: 'change' },
    unless: { scheduled: true }, // what is done by the clock every day is no news
    to: department,
    code: 'request-completed',
    parameters: [],
  },
  { on: 'power-schedule.failed', to: [ownDepartment], code: 'schedule-failed', parameters: ['serverId', 'dueAt'] },
  { on: 'request.delivery-failed', to: [operator], code: 'delivery-to-retry', parameters: [] },
  { on: 'request.delivery-failed', to: department, code: 'request-delivery-failed', parameters: [] },
  { on: 'request.ending', to: department, code: 'request-ending', parameters: ['expiresAt', 'days'] },
  { on: 'request.test-ending', to: department, code: 'test-ending', parameters: ['testEndsAt', 'days'] },
  { on: 'request.expired', to: department, code: 'request-expired', parameters: ['expiresAt'] },
  { on: 'request.test-expired', to: department, code: 'test-expired', parameters: ['testEndsAt'] },
  { on: 'request.grace', to: department, code: 'grace-begun', parameters: ['expiresAt', 'graceEndsAt'] },
  { on: 'request.recycled', to: department, code: 'request-recycled', parameters: ['purgeAt'] },
  { on: 'request.recycle-failed', to: [operator], code: 'recycle-to-retry', parameters: [] },
  { on: 'request.restored', to: department, code: 'request-restored', parameters: [] },
  { on: 'request.purge-coming', to: department, code: 'purge-coming', parameters: ['purgeAt', 'days'] },
  { on: 'request.reclaimed', to: department, code: 'request-reclaimed', parameters: [] },
  { on: 'request.reclaim-failed', to: [operator], code: 'reclaim-to-retry', parameters: [] },
  { on: 'bill.close', to: [ownDepartment], code: 'bill-closed', parameters: ['month'] },
  { on: 'advice.found', to: [ownDepartment], code: 'advice-found', parameters: ['count'] },
  { on: 'advice.assign', to: [{ person: 'ownerId' }], code: 'advice-assigned', parameters: ['resourceId', 'dueOn'] },
  {
    on: 'advice.overdue',
    to: [{ person: 'ownerId' }, ownDepartment],
    code: 'advice-overdue',
    parameters: ['resourceId', 'dueOn'],
  },
  {
    on: 'outbox.give-up',
    to: [operator],
    code: 'deliveries-given-up',
    parameters: ['count', 'problem'],
    stays: true,
  },
  { on: 'finding.raise', to: concerned, code: 'finding-raised', parameters: ['title'] },
  { on: 'finding.order', to: concerned, code: 'finding-ordered', parameters: ['title', 'dueOn', 'remark'] },
  { on: 'finding.answer', to: securityOperator, code: 'finding-answered', parameters: ['title', 'answer'] },
  { on: 'finding.close', to: concerned, code: 'finding-closed', parameters: ['title', 'remark'] },
  {
    on: 'audit.verify',
    where: { isBroken: true },
    to: [
      { role: 'audit-admin', at: 'organisation' },
      { role: 'security-admin', at: 'organisation' },
    ],
    code: 'audit-trail-broken',
    parameters: ['position', 'entry'],
  },
  {
    on: 'grant.create',
    where: { state: 'pending' },
    to: [{ role: 'security-admin', at: 'organisation' }],
    code: 'grant-to-confirm',
    parameters: ['pendingUntil'],
  },
  {
    on: 'emergency-access.begin',
    to: [
      { role: 'security-admin', at: 'organisation' },
      { role: 'audit-admin', at: 'organisation' },
    ],
    code: 'emergency-access-begun',
    parameters: ['login', 'until', 'reason'],
  },
  { on: 'budget.warning', to: spender, code: 'budget-warning', parameters: ['period', 'percent'] },
  { on: 'budget.exceeded', to: spender, code: 'budget-exceeded', parameters: ['period', 'percent'] },
]
