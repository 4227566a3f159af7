import { type Static, Type } from 'typebox'

/** Typed prefixes. Inside the database an id is a bare UUIDv7; the prefix exists at the edge only. */
export const idPrefixes = {
  organisation: 'org',
  person: 'prs',
  grant: 'grt',
  session: 'ses',
  secondFactor: 'fac',
  apiToken: 'tok',
  identityProvider: 'idp',
  system: 'sys',
  node: 'nod',
  dataCentre: 'dcn',
  link: 'lnk',
  platform: 'plt',
  pool: 'pol',
  host: 'hst',
  offering: 'off',
  plan: 'pln',
  template: 'tpl',
  component: 'cmp',
  price: 'prc',
  request: 'req',
  line: 'lin',
  server: 'srv',
  volume: 'vol',
  network: 'net',
  address: 'adr',
  project: 'prj',
  operation: 'opn',
  usage: 'use',
  bill: 'bil',
  correction: 'cor',
  statement: 'stm',
  budget: 'bgt',
  demandPlan: 'dmp',
  audit: 'aud',
  advice: 'adv',
  wipeRecord: 'wip',
  notice: 'ntc',
  route: 'rte',
  delegation: 'dlg',
  attachment: 'att',
  collection: 'col',
  powerSchedule: 'pws',
  snapshot: 'snp',
  finding: 'fnd',
  webhook: 'whk',
  webhookDelivery: 'dlv',
} as const
export type IdKind = keyof typeof idPrefixes

/** Crockford's base 32 in lower case, as TypeID uses it: sorts as the UUID does, and is safe in DNS names. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

const digitOf = new Map([...alphabet].map((character, value) => [character, value]))

/** `value` as so many characters. */
const written = (value: number, length: number): string => {
  let text = ''
  for (let shift = 5 * (length - 1); shift >= 0; shift -= 5) text += alphabet.charAt((value >>> shift) & 31)
  return text
}

const read = (text: string): number => {
  let value = 0
  for (const character of text) value = value * 32 + (digitOf.get(character) ?? 0)
  return value
}

/** Two characters for the first byte; from then on five hexadecimal digits are four characters: twenty bits. */
const groups = [0, 1, 2, 3, 4, 5]

/** `018f…-…` → 26 characters; the time order of UUIDv7 is kept. */
export const encodeUuid = (uuid: string): string => {
  const hex = uuid.replaceAll('-', '')
  const rest = groups.map((it) => written(Number.parseInt(hex.slice(2 + 5 * it, 7 + 5 * it), 16), 4))
  return `${written(Number.parseInt(hex.slice(0, 2), 16), 2)}${rest.join('')}`
}

/** The reverse of `encodeUuid`; null for anything that is no such text. */
export const decodeUuid = (text: string): string | null => {
  if (!/^[0-7][0-9a-hjkmnp-tv-z]{25}$/.test(text)) return null
  const rest = groups.map((it) =>
    read(text.slice(2 + 4 * it, 6 + 4 * it))
      .toString(16)
      .padStart(5, '0'),
  )
  const hex = `${read(text.slice(0, 2)).toString(16).padStart(2, '0')}${rest.join('')}`
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** `srv_01h…` for a UUID of that kind. */
export const toId = (kind: IdKind, uuid: string): string => `${idPrefixes[kind]}_${encodeUuid(uuid)}`

/** The UUID in an id of that kind, or null when the id is of another kind or none. */
export const fromId = (kind: IdKind, id: string): string | null =>
  id.startsWith(`${idPrefixes[kind]}_`) ? decodeUuid(id.slice(idPrefixes[kind].length + 1)) : null

/** The first and the last UUID whose id of that kind begins with a text; null where the text is too short, or is none. */
export const idsBeginning = (kind: IdKind, text: string): { first: string; last: string } | null => {
  const prefix = `${idPrefixes[kind]}_`
  const letters = text.slice(prefix.length)
  if (!text.startsWith(prefix) || letters.length < 4) return null
  const first = decodeUuid(letters.padEnd(26, '0'))
  const last = decodeUuid(letters.padEnd(26, 'z'))
  return first !== null && last !== null ? { first, last } : null
}

const idSchema = (kind: IdKind) =>
  Type.String({
    pattern: `^${idPrefixes[kind]}_[0-7][0-9a-hjkmnp-tv-z]{25}$`,
    examples: [`${idPrefixes[kind]}_01ja8kz5v0e8y9m2n4p6q8r0st`],
  })

export const OrganisationId = idSchema('organisation')
export const PersonId = idSchema('person')
export const GrantId = idSchema('grant')
export const SessionId = idSchema('session')
export const SecondFactorId = idSchema('secondFactor')
export const ApiTokenId = idSchema('apiToken')
export const IdentityProviderId = idSchema('identityProvider')
export const SystemId = idSchema('system')
export const NodeId = idSchema('node')
export const DataCentreId = idSchema('dataCentre')
export const LinkId = idSchema('link')
export const PlatformId = idSchema('platform')
export const HostId = idSchema('host')
export const OfferingId = idSchema('offering')
export const PlanId = idSchema('plan')
export const TemplateId = idSchema('template')
export const PowerScheduleId = idSchema('powerSchedule')
export const ComponentId = idSchema('component')
export const RequestId = idSchema('request')
export const AttachmentId = idSchema('attachment')
export const LineId = idSchema('line')
export const ServerId = idSchema('server')
export const VolumeId = idSchema('volume')
export const AddressId = idSchema('address')
export const OperationId = idSchema('operation')
export const BillId = idSchema('bill')
export const CorrectionId = idSchema('correction')
export const StatementId = idSchema('statement')
export const BudgetId = idSchema('budget')
export const DemandPlanId = idSchema('demandPlan')
export const AuditId = idSchema('audit')
export const AdviceId = idSchema('advice')
export const NoticeId = idSchema('notice')
export const WebhookId = idSchema('webhook')
export const WebhookDeliveryId = idSchema('webhookDelivery')
export const WipeRecordId = idSchema('wipeRecord')
export const SnapshotId = idSchema('snapshot')
export const FindingId = idSchema('finding')
export const PriceId = idSchema('price')
export const RouteId = idSchema('route')
export const DelegationId = idSchema('delegation')
export const CollectionId = idSchema('collection')
export const UsageId = idSchema('usage')

/** Any kind of resource; the prefix tells which. */
export const ResourceId = Type.String({ pattern: '^(srv|vol|net|adr)_[0-7][0-9a-hjkmnp-tv-z]{25}$' })
export type ResourceId = Static<typeof ResourceId>

export const resourceKinds = ['server', 'volume', 'network', 'address'] as const
export type ResourceKind = (typeof resourceKinds)[number]

/** The UUID in a resource's id whatever its kind, with that kind; null when it is none. */
export const fromResourceId = (id: string): { kind: ResourceKind; uuid: string } | null => {
  for (const kind of resourceKinds) {
    const uuid = fromId(kind, id)
    if (uuid) return { kind, uuid }
  }
  return null
}
