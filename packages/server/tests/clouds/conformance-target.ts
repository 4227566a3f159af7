import { encodeUuid } from '@yiduo/contract'
import { type ConformanceTarget, createPolling, type Disturbance, type MakingCall } from '@yiduo/driver-api'
import { openstackFactory } from '@yiduo/drivers'
import { v7 } from 'uuid'
import type { FrailWay, MakingRequest } from './frail-way.ts'
import { flavours, imageName, openstackLab, patienceMs } from './lab.ts'
import { newTag } from './openstack-world.ts'

/** The request that makes the thing itself; what hangs on it has requests of its own. */
const requestOf = {
  'projects.ensure': 'project',
  'networks.ensure': 'network',
  'networks.createPort': 'port',
  'networks.ensureRules': 'rules',
  'volumes.create': 'volume',
  'snapshots.create': 'snapshot',
  'servers.create': 'server',
  'serverGroups.ensure': 'serverGroup',
  'addresses.bind': 'address',
} as const satisfies Record<MakingCall, MakingRequest>

export interface Login {
  readonly username: string
  readonly password: string
  readonly projectName: string
}

const losing =
  (way: FrailWay) =>
  async (call: MakingCall): Promise<Disturbance> => {
    const it = way.loseAnswer(requestOf[call])
    return { struck: async () => it.struck(), [Symbol.asyncDispose]: async () => it.mend() }
  }

const newPrefix = (): string => `yd-${newTag().slice(-6)}-`

/** The lab as the suite wants it, over a way that can break. Disposing closes the connections. */
export const createTarget = (way: FrailWay, login: Login): ConformanceTarget & AsyncDisposable => {
  const { authUrl, region, userDomainName, projectDomainName } = openstackLab()
  const { username, password, projectName } = login
  const [markPrefix, strangerPrefix] = [newPrefix(), newPrefix()]
  const now = () => new Date()
  const connection = {
    endpoint: authUrl,
    settings: {
      region,
      projectName,
      userDomainName,
      projectDomainName,
      endpointOverrides: way.endpointOverrides,
      privateFlavours: true,
    },
    markPrefix,
    now,
    callLimitMs: 10_000,
    underWay: new Map(),
  }
  const driver = openstackFactory.create({ ...connection, credential: { username, password } })
  const impostor = openstackFactory.create({ ...connection, credential: { username, password: `${password}!` } })
  const stranger = openstackFactory.create({
    ...connection,
    credential: { username, password },
    markPrefix: strangerPrefix,
    underWay: new Map(),
  })
  return {
    driver,
    impostor,
    stranger: { driver: stranger, markPrefix: strangerPrefix },
    connection: { markPrefix, credential: { username, password }, now },
    mark: () => markPrefix + encodeUuid(v7()),
    until: createPolling({
      now,
      deadlineMs: patienceMs,
      pause: () => new Promise((resolve) => setTimeout(resolve, 200)),
    }),
    size: { small: flavours.tiny, large: flavours.medium },
    imageName,
    routed: true,
    losesAnswer: losing(way),
    [Symbol.asyncDispose]: async () => {
      await driver[Symbol.asyncDispose]()
      await impostor[Symbol.asyncDispose]()
      await stranger[Symbol.asyncDispose]()
    },
  }
}
