import { type Resource, type ResourceKind, type ServiceRequest, systemCreate, toId } from '@yiduo/contract'
import { invariant, present } from '../kernel/invariant.ts'
import type { PlanIds } from './price-list.ts'
import { agreed, direction, type Scene, whole } from './scene.ts'
import type { Story, Subject } from './stories.ts'
import type { TemplateIds } from './templates.ts'

/** The scene once the province stands, with what stories call by name. */
export interface Stage extends Scene {
  readonly today: Date
  readonly plans: PlanIds
  readonly templates: TemplateIds
  /** Credentials of the simulated clouds by code. */
  readonly tokens: ReadonlyMap<string, string>
}

/** Remarks and views of the demonstration are Chinese, as its people are. */
export const locale = 'zh-CN'

/** Registered by who applies, for their own organisation. */
export const ensureSystem = async ({ yiduo: { rooms }, cast }: Stage, story: Story): Promise<string> => {
  const known = (await rooms.systems.list(direction('system.list'), whole)).items
  const found = known.find(({ name }) => name === story.system)
  if (found) return found.id
  const act = await cast.act(story.by, systemCreate)
  invariant(act.caller.kind === 'person', 'a person applies')
  const { system: name, securityGrade } = story
  const organisationId = toId('organisation', act.caller.organisationId)
  return agreed(await rooms.systems.create(act, { organisationId, name, securityGrade })).id
}

export type RequestBySubject = (subject: Subject) => ServiceRequest | null

const isOf: Readonly<Record<Subject, (it: ServiceRequest) => boolean>> = {
  open: ({ kind }) => kind === 'open',
  resize: ({ kind, lines }) => kind === 'change' && lines.some((line) => line.planId !== null),
  extend: ({ kind, lines }) => kind === 'change' && lines.some((line) => line.sizeGib !== null),
  reclaim: ({ kind }) => kind === 'reclaim',
}

/** A story has one request of each sort at most. */
export const requestsOf = async ({ yiduo: { rooms } }: Stage, systemId: string): Promise<RequestBySubject> => {
  const { items } = await rooms.requests.list(direction('request.list'), { ...whole, systemId }, locale)
  return (subject) => items.find(isOf[subject]) ?? null
}

export const resourceOf = async (
  { yiduo: { rooms } }: Stage,
  requestId: string,
  kind: ResourceKind,
): Promise<Resource> => {
  const { items } = await rooms.resources.list(direction('resource.list'), { requestId, kind })
  return present(items[0], kind)
}
