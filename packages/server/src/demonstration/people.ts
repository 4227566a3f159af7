import type { About, Grant, Person } from '@yiduo/contract'
import { present } from '../kernel/invariant.ts'
import { type OrganisationIds, province } from './organisations.ts'
import { agreed, direction, type Scene } from './scene.ts'

/** Of everybody in the demonstration; it stands in docs/demo.md for all to read. */
export const demonstrationPassword = 'Yiduo-Demo-2026'

interface Role {
  readonly login: string
  readonly name: string
  readonly organisation: string
  readonly role: Grant['role']
  /** Over which organisation and how far; without it, their own alone. */
  readonly over?: string
}

const authority: Role = {
  login: 'zhao.authority',
  name: '赵明',
  organisation: '省政务服务管理办公室',
  role: 'authority',
  over: province,
}

const others: readonly Role[] = [
  { login: 'li.operator', name: '李敏', organisation: '省大数据管理中心', role: 'operator', over: province },
  { login: 'sun.operator', name: '孙磊', organisation: '省大数据管理中心', role: 'operator', over: province },
  { login: 'wang.department', name: '王芳', organisation: '省民政厅', role: 'department' },
  { login: 'zhou.department', name: '周洁', organisation: '省水利厅', role: 'department' },
  { login: 'wu.department', name: '吴涛', organisation: '省人力资源和社会保障厅', role: 'department' },
  { login: 'zheng.operator', name: '郑凯', organisation: '苏州市大数据管理中心', role: 'operator', over: '苏州市' },
  { login: 'feng.department', name: '冯雪', organisation: '苏州市交通运输局', role: 'department' },
  { login: 'chen.county', name: '陈刚', organisation: '沭阳县大数据局', role: 'department', over: '沭阳县' },
  { login: 'jiang.county', name: '蒋莉', organisation: '沭阳县水利局', role: 'department' },
  { login: 'han.county', name: '韩梅', organisation: '沭阳县教育局', role: 'department' },
  { login: 'chu.provider', name: '褚航', organisation: '示例云服务商', role: 'provider' },
  {
    login: 'wei.security',
    name: '卫宁',
    organisation: '省政务云安全协管中心',
    role: 'security-operator',
    over: province,
  },
  { login: 'shen.regulator', name: '沈岩', organisation: '省互联网信息办公室', role: 'regulator', over: province },
]

const auditor: Role = { login: 'qian.auditor', name: '钱衡', organisation: '省审计厅', role: 'auditor', over: province }

const ensure = async (scene: Scene, ids: OrganisationIds, it: Role): Promise<void> => {
  const { identity } = scene.yiduo.rooms
  const idOf = (name: string): string => present(ids.get(name), name)
  const { login, name, organisation, role, over } = it
  const ask = { login, name, organisationId: idOf(organisation), password: demonstrationPassword }
  const person =
    (await identity.findByLogin(login)) ??
    agreed(await identity.createPerson(direction('person.create'), ask, 'published'))
  const held = await identity.listGrants(direction('grant.list'), { personId: person.id })
  if (held.items.length > 0) return
  const grant = { personId: person.id, role, organisationId: idOf(over ?? organisation) }
  agreed(await identity.createGrant(direction('grant.create'), { ...grant, reach: over ? 'subtree' : 'own' }))
}

/** Hashing is slow on purpose and off the event loop: all at once. */
export const ensurePeople = async (scene: Scene, ids: OrganisationIds): Promise<void> => {
  await Promise.all([authority, ...others].map((it) => ensure(scene, ids, it)))
}

/** Nobody can take a log-in away again: the auditor, made last, tells every later start that all is there. */
export const ensureLastPerson = (scene: Scene, ids: OrganisationIds): Promise<void> => ensure(scene, ids, auditor)

export const isLastPersonThere = async (scene: Scene): Promise<boolean> => {
  const { identity } = scene.yiduo.rooms
  const person = await identity.findByLogin(auditor.login)
  if (!person) return false
  const held = await identity.listGrants(direction('grant.list'), { personId: person.id })
  return held.items.length > 0
}

/** Whom a visitor may be. */
export const introduction: NonNullable<About['demonstration']> = {
  password: demonstrationPassword,
  people: [authority, ...others, auditor].map(({ login, name, organisation, role }) => ({
    login,
    name,
    organisation,
    role,
  })),
}

export const isOfDemonstration = ({ login }: Person): boolean =>
  [authority, ...others, auditor].some((it) => it.login === login)
