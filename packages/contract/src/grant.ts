import { type Static, Type } from 'typebox'
import { GrantId, IdentityProviderId, OrganisationId, PersonId } from './id.ts'
import { operation } from './operation.ts'
import { Instant, literals, Name, nullable, Paging, pageOf, SearchText } from './primitive.ts'
import { Role } from './role.ts'

export const grantStates = ['pending', 'effective', 'asleep', 'awake', 'ended'] as const
export type GrantState = (typeof grantStates)[number]

/** What a person holds, by a grant of their own or one that a colleague has delegated. */
export const SessionGrant = Type.Object(
  {
    id: GrantId,
    personId: PersonId,
    role: Role,
    organisationId: OrganisationId,
    reach: literals(['own', 'subtree', 'all']),
    until: nullable({
      ...Instant,
      description: 'From then on it allows nothing; of one that is asleep that is the past',
    }),
    emergency: Type.Boolean({ description: 'Asleep until its person wakes it: `emergency-access.begin`' }),
  },
  { $id: 'SessionGrant' },
)
export type SessionGrant = Static<typeof SessionGrant>

export const Grant = Type.Object(
  {
    ...SessionGrant.properties,
    state: literals(grantStates, { description: 'One that is neither effective nor awake allows nothing' }),
    lastsUntil: nullable({ ...Instant, description: 'As it was asked for; null: for good' }),
    pendingUntil: nullable({ ...Instant, description: 'Until then another security administrator can confirm it' }),
    askedById: nullable(PersonId),
    confirmedById: nullable(PersonId),
    provider: nullable(
      Type.Object(
        {
          id: IdentityProviderId,
          name: Name,
          enabled: Type.Boolean({ description: 'While it is switched off, what its claims gave allows nothing' }),
        },
        { $id: 'GrantProvider', description: 'Whose claims it follows; null of what people gave' },
      ),
    ),
    awakeReason: nullable(Type.String({ description: 'Why it was woken the last time' })),
    lastUsedAt: nullable({ ...Instant, description: 'To a minute' }),
    reviewedAt: nullable(Instant),
  },
  { $id: 'Grant' },
)
export type Grant = Static<typeof Grant>

const columns = ['id', 'personId', 'role', 'organisationId', 'reach', 'state', 'until']
const params = Type.Object({ grantId: GrantId })

export const grantList = operation({
  name: 'grant.list',
  http: 'GET /grants',
  summary: { 'zh-CN': '列出授权', en: 'List grants' },
  query: Type.Object({
    ...Paging,
    personId: Type.Optional(PersonId),
    text: Type.Optional({ ...SearchText, description: 'In the name or the log-in of its person' }),
    role: Type.Optional(Role),
    pending: Type.Optional(Type.Boolean({ description: 'Only those that wait to be confirmed, or only the others' })),
  }),
  answers: { 200: pageOf(Grant, 'GrantPage') },
  columns,
})

export const grantCreate = operation({
  name: 'grant.create',
  http: 'POST /grants',
  summary: {
    'zh-CN': '授权；三员的授权须由另一名安全管理员确认',
    en: 'Grant a role; one of the three administrative posts waits for another security administrator',
  },
  body: Type.Object({
    personId: PersonId,
    role: Role,
    organisationId: OrganisationId,
    reach: literals(['own', 'subtree', 'all']),
    until: Type.Optional(Instant),
    emergency: Type.Optional(Type.Boolean({ description: 'For emergencies: it allows nothing until it is woken' })),
  }),
  answers: { 201: Grant },
  faults: [
    'duties-not-separated',
    'post-not-for-services',
    'grant-to-oneself',
    'grant-in-the-past',
    'organisation-ended',
    'person-ended',
  ],
  columns,
  stepUp: true,
})

export const grantConfirm = operation({
  name: 'grant.confirm',
  http: 'POST /grants/{grantId}/confirm',
  summary: { 'zh-CN': '确认他人发起的三员授权', en: 'Confirm a grant that another security administrator asked for' },
  params,
  answers: { 200: Grant },
  faults: [
    'grant-not-pending',
    'grant-to-oneself',
    'grant-asked-by-oneself',
    'duties-not-separated',
    'post-not-for-services',
    'organisation-ended',
    'person-ended',
  ],
  columns,
  stepUp: true,
})

export const grantDecline = operation({
  name: 'grant.decline',
  http: 'POST /grants/{grantId}/decline',
  summary: { 'zh-CN': '不予确认', en: 'Decline a grant that waits to be confirmed' },
  params,
  answers: { 204: null },
  faults: ['grant-not-pending'],
  stepUp: true,
})

export const grantRevoke = operation({
  name: 'grant.revoke',
  http: 'DELETE /grants/{grantId}',
  summary: { 'zh-CN': '收回授权', en: 'Revoke a grant' },
  params,
  query: Type.Object({
    returns: Type.Optional(
      Type.Boolean({
        description: 'Of one that follows claims: it is known that it comes back with them, at a log-in or an import',
      }),
    ),
  }),
  answers: { 204: null },
  faults: ['last-security-admin', 'grant-follows-claims'],
  stepUp: true,
})
