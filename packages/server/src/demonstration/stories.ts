import type { RequestState } from '@yiduo/contract'
import type { SimFaultOrder } from '@yiduo/drivers'

/** Which request of a story is meant: the one that opened its resources, or a short one about them. */
export type Subject = 'open' | 'resize' | 'extend' | 'reclaim'

export type Deed =
  | { readonly does: 'register' | 'draft' }
  | { readonly does: 'submit' | 'discard' | 'pass-test' }
  | {
      readonly does: 'approve' | 'return' | 'reject'
      readonly by: string
      readonly of?: Subject
      readonly remark?: string
    }
  | { readonly does: 'resize'; readonly plan: string }
  | { readonly does: 'extend'; readonly sizeGib: number }
  | { readonly does: 'reclaim'; readonly remark: string }
  | { readonly does: 'purge'; readonly by: string }
  /** A county's bureau begins a collection with it. */
  | { readonly does: 'collect'; readonly by: string; readonly name: string }
  /** In the cloud's own console, past Yiduo. */
  | { readonly does: 'detach-volume' }

/** Whole days are taken at business hours; a part of one is that long ago. */
export type Step = Deed & {
  readonly daysAgo: number
  /** What goes wrong in which cloud, ordered just before. */
  readonly fault?: { readonly cloud: string; readonly order: SimFaultOrder }
}

interface Line {
  readonly plan: string
  readonly name: string
  readonly quantity?: number
  readonly dataVolumeGib?: number
  readonly publicAddress?: boolean
}

/** Ordered by a template of the catalogue. */
interface WholeApplication {
  readonly template: string
  readonly name: string
  readonly parts?: { code: string; quantity: number }[]
}

/** One business system, and what became of the request for it. */
export interface Story {
  readonly system: string
  readonly securityGrade: 1 | 2 | 3
  /** Log-in of who applies; the system belongs to their organisation. */
  readonly by: string
  readonly line: Line | WholeApplication
  readonly expiresInDays?: number
  readonly steps: readonly Step[]
  /** Null: registered, and nothing asked for. */
  readonly ends: RequestState | null
}

/** Longer ago than any month is long: what ended then lies before the open month. */
const lastMonth = 36
export const historyDays = 45

export const stories: readonly Story[] = [
  {
    system: '养老服务平台',
    securityGrade: 2,
    by: 'wang.department',
    line: { plan: 'general-2c4g', name: 'yanglao-web' },
    steps: [{ does: 'register', daysAgo: 6 }],
    ends: null,
  },
  {
    system: '社会救助信息系统',
    securityGrade: 3,
    by: 'wang.department',
    line: { plan: 'general-2c4g', name: 'jiuzhu-app', dataVolumeGib: 100, publicAddress: true },
    steps: [
      { does: 'draft', daysAgo: 41 },
      { does: 'submit', daysAgo: 41 },
      { does: 'pass-test', daysAgo: 37 },
      { does: 'resize', plan: 'general-4c8g', daysAgo: 20 },
      { does: 'extend', sizeGib: 200, daysAgo: 12 },
      { does: 'detach-volume', daysAgo: 1 },
    ],
    ends: 'formal',
  },
  {
    system: '婚姻登记预约系统',
    securityGrade: 2,
    by: 'wang.department',
    line: { plan: 'general-2c4g', name: 'hunyin-web', dataVolumeGib: 50 },
    steps: [
      { does: 'draft', daysAgo: 44 },
      { does: 'submit', daysAgo: 44 },
      { does: 'pass-test', daysAgo: 42 },
      { does: 'reclaim', remark: '业务已并入一网通办，原系统下线', daysAgo: lastMonth },
      { does: 'approve', of: 'reclaim', by: 'li.operator', daysAgo: lastMonth },
      { does: 'purge', by: 'li.operator', daysAgo: lastMonth },
    ],
    ends: 'settled',
  },
  {
    system: '防汛值班调度系统',
    securityGrade: 2,
    by: 'zhou.department',
    line: { plan: 'general-4c8g', name: 'fangxun-app', dataVolumeGib: 80 },
    steps: [
      { does: 'draft', daysAgo: 30 },
      { does: 'submit', daysAgo: 30 },
      { does: 'pass-test', daysAgo: 27 },
      { does: 'reclaim', remark: '汛期结束，临时值班资源退回', daysAgo: 5 },
      { does: 'approve', of: 'reclaim', by: 'li.operator', daysAgo: 5 },
    ],
    ends: 'recycled',
  },
  {
    system: '河湖巡查系统',
    securityGrade: 2,
    by: 'zhou.department',
    line: { template: '三层业务应用', name: 'xuncha', parts: [{ code: 'app', quantity: 3 }] },
    steps: [
      { does: 'draft', daysAgo: 4 },
      { does: 'submit', daysAgo: 4 },
      { does: 'approve', by: 'li.operator', remark: '同意开通测试资源', daysAgo: 3 },
    ],
    ends: 'testing',
  },
  {
    system: '社保基金监管系统',
    securityGrade: 3,
    by: 'wu.department',
    line: { plan: 'general-16c32g', name: 'jianguan-db', quantity: 2, dataVolumeGib: 500 },
    steps: [
      { does: 'draft', daysAgo: 0.2 },
      { does: 'submit', daysAgo: 0.1 },
    ],
    ends: 'submitted',
  },
  {
    system: '就业服务大数据平台',
    securityGrade: 2,
    by: 'wu.department',
    line: { plan: 'general-8c16g', name: 'jiuye-etl', quantity: 4 },
    steps: [
      { does: 'draft', daysAgo: 3 },
      { does: 'submit', daysAgo: 3 },
      { does: 'return', by: 'sun.operator', remark: '请补充容量测算依据，四台是否可先按两台测试', daysAgo: 2 },
    ],
    ends: 'returned',
  },
  {
    system: '档案数字化系统',
    securityGrade: 2,
    by: 'wu.department',
    line: { plan: 'general-8c16g', name: 'dangan-ocr' },
    steps: [
      { does: 'draft', daysAgo: 10 },
      { does: 'submit', daysAgo: 10 },
      { does: 'discard', daysAgo: 9 },
    ],
    ends: 'discarded',
  },
  {
    system: '交通运行监测系统',
    securityGrade: 3,
    by: 'feng.department',
    line: { plan: 'xinchuang-4c8g', name: 'jiance-app', dataVolumeGib: 100 },
    expiresInDays: 25,
    steps: [
      { does: 'draft', daysAgo: 33 },
      { does: 'submit', daysAgo: 33 },
      { does: 'pass-test', daysAgo: 30 },
    ],
    ends: 'formal',
  },
  {
    system: '公交到站查询系统',
    securityGrade: 2,
    by: 'feng.department',
    line: { plan: 'general-2c4g', name: 'gongjiao-web', publicAddress: true },
    steps: [{ does: 'draft', daysAgo: 0.3 }],
    ends: 'draft',
  },
  {
    system: '交通仿真压测环境',
    securityGrade: 1,
    by: 'feng.department',
    line: { plan: 'general-16c32g', name: 'yace', quantity: 2 },
    steps: [
      { does: 'draft', daysAgo: 8 },
      { does: 'submit', daysAgo: 8 },
      { does: 'reject', by: 'zheng.operator', remark: '压测请使用已有测试池，不单独开通', daysAgo: 7 },
    ],
    ends: 'rejected',
  },
  {
    system: '公共自行车调度系统',
    securityGrade: 1,
    by: 'feng.department',
    line: { plan: 'general-2c4g', name: 'zixingche-web' },
    steps: [
      { does: 'draft', daysAgo: 28 },
      { does: 'submit', daysAgo: 28 },
      { does: 'pass-test', daysAgo: 26 },
      { does: 'reclaim', remark: '系统停用', daysAgo: 2 },
      { does: 'approve', of: 'reclaim', by: 'zheng.operator', daysAgo: 1 },
      {
        does: 'purge',
        by: 'zheng.operator',
        daysAgo: 1,
        fault: { cloud: 'suzhou', order: { call: 'servers.remove', mode: 'denied' } },
      },
    ],
    ends: 'reclaim-failed',
  },
  {
    system: '一网通办县级分厅',
    securityGrade: 2,
    by: 'chen.county',
    line: { plan: 'general-4c8g', name: 'fenting-web', publicAddress: true },
    steps: [
      { does: 'draft', daysAgo: 25 },
      { does: 'submit', daysAgo: 25 },
      { does: 'pass-test', daysAgo: 22 },
    ],
    ends: 'formal',
  },
  {
    system: '农田水利监测系统',
    securityGrade: 2,
    by: 'chen.county',
    line: { plan: 'general-2c4g', name: 'shuili-app', dataVolumeGib: 50 },
    steps: [
      { does: 'draft', daysAgo: 1 },
      {
        does: 'submit',
        daysAgo: 1,
        fault: { cloud: 'suqian', order: { call: 'servers.create', mode: 'broken', times: 2 } },
      },
    ],
    ends: 'delivery-failed',
  },
  {
    system: '小型水库监测系统',
    securityGrade: 2,
    by: 'jiang.county',
    line: { plan: 'general-2c4g', name: 'shuiku-app', dataVolumeGib: 50 },
    steps: [
      { does: 'draft', daysAgo: 1 },
      { does: 'submit', daysAgo: 0.12 },
    ],
    ends: 'collecting',
  },
  {
    system: '校园安全管理平台',
    securityGrade: 2,
    by: 'han.county',
    line: { plan: 'general-4c8g', name: 'xiaoyuan-web', publicAddress: true },
    steps: [
      { does: 'draft', daysAgo: 1 },
      { does: 'submit', daysAgo: 0.15 },
      { does: 'collect', by: 'chen.county', name: '沭阳县本月上云申请', daysAgo: 0.1 },
    ],
    ends: 'consolidated',
  },
]
