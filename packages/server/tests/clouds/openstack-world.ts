import { randomBytes } from 'node:crypto'
import { systemCreate } from '@yiduo/contract'
import { createWorld, type World, type WorldOptions } from '../world/world.ts'
import { type Holdings, holdingsOf } from './holdings.ts'
import { flavours } from './lab.ts'
import type { Users } from './line.ts'
import { createUsers } from './users.ts'

/** The product's own preset: it waits lost calls out so long, and the slowest calls of a busy lab take nearly as long. */
export const callLimit = { YIDUO_CLOUD_CALL_LIMIT_MS: '30000' }

/** Begins every name on the cloud: several runs may share one. */
export const newTag = (): string => `yt${randomBytes(4).toString('hex')}`

export interface Site {
  readonly tag: string
  readonly systemId: string
  /** What the witness sees of this system. */
  holdings(projectIds?: readonly string[], region?: string): Promise<Holdings>
}

export interface OpenstackWorld extends World {
  readonly planIds: { readonly tiny: string; readonly small: string; readonly medium: string }
  /** A business system of its own: its things on the cloud are told from all others by their names. */
  createSite(prefix?: string): Promise<Site>
  /** Sessions do not outlive a shift of the clock by days. */
  signInAgain(): Users
}

export const createPlans = async ({ plan }: World['province']): Promise<OpenstackWorld['planIds']> => {
  const of = async ({ name, vcpus, memoryMib, diskGib }: (typeof flavours)[keyof typeof flavours]) =>
    (await plan(name.replace('.', '-'), vcpus, memoryMib, diskGib)).id
  return { tiny: await of(flavours.tiny), small: await of(flavours.small), medium: await of(flavours.medium) }
}

/** A whole Yiduo whose plans are the flavours of the lab. The lab is yet to be connected. */
export const createOpenstackWorld = async (options: WorldOptions = {}): Promise<OpenstackWorld> => {
  const world = await createWorld({ ...options, environment: { ...callLimit, ...options.environment } })
  const planIds = await createPlans(world.province)
  const { markPrefix } = world.yiduo
  return {
    ...world,
    planIds,
    signInAgain: () => createUsers(() => world.url),
    createSite: async (prefix = '') => {
      const tag = prefix + newTag()
      const body = { organisationId: world.province.department.id, name: `${tag} 低保核对`, securityGrade: 2 }
      const system = await world.call('department', systemCreate, { body })
      return {
        tag,
        systemId: system.id,
        holdings: (projectIds = [], region) =>
          holdingsOf({ tag, markPrefix, projectIds, ...(region ? { region } : {}) }),
      }
    },
  }
}
