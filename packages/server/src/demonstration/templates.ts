import { type TemplatePartAsk, templateCreate, templateList, templateRelease } from '@yiduo/contract'
import { present } from '../kernel/invariant.ts'
import type { PlanIds } from './price-list.ts'
import { agreed, type Scene, whole } from './scene.ts'
import { locale } from './stage.ts'

interface PlannedTemplate {
  readonly name: string
  readonly description: string
  readonly parts: readonly (Omit<TemplatePartAsk, 'planId'> & { readonly plan: string })[]
}

/** What departments build again and again. */
const templates: readonly PlannedTemplate[] = [
  {
    name: '门户网站',
    description: '面向公众的网站：网站服务器带公网地址，内容管理与数据各一台。',
    parts: [
      { code: 'web', name: '网站服务器', plan: 'general-2c4g', quantity: 2, maximumQuantity: 6, publicAddress: true },
      { code: 'cms', name: '内容管理', plan: 'general-2c4g' },
      { code: 'db', name: '数据库', plan: 'general-4c8g', dataVolumeGib: 200 },
    ],
  },
  {
    name: '三层业务应用',
    description: '网站、应用、数据库三层；应用层随业务量增减。',
    parts: [
      { code: 'web', name: '网站层', plan: 'general-2c4g', quantity: 2, maximumQuantity: 4 },
      { code: 'app', name: '应用层', plan: 'general-4c8g', quantity: 2, maximumQuantity: 10 },
      { code: 'db', name: '数据库层', plan: 'general-8c16g', dataVolumeGib: 200, maximumQuantity: 2 },
    ],
  },
  {
    name: '数据共享前置节点',
    description: '部门与省共享交换平台之间的前置机：交换一台，落地存储一台，可另加一台备机。',
    parts: [
      { code: 'front', name: '交换前置', plan: 'general-4c8g' },
      { code: 'store', name: '落地存储', plan: 'general-4c8g', dataVolumeGib: 500 },
      { code: 'spare', name: '备机', plan: 'general-4c8g', quantity: 0 },
    ],
  },
]

const publisher = 'zhao.authority'

/** Typed ids of templates by name. */
export type TemplateIds = ReadonlyMap<string, string>

export const ensureTemplates = async (
  { yiduo: { rooms }, cast }: Pick<Scene, 'yiduo' | 'cast'>,
  plans: PlanIds,
): Promise<TemplateIds> => {
  const reading = await cast.act(publisher, templateList)
  const known = new Map((await rooms.templates.list(reading, whole, locale)).items.map((it) => [it.name, it]))
  const ids = new Map<string, string>()
  for (const { name, description, parts } of templates) {
    const ask = {
      name,
      description,
      parts: parts.map(({ plan, ...part }) => ({ ...part, planId: present(plans.get(plan), plan) })),
    }
    const made =
      known.get(name) ?? agreed(await rooms.templates.create(await cast.act(publisher, templateCreate), ask, locale))
    ids.set(name, made.id)
    if (made.state === 'draft')
      agreed(await rooms.templates.move(await cast.act(publisher, templateRelease), made.id, 'release', locale))
  }
  return ids
}
