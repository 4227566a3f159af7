import {
  emergencyAccessBegin,
  type Finding,
  findingAnswer,
  findingClose,
  findingOrder,
  findingRaise,
} from '@yiduo/contract'
import { present } from '../kernel/invariant.ts'
import { agreed, direction, type Scene, whole } from './scene.ts'
import { locale } from './stage.ts'
import { truths } from './truths.ts'

type Step =
  | { readonly does: 'raise'; readonly daysAgo: number }
  /** To be put right so many days from the first start on; in the past, where the number is negative. */
  | { readonly does: 'order'; readonly daysAgo: number; readonly dueInDays: number; readonly remark: string }
  | { readonly does: 'answer'; readonly daysAgo: number; readonly by: string; readonly answer: string }
  | { readonly does: 'close'; readonly daysAgo: number; readonly remark: string }

/** What the security operator saw of one thing, and what became of it. */
interface Inspection {
  readonly on: { readonly system: string } | { readonly platform: string }
  readonly title: string
  readonly detail: string
  readonly severity: Finding['severity']
  readonly steps: readonly Step[]
}

const inspector = 'wei.security'

const inspections: readonly Inspection[] = [
  {
    on: { platform: truths.overselling.platform },
    title: '处理器超分超出合同约定',
    detail: '部分宿主机的虚拟处理器分配超过合同约定的 1.5 倍，最密的达 2 倍，高峰时相互挤占。',
    severity: 'high',
    steps: [
      { does: 'raise', daysAgo: 12 },
      { does: 'order', daysAgo: 11, dueInDays: 9, remark: '迁出超分宿主机上的业务，恢复到合同约定以内' },
    ],
  },
  {
    on: { system: '交通运行监测系统' },
    title: '公网地址开放了远程管理端口',
    detail: '扫描发现 22 端口对互联网开放，未经堡垒机。',
    severity: 'critical',
    steps: [
      { does: 'raise', daysAgo: 9 },
      { does: 'order', daysAgo: 9, dueInDays: 3, remark: '关闭端口，统一经堡垒机登录' },
      { does: 'answer', daysAgo: 4, by: 'feng.department', answer: '已关闭 22 端口，运维改由堡垒机登录，请复查。' },
    ],
  },
  {
    on: { system: '一网通办县级分厅' },
    title: '操作系统补丁滞后',
    detail: '内核补丁滞后约三个月，存在已公开的提权漏洞。',
    severity: 'medium',
    steps: [{ does: 'raise', daysAgo: 2 }],
  },
  {
    on: { system: '社会救助信息系统' },
    title: '数据盘在云平台控制台被卸载',
    detail: '绕过本平台在云平台控制台直接卸载了数据盘，平台记录与实际不符。',
    severity: 'low',
    steps: [
      { does: 'raise', daysAgo: 8 },
      { does: 'order', daysAgo: 8, dueInDays: -1, remark: '说明原因，今后一律经本平台办理' },
      { does: 'answer', daysAgo: 6, by: 'wang.department', answer: '值班人员误操作，已对全员重申规定。' },
      { does: 'close', daysAgo: 5, remark: '情况属实，已整改' },
    ],
  },
]

/** Given long before to whoever would have to stand in for the province, and woken once. */
const emergency = {
  login: 'zheng.operator',
  daysAgo: 20,
  minutes: 90,
  reason: '省级核心节点值班人员失联，临时接管处置存储告警',
} as const

const dayMs = 86_400_000
const after = (today: Date, days: number): Date => new Date(today.getTime() + days * dayMs)

/** The day in Asia/Shanghai, which has no summer time. */
const dayOf = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)

/** Its grant for emergencies; null where a cut-off start has not made it yet. */
const grantOf = async ({ yiduo: { rooms } }: Scene) => {
  const person = present(await rooms.identity.findByLogin(emergency.login), emergency.login)
  const { items } = await rooms.identity.listGrants(direction('grant.list'), { personId: person.id })
  return { person, grant: items.find((it) => it.emergency) ?? null }
}

export const ensureEmergencyGrant = async (scene: Scene, organisationId: string): Promise<void> => {
  const { person, grant } = await grantOf(scene)
  if (grant) return
  const ask = { personId: person.id, role: 'operator', organisationId, reach: 'subtree', emergency: true } as const
  agreed(await scene.yiduo.rooms.identity.createGrant(direction('grant.create'), ask))
}

const wake = async (scene: Scene): Promise<void> => {
  const grant = present((await grantOf(scene)).grant, 'the grant for emergencies')
  if (grant.awakeReason !== null) return
  const { reason, minutes, login } = emergency
  const act = await scene.cast.act(login, emergencyAccessBegin)
  agreed(await scene.yiduo.rooms.identity.beginEmergencyAccess(act, grant.id, { reason, minutes }))
}

const subjectOf = async ({ yiduo: { rooms } }: Scene, { on }: Inspection): Promise<string> => {
  if ('platform' in on) {
    const { items } = await rooms.nodes.listPlatforms(direction('platform.list'), whole, locale)
    return present(items.find((it) => it.code === on.platform)?.id, on.platform)
  }
  const { items } = await rooms.systems.list(direction('system.list'), whole)
  return present(items.find((it) => it.name === on.system)?.id, on.system)
}

const perform = async (scene: Scene, today: Date, inspection: Inspection, step: Step): Promise<void> => {
  const { findings } = scene.yiduo.rooms
  const act = scene.cast.act
  const { title, detail, severity } = inspection
  const { items } = await findings.list(direction('finding.list'), whole)
  const found = items.find((it) => it.title === title)
  if (step.does === 'raise') {
    if (found) return
    const subject = await subjectOf(scene, inspection)
    agreed(await findings.raise(await act(inspector, findingRaise), { subject, title, detail, severity }))
    return
  }
  const { id, dueOn, answer, state } = present(found, title)
  switch (step.does) {
    case 'order':
      if (dueOn !== null) return
      agreed(
        await findings.order(await act(inspector, findingOrder), id, {
          dueOn: dayOf(after(today, step.dueInDays)),
          remark: step.remark,
        }),
      )
      return
    case 'answer':
      if (answer === null) agreed(await findings.answer(await act(step.by, findingAnswer), id, { answer: step.answer }))
      return
    case 'close':
      if (state !== 'closed')
        agreed(await findings.close(await act(inspector, findingClose), id, { remark: step.remark }))
  }
}

export interface Happening {
  readonly at: Date
  run(): Promise<unknown>
}

/** What those who oversee the province did, to be told among the stories. */
export const oversightOf = (scene: Scene, today: Date): readonly Happening[] => [
  ...inspections.flatMap((inspection) =>
    inspection.steps.map((step) => ({
      at: after(today, -step.daysAgo),
      run: () => perform(scene, today, inspection, step),
    })),
  ),
  { at: after(today, -emergency.daysAgo), run: () => wake(scene) },
]
