import { type Static, Type } from 'typebox'
import { ComponentId, NodeId, OfferingId, PlanId, PlatformId, PriceId } from './id.ts'
import { operation } from './operation.ts'
import { Code, Instant, literals, Name, nullable, Paging, pageOf, YuanE4 } from './primitive.ts'

/** What a component counts. GiB of memory and storage, whole cores, whole addresses. */
export const measures = ['vcpu', 'memory-gib', 'volume-gib', 'address'] as const
export const Measure = literals(measures)
export type Measure = (typeof measures)[number]

/** Test time has prices of its own; none set means free. */
export const phases = ['test', 'formal'] as const
export const Phase = literals(phases)
export type Phase = (typeof phases)[number]

export const Component = Type.Object(
  { id: ComponentId, code: Code, name: Name, measure: Measure },
  { $id: 'Component' },
)
export type Component = Static<typeof Component>

export const Price = Type.Object(
  {
    id: PriceId,
    componentId: ComponentId,
    phase: Phase,
    validFrom: Instant,
    monthlyPriceYuanE4: nullable(YuanE4),
  },
  { $id: 'Price', description: 'Valid until the next one of its component and phase; null ends the price' },
)
export type Price = Static<typeof Price>

export const Plan = Type.Object(
  {
    id: PlanId,
    offeringId: OfferingId,
    code: Code,
    name: Name,
    vcpus: Type.Integer({ minimum: 1, maximum: 1024 }),
    memoryMib: Type.Integer({ minimum: 128, maximum: 33_554_432, multipleOf: 128 }),
    systemDiskGib: Type.Integer({ minimum: 1, maximum: 65_536 }),
    monthlyPriceYuanE4: nullable(YuanE4),
  },
  { $id: 'Plan' },
)
export type Plan = Static<typeof Plan>

/** Which component meters which measure of an offering. */
export const Metering = Type.Object({
  vcpu: ComponentId,
  'memory-gib': ComponentId,
  'volume-gib': ComponentId,
  address: ComponentId,
})

export const Offering = Type.Object(
  {
    id: OfferingId,
    code: Code,
    name: Name,
    kind: literals(['server']),
    architecture: literals(['x86-64', 'arm64', 'loongarch64']),
    imageNames: Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { minItems: 1, maxItems: 100 }),
    metering: Metering,
    /** A request of at most this many cores in all, within quota, is approved by rule at once. */
    approvedByRuleUpToVcpus: Type.Integer({ minimum: 0 }),
    testDays: Type.Integer({ minimum: 1, maximum: 365 }),
    released: Type.Boolean(),
    revision: Type.Integer(),
    plans: Type.Array(Plan),
  },
  { $id: 'Offering' },
)
export type Offering = Static<typeof Offering>

const offeringColumns = ['id', 'code', 'name', 'kind', 'architecture', 'released']

export const offeringList = operation({
  name: 'offering.list',
  http: 'GET /offerings',
  summary: { 'zh-CN': '浏览服务目录', en: 'Browse the catalogue' },
  query: Type.Object(Paging),
  answers: { 200: pageOf(Offering, 'OfferingPage') },
  columns: offeringColumns,
})

export const offeringGet = operation({
  name: 'offering.get',
  http: 'GET /offerings/{offeringId}',
  summary: { 'zh-CN': '查看服务', en: 'Show an offering' },
  params: Type.Object({ offeringId: OfferingId }),
  answers: { 200: Offering },
  columns: offeringColumns,
})

export const Place = Type.Object(
  {
    platformId: PlatformId,
    platformName: Name,
    nodeId: NodeId,
    nodeName: Name,
    architecture: Type.String(),
    securityGrade: Type.Integer({ description: 'No system graded above this is placed there' }),
    planIds: Type.Array(PlanId, { description: 'What can be had there now' }),
    reason: nullable(
      Type.Object(
        { code: Type.String(), message: Type.String() },
        { description: 'Why not there; of the smallest plan, where none can be had' },
      ),
    ),
  },
  { $id: 'Place', description: 'Where an offering can be had now, or why not' },
)
export type Place = Static<typeof Place>

export const offeringPlaces = operation({
  name: 'offering.places',
  http: 'GET /offerings/{offeringId}/places',
  summary: { 'zh-CN': '查看服务在哪些云平台可申请', en: 'Say where an offering can be had, and why not elsewhere' },
  params: Type.Object({ offeringId: OfferingId }),
  answers: { 200: Type.Object({ items: Type.Array(Place) }, { $id: 'PlaceList' }) },
  columns: ['platformName', 'nodeName', 'architecture', 'securityGrade', 'reason'],
})

export const offeringCreate = operation({
  name: 'offering.create',
  http: 'POST /offerings',
  summary: { 'zh-CN': '发布服务', en: 'Release an offering' },
  body: Type.Object({
    code: Code,
    name: Name,
    kind: Offering.properties.kind,
    architecture: Type.Optional(Offering.properties.architecture),
    imageNames: Offering.properties.imageNames,
    metering: Metering,
    approvedByRuleUpToVcpus: Type.Optional(Offering.properties.approvedByRuleUpToVcpus),
    testDays: Type.Optional(Offering.properties.testDays),
  }),
  answers: { 201: Offering },
  faults: ['code-taken', 'component-wrong'],
  columns: offeringColumns,
})

export const offeringEdit = operation({
  name: 'offering.edit',
  http: 'PATCH /offerings/{offeringId}',
  summary: { 'zh-CN': '修改、下架或重新发布服务', en: 'Edit, withdraw or release again an offering' },
  params: Type.Object({ offeringId: OfferingId }),
  body: Type.Object({
    name: Type.Optional(Name),
    imageNames: Type.Optional(Offering.properties.imageNames),
    approvedByRuleUpToVcpus: Type.Optional(Offering.properties.approvedByRuleUpToVcpus),
    testDays: Type.Optional(Offering.properties.testDays),
    released: Type.Optional(
      Type.Boolean({ description: 'Withdrawn, it can no longer be asked for; what stands goes on as it is' }),
    ),
  }),
  answers: { 200: Offering },
  faults: ['revision-stale'],
  columns: offeringColumns,
})

export const planCreate = operation({
  name: 'plan.create',
  http: 'POST /offerings/{offeringId}/plans',
  summary: { 'zh-CN': '新建规格', en: 'Add a plan to an offering' },
  params: Type.Object({ offeringId: OfferingId }),
  body: Type.Object({
    code: Code,
    name: Name,
    vcpus: Plan.properties.vcpus,
    memoryMib: Plan.properties.memoryMib,
    systemDiskGib: Plan.properties.systemDiskGib,
  }),
  answers: { 201: Plan },
  faults: ['code-taken'],
  columns: ['id', 'code', 'name', 'vcpus', 'memoryMib', 'systemDiskGib', 'monthlyPriceYuanE4'],
})

export const componentList = operation({
  name: 'component.list',
  http: 'GET /components',
  summary: { 'zh-CN': '列出计量项', en: 'List components' },
  query: Type.Object(Paging),
  answers: { 200: pageOf(Component, 'ComponentPage') },
  columns: ['id', 'code', 'name', 'measure'],
})

export const componentCreate = operation({
  name: 'component.create',
  http: 'POST /components',
  summary: { 'zh-CN': '新建计量项', en: 'Create a component' },
  body: Type.Object({ code: Code, name: Name, measure: Measure }),
  answers: { 201: Component },
  faults: ['code-taken'],
  columns: ['id', 'code', 'name', 'measure'],
})

export const priceList = operation({
  name: 'price.list',
  http: 'GET /prices',
  summary: { 'zh-CN': '查看价目', en: 'List prices' },
  query: Type.Object({ ...Paging, componentId: Type.Optional(ComponentId) }),
  answers: { 200: pageOf(Price, 'PricePage') },
  columns: ['id', 'componentId', 'phase', 'validFrom', 'monthlyPriceYuanE4'],
})

export const priceSet = operation({
  name: 'price.set',
  http: 'POST /prices',
  summary: { 'zh-CN': '发布价格', en: 'Set a price from an instant on' },
  body: Type.Object({
    componentId: ComponentId,
    phase: Phase,
    validFrom: Instant,
    monthlyPriceYuanE4: nullable(
      Type.Integer({
        minimum: 0,
        // ¥50,000: the largest request at this price is still an exact number.
        maximum: 500_000_000,
      }),
    ),
  }),
  answers: { 201: Price },
  faults: ['price-already-set', 'month-closed'],
  columns: ['id', 'componentId', 'phase', 'validFrom', 'monthlyPriceYuanE4'],
})
