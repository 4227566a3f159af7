import { type Static, Type } from 'typebox'
import { DataCentreId, LinkId, NodeId, OrganisationId, PlatformId, SystemId } from './id.ts'
import { CloudNode, DataCentre, Link, Platform } from './node.ts'
import { operation } from './operation.ts'
import { Instant, literals, Month, nullable, YuanE4 } from './primitive.ts'
import { Step } from './request.ts'

/** What is wrong now, in the order in which it is shown. */
export const alarmKinds = [
  'platform-away',
  'link-limit',
  'operation-failed',
  'request-overdue',
  'pool-full',
  'platform-stale',
] as const
export type AlarmKind = (typeof alarmKinds)[number]

/** From the best to the worst. `implausible`: faster than light in fibre. `survey`: too near the limit for coordinates to tell. */
export const linkVerdicts = ['kept', 'survey', 'unmeasured', 'implausible', 'broken'] as const
const LinkVerdict = literals(linkVerdicts)
export type LinkVerdict = (typeof linkVerdicts)[number]

const held = {
  servers: Type.Integer(),
  vcpus: Type.Integer(),
  memoryMib: Type.Integer(),
  storageGib: Type.Integer({ description: 'System disks and volumes' }),
}

const Capacity = Type.Object({ physical: Type.Integer(), sellable: Type.Integer(), promised: Type.Integer() })

const BoardNode = Type.Object(
  {
    id: NodeId,
    code: CloudNode.properties.code,
    name: CloudNode.properties.name,
    kind: CloudNode.properties.kind,
    divisionCode: CloudNode.properties.divisionCode,
    place: nullable(
      Type.Object({ longitude: DataCentre.properties.longitude, latitude: DataCentre.properties.latitude }),
    ),
    platforms: Type.Array(
      Type.Object({
        id: PlatformId,
        name: Platform.properties.name,
        state: Platform.properties.state,
        listedAt: nullable(Instant),
        isStale: Type.Boolean({ description: 'What it holds could not be listed for a while' }),
      }),
    ),
    capacity: nullable(
      Type.Object(
        { hosts: nullable(Type.Integer()), vcpus: Capacity, memoryMib: Capacity },
        {
          description: 'Of its pools; null where it has none that the caller may see',
        },
      ),
    ),
    carried: nullable(Type.Object({ systems: Type.Integer(), ...held }, { description: 'What is in use there' })),
  },
  { $id: 'BoardNode' },
)
export type BoardNode = Static<typeof BoardNode>

const LinkFinding = Type.Object(
  {
    rule: Type.String({ description: 'Stable number of the check', examples: ['DR-02'] }),
    measure: literals(['distance-km', 'latency-ms', 'bandwidth-mbps']),
    bound: literals(['below', 'at-most', 'at-least']),
    limit: Type.Number(),
    measured: nullable(Type.Number({ description: 'Latency there and back' })),
    verdict: LinkVerdict,
    reference: Type.String({ description: 'The document that says so' }),
    unsure: nullable(
      literals(['distance-basis', 'latency-basis', 'network'], { description: 'What nobody has confirmed yet (待核)' }),
    ),
  },
  { $id: 'LinkFinding' },
)

const LinkSite = Type.Object({ dataCentreId: DataCentreId, nodeId: NodeId, name: DataCentre.properties.name })

const BoardLink = Type.Object(
  {
    id: LinkId,
    from: LinkSite,
    to: LinkSite,
    bandwidthMbps: Link.properties.bandwidthMbps,
    latencyMs: Link.properties.latencyMs,
    latencyBasis: Link.properties.latencyBasis,
    measuredAt: Link.properties.measuredAt,
    distanceKm: Link.properties.distanceKm,
    verdict: nullable(literals(linkVerdicts, { description: 'The worst found; null where no rule asks' })),
    findings: Type.Array(LinkFinding),
  },
  { $id: 'BoardLink' },
)
export type BoardLink = Static<typeof BoardLink>

const Alarm = Type.Object(
  {
    kind: literals(alarmKinds),
    severity: literals(['error', 'warning']),
    id: Type.String({ description: 'What it is about: a platform, link, operation, request' }),
    name: nullable(Type.String({ description: 'What that is called; of an operation its saga' })),
    organisationName: nullable(Type.String()),
    nodeId: nullable(NodeId),
    since: nullable(Instant),
    share: nullable(Type.Number({ description: 'Of a full pool: promised ÷ sellable' })),
  },
  { $id: 'Alarm' },
)
export type Alarm = Static<typeof Alarm>

export const Board = Type.Object(
  {
    at: Instant,
    totals: Type.Object({ systems: Type.Integer(), ...held }, { description: 'In use by systems within my reach' }),
    nodes: Type.Array(BoardNode),
    links: Type.Array(BoardLink),
    linkRules: Type.String({ description: 'Version of the rules that links are judged by' }),
    steps: Type.Array(Type.Object({ step: Step, count: Type.Integer(), overdue: Type.Integer() }), {
      description: 'What is under way in each of the eight steps; advice that is open stands for optimising',
    }),
    alarms: Type.Object({
      counts: Type.Array(
        Type.Object({
          kind: literals(alarmKinds),
          count: Type.Integer({ description: 'A hundred at most' }),
          more: Type.Boolean({ description: 'There are more than were counted' }),
        }),
      ),
      items: Type.Array(Alarm, { description: 'Eight of a kind at most' }),
    }),
    months: Type.Array(
      Type.Object({
        month: Month,
        amountYuanE4: YuanE4,
        providers: Type.Array(Type.Object({ id: OrganisationId, name: Type.String(), amountYuanE4: YuanE4 }), {
          description: 'By the statements, for who may see contracts',
        }),
      }),
      { maxItems: 6, description: 'Closed months, the earliest first' },
    ),
    systems: Type.Array(Type.Object({ id: SystemId, name: Type.String(), organisationName: Type.String(), ...held }), {
      maxItems: 8,
      description: 'Those with the most cores',
    }),
  },
  { $id: 'Board' },
)
export type Board = Static<typeof Board>

export const boardGet = operation({
  name: 'board.get',
  http: 'GET /board',
  summary: { 'zh-CN': '查看全省态势', en: 'Show the situation of the province' },
  answers: { 200: Board },
  columns: ['at', 'totals', 'steps'],
})
