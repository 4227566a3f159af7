import { type Static, type TObject, type TSchema, Type } from 'typebox'
import type { FaultCode } from './fault.ts'
import {
  AddressId,
  LineId,
  PlanId,
  RequestId,
  ResourceId,
  resourceKinds,
  ServerId,
  SnapshotId,
  SystemId,
  VolumeId,
} from './id.ts'
import { operation, type Text } from './operation.ts'
import { FaultView } from './operation-record.ts'
import { Instant, literals, Name, nullable, YuanE4 } from './primitive.ts'
import { ServiceRequest } from './request.ts'

export const ChangeQuote = Type.Object(
  {
    monthlyPriceYuanE4Before: YuanE4,
    monthlyPriceYuanE4: YuanE4,
    approvedByRule: Type.Boolean(),
    losses: Type.Array(
      Type.Object({
        resourceId: ResourceId,
        kind: literals(resourceKinds),
        name: Type.String(),
        sizeGib: nullable(Type.Integer()),
      }),
      { description: 'What will be gone for good, with what is stored on it' },
    ),
    refusals: Type.Array(FaultView),
  },
  {
    $id: 'ChangeQuote',
    description:
      'What it is about costs so much before and after; refusals say what would keep it from being asked now',
  },
)
export type ChangeQuote = Static<typeof ChangeQuote>

/** The name typed again by whoever knows what will be lost. */
export const confirmation = Type.String({
  minLength: 1,
  maxLength: 200,
  description: 'Its name once more: it will be lost',
})

const servers = { in: 'servers', params: Type.Object({ serverId: ServerId }) }
const volumes = { in: 'volumes', params: Type.Object({ volumeId: VolumeId }) }
const addresses = { in: 'addresses', params: Type.Object({ addressId: AddressId }) }
const lines = { in: 'lines', params: Type.Object({ lineId: LineId }) }
const requests = { in: 'requests', params: Type.Object({ requestId: RequestId }) }

const always = ['resource-busy', 'resource-not-changeable'] as const

type Quoting<Name> = Name extends `${infer Noun}.${infer Verb}` ? `${Noun}.quote-${Verb}` : never

/** A change and its quote: the same body at two doors, from one description. */
const change = <const N extends `${string}.${string}`, const P extends TObject, const B extends TSchema>(it: {
  readonly name: N
  readonly of: { readonly in: string; readonly params: P }
  readonly summary: Text
  readonly body: B
  readonly faults: readonly FaultCode[]
}) => {
  const [noun = '', verb = ''] = it.name.split('.')
  const path = `POST /${it.of.in}/{${noun}Id}/${verb}` as const
  return {
    ask: operation({
      name: it.name,
      http: path,
      summary: it.summary,
      params: it.of.params,
      body: it.body,
      answers: { 201: ServiceRequest },
      faults: [...always, ...it.faults],
      columns: ['id', 'kind', 'state'],
    }),
    quote: operation({
      name: `${noun}.quote-${verb}` as Quoting<N>, // put together of what was split
      http: `${path}/quote`,
      summary: { 'zh-CN': `试算：${it.summary['zh-CN']}`, en: `Quote: ${it.summary.en}` },
      params: it.of.params,
      body: it.body,
      answers: { 200: ChangeQuote },
      faults: [],
      columns: ['monthlyPriceYuanE4Before', 'monthlyPriceYuanE4', 'approvedByRule'],
    }),
  }
}

const room = ['quota-exceeded', 'capacity-exhausted', 'price-missing'] as const
const held = ['quota-exceeded', 'system-quota-exceeded', 'budget-exceeded', 'price-missing'] as const

export const { ask: serverResize, quote: serverResizeQuote } = change({
  name: 'server.resize',
  of: servers,
  summary: { 'zh-CN': '申请变更云服务器规格', en: 'Ask to resize a server' },
  body: Type.Object({ planId: PlanId }),
  faults: ['plan-of-another-offering', 'offering-not-released', 'nothing-to-change', ...room],
})

const sizeGib = Type.Integer({ minimum: 1, maximum: 65_536, description: 'GiB; the cloud may round up' })

export const { ask: volumeExtend, quote: volumeExtendQuote } = change({
  name: 'volume.extend',
  of: volumes,
  summary: { 'zh-CN': '申请扩容云硬盘', en: 'Ask to extend a volume' },
  body: Type.Object({ sizeGib }),
  faults: ['volume-not-shrinkable', 'nothing-to-change', ...room],
})

export const { ask: serverAddVolume, quote: serverAddVolumeQuote } = change({
  name: 'server.add-volume',
  of: servers,
  summary: { 'zh-CN': '申请为云服务器增加云硬盘', en: 'Ask for one more volume on a server' },
  body: Type.Object({ name: Name, sizeGib }),
  faults: ['resource-name-taken', ...room],
})

export const { ask: volumeRemove, quote: volumeRemoveQuote } = change({
  name: 'volume.remove',
  of: volumes,
  summary: { 'zh-CN': '申请删除云硬盘，数据不可恢复', en: 'Ask to remove a volume with all that is on it' },
  body: Type.Object({ confirmation }),
  faults: ['confirmation-wrong'],
})

export const { ask: serverAddAddress, quote: serverAddAddressQuote } = change({
  name: 'server.add-address',
  of: servers,
  summary: { 'zh-CN': '申请为云服务器增加公网地址', en: 'Ask for a public address on a server' },
  body: Type.Object({}),
  faults: ['address-held-already', ...room],
})

export const { ask: addressRemove, quote: addressRemoveQuote } = change({
  name: 'address.remove',
  of: addresses,
  summary: { 'zh-CN': '申请释放公网地址', en: 'Ask to give a public address back' },
  body: Type.Object({}),
  faults: [],
})

export const { ask: requestProlong, quote: requestProlongQuote } = change({
  name: 'request.prolong',
  of: requests,
  summary: { 'zh-CN': '申请调整资源到期时间', en: 'Ask for another end of what a request delivered' },
  body: Type.Object({ expiresAt: nullable(Instant) }),
  faults: ['step-not-allowed', 'nothing-to-change'],
})

export const { ask: requestRestore, quote: requestRestoreQuote } = change({
  name: 'request.restore',
  of: requests,
  summary: { 'zh-CN': '申请从回收站恢复', en: 'Ask for what lies in the recycle bin back' },
  body: Type.Object({ expiresAt: Type.Optional(nullable(Instant)) }),
  faults: ['step-not-allowed', ...room],
})

export const { ask: requestTransfer, quote: requestTransferQuote } = change({
  name: 'request.transfer',
  of: requests,
  summary: {
    'zh-CN': '申请将资源转交其他业务系统或单位',
    en: 'Ask to transfer what a request delivered to another system, or another department',
  },
  body: Type.Object({ systemId: SystemId }),
  faults: [
    'nothing-to-change',
    'receiver-without-room',
    'transfer-to-lower-grade',
    'platform-grade-too-low',
    'operator-missing',
    ...held,
  ],
})

const notAbleTo = ['platform-not-able'] as const

export const { ask: serverStop, quote: serverStopQuote } = change({
  name: 'server.stop',
  of: servers,
  summary: {
    'zh-CN': '申请云服务器关机，关机期间保留容量、照常计费',
    en: 'Ask to stop a server; its place is kept, and it costs as before',
  },
  body: Type.Object({}),
  faults: notAbleTo,
})

export const { ask: serverStart, quote: serverStartQuote } = change({
  name: 'server.start',
  of: servers,
  summary: { 'zh-CN': '申请云服务器开机', en: 'Ask to start a server' },
  body: Type.Object({}),
  faults: notAbleTo,
})

export const { ask: serverReboot, quote: serverRebootQuote } = change({
  name: 'server.reboot',
  of: servers,
  summary: { 'zh-CN': '申请重启云服务器', en: 'Ask to reboot a server' },
  body: Type.Object({
    forced: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'Its power is taken away without asking the system that runs on it',
      }),
    ),
  }),
  faults: ['server-not-running', ...notAbleTo],
})

export const { ask: serverRename, quote: serverRenameQuote } = change({
  name: 'server.rename',
  of: servers,
  summary: { 'zh-CN': '申请更改云服务器名称', en: 'Ask for another name of a server' },
  body: Type.Object({ name: Name }),
  faults: ['name-taken-in-system', 'nothing-to-change', ...notAbleTo],
})

export const { ask: volumeRename, quote: volumeRenameQuote } = change({
  name: 'volume.rename',
  of: volumes,
  summary: { 'zh-CN': '申请更改云硬盘名称', en: 'Ask for another name of a volume' },
  body: Type.Object({ name: Name }),
  faults: ['resource-name-taken', 'nothing-to-change', ...notAbleTo],
})

export const { ask: volumeTakeSnapshot, quote: volumeTakeSnapshotQuote } = change({
  name: 'volume.take-snapshot',
  of: volumes,
  summary: {
    'zh-CN': '申请为云硬盘创建快照，占用配额，不计费',
    en: 'Ask for a snapshot of a volume; it counts against the quota and costs nothing',
  },
  body: Type.Object({ name: Name }),
  faults: ['too-many-snapshots', 'quota-exceeded', ...notAbleTo],
})

export const { ask: volumeRestoreSnapshot, quote: volumeRestoreSnapshotQuote } = change({
  name: 'volume.restore-snapshot',
  of: volumes,
  summary: {
    'zh-CN': '申请将云硬盘恢复到快照，此后写入的数据不可恢复',
    en: 'Ask to put a volume back to a snapshot; what was written since is lost',
  },
  body: Type.Object({ snapshotId: SnapshotId, confirmation }),
  faults: ['confirmation-wrong', 'server-running', 'snapshot-not-restorable', ...notAbleTo],
})

export const { ask: volumeRemoveSnapshot, quote: volumeRemoveSnapshotQuote } = change({
  name: 'volume.remove-snapshot',
  of: volumes,
  summary: { 'zh-CN': '申请删除快照', en: 'Ask to remove a snapshot' },
  body: Type.Object({ snapshotId: SnapshotId, confirmation }),
  faults: ['confirmation-wrong'],
})

export const { ask: lineScale, quote: lineScaleQuote } = change({
  name: 'line.scale',
  of: lines,
  summary: {
    'zh-CN': '申请调整一组同规格云服务器的数量',
    en: 'Ask for more or fewer of the equal servers of a line; of fewer the newest go, for good',
  },
  body: Type.Object({
    quantity: Type.Integer({ minimum: 1, maximum: 100 }),
    confirmation: Type.Optional(confirmation),
  }),
  faults: [
    'step-not-allowed',
    'nothing-to-change',
    'confirmation-wrong',
    'offering-not-released',
    'no-platform-fits',
    ...room,
    ...held,
  ],
})

/** Every change with its quote, in the order in which people read about them. */
export const changeOperations = [
  serverResize,
  serverResizeQuote,
  serverAddVolume,
  serverAddVolumeQuote,
  serverAddAddress,
  serverAddAddressQuote,
  volumeExtend,
  volumeExtendQuote,
  volumeRemove,
  volumeRemoveQuote,
  addressRemove,
  addressRemoveQuote,
  requestProlong,
  requestProlongQuote,
  requestRestore,
  requestRestoreQuote,
  requestTransfer,
  requestTransferQuote,
  lineScale,
  lineScaleQuote,
  serverStop,
  serverStopQuote,
  serverStart,
  serverStartQuote,
  serverReboot,
  serverRebootQuote,
  serverRename,
  serverRenameQuote,
  volumeRename,
  volumeRenameQuote,
  volumeTakeSnapshot,
  volumeTakeSnapshotQuote,
  volumeRestoreSnapshot,
  volumeRestoreSnapshotQuote,
  volumeRemoveSnapshot,
  volumeRemoveSnapshotQuote,
] as const
