import { type Static, Type } from 'typebox'
import { LineId, NodeId, PlatformId, RequestId } from './id.ts'
import { operation } from './operation.ts'
import { Name, nullable } from './primitive.ts'
import { drafting, RequestAsk } from './request.ts'

const Share = Type.Number({ minimum: 0, maximum: 1 })

export const PlacementCandidate = Type.Object(
  {
    platformId: nullable(PlatformId),
    platformName: Type.String(),
    nodeId: nullable(NodeId),
    nodeName: Type.String(),
    architecture: Type.String(),
    score: Share,
    scores: Type.Array(
      Type.Object({
        scorer: Type.String({ description: 'The wish, in one word that does not change' }),
        message: Type.String(),
        score: Share,
      }),
      { description: 'Why here: what each wish of the policy gave' },
    ),
  },
  { $id: 'PlacementCandidate', description: 'A place that every rule admits' },
)
export type PlacementCandidate = Static<typeof PlacementCandidate>

export const PlacementRejection = Type.Object(
  {
    filter: Type.String({ description: 'The rule' }),
    code: Type.String({ description: 'Its reason' }),
    message: Type.String(),
    parameters: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()])),
    pools: Type.Integer({ minimum: 1, description: 'How many pools it turned away' }),
  },
  { $id: 'PlacementRejection', description: 'Why not there' },
)

export const LinePlacement = Type.Object(
  {
    lineId: nullable(LineId),
    lineName: Name,
    quantity: Type.Integer({ minimum: 1 }),
    decided: Type.Boolean({ description: 'False: what it would come to now' }),
    chosen: nullable(PlacementCandidate),
    runnersUp: Type.Array(PlacementCandidate),
    rejections: Type.Array(PlacementRejection, { description: 'The commonest first' }),
    considered: Type.Integer({ minimum: 0, description: 'Pools that were looked at' }),
  },
  { $id: 'LinePlacement', description: 'Where the servers of a line go, and why not elsewhere' },
)
export type LinePlacement = Static<typeof LinePlacement>

const answers = { 200: Type.Object({ items: Type.Array(LinePlacement) }, { $id: 'LinePlacementList' }) }
const columns = ['lineName', 'quantity', 'decided', 'chosen', 'runnersUp', 'rejections'] as const

export const placementExplain = operation({
  name: 'placement.explain',
  http: 'GET /requests/{requestId}/placements',
  summary: { 'zh-CN': '查看申请为何放在这里', en: 'Say why a request goes here, and why not elsewhere' },
  params: Type.Object({ requestId: RequestId }),
  answers,
  columns,
})

export const placementPreview = operation({
  name: 'placement.preview',
  http: 'POST /placements/explain',
  summary: { 'zh-CN': '试算放在哪里，不占用资源', en: 'Say where something would go, and take nothing' },
  body: RequestAsk,
  answers,
  faults: [...drafting],
  columns,
})
