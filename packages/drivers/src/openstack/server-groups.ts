import {
  type Attempt,
  done,
  isDone,
  type Outcome,
  type ProjectRef,
  type Removal,
  type ServerGroupRef,
  type ServerGroupsFacet,
} from '@yiduo/driver-api'
import type { Abilities } from './abilities.ts'
import type { Cloud } from './cloud.ts'
import { cloudName } from './names.ts'
import { type InFlight, makeOnce, oldest, removeAll } from './once.ts'
import { type NovaServerGroup, serverGroupShape, serverGroupsShape } from './shapes-compute.ts'

interface ServerGroupsDeps {
  readonly cloud: Cloud
  readonly inFlight: InFlight
  readonly abilities: Abilities
}

type GroupAsk = Parameters<ServerGroupsFacet['ensure']>[0]

export const createServerGroupsFacet = (deps: ServerGroupsDeps): ServerGroupsFacet => ({
  ensure: (ask, attempt) => ensureGroup(deps, ask, attempt),
  remove: (what, attempt) => removeGroup(deps, what, attempt),
})

async function ensureGroup(deps: ServerGroupsDeps, ask: GroupAsk, attempt: Attempt): Promise<Outcome<ServerGroupRef>> {
  const made = await makeOnce<NovaServerGroup, null>({
    thing: `server group ${ask.mark}`,
    attempt,
    inFlight: deps.inFlight,
    fenced: false,
    async look() {
      const found = await marked(deps, ask.project, ask.mark)
      return isDone(found) ? done(oldest(found.value, (it) => it.id)) : found
    },
    prepare: () => deps.abilities.serverGroups(),
    make: () => postGroup(deps, ask),
  })
  return isDone(made) ? done({ serverGroupId: made.value.id }) : made
}

async function postGroup({ cloud }: ServerGroupsDeps, ask: GroupAsk): Promise<Outcome<NovaServerGroup>> {
  const { project } = ask
  const body = { server_group: { name: groupName(ask.name, ask.mark), policy: ask.policy } }
  const made = await cloud.ask(
    { service: 'compute', method: 'POST', path: '/os-server-groups', body, project },
    serverGroupShape,
  )
  return isDone(made) ? done(made.value.server_group) : made
}

const longestName = 255

/** Ends in the mark: a group has neither tags nor metadata nor a description. */
const groupName = (name: string, mark: string): string => `${cloudName(name, longestName - mark.length - 1)} ${mark}`

async function marked(
  { cloud }: ServerGroupsDeps,
  project: ProjectRef,
  mark: string,
): Promise<Outcome<readonly NovaServerGroup[]>> {
  const found = await cloud.ask({ service: 'compute', path: '/os-server-groups', project }, serverGroupsShape)
  return isDone(found) ? done(found.value.server_groups.filter((it) => it.name?.endsWith(` ${mark}`))) : found
}

function removeGroup(deps: ServerGroupsDeps, what: Removal, attempt: Attempt): Promise<Outcome<null>> {
  const { project, mark } = what
  const pathOf = (id: string) => `/os-server-groups/${encodeURIComponent(id)}`
  return removeAll({
    thing: `server group ${mark}`,
    externalId: what.externalId,
    attempt,
    inFlight: deps.inFlight,
    async look() {
      const found = await marked(deps, project, mark)
      return isDone(found) ? done(found.value.map((it) => it.id)) : found
    },
    async isStranger(id) {
      const found = await deps.cloud.ask({ service: 'compute', path: pathOf(id), project }, serverGroupShape)
      return isDone(found) ? done(!found.value.server_group.name?.endsWith(` ${mark}`)) : found
    },
    drop: (id) => deps.cloud.act({ service: 'compute', method: 'DELETE', path: pathOf(id), project }),
  })
}
