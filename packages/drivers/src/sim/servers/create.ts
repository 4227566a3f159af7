import {
  done,
  failure,
  longestUserData,
  type Outcome,
  pending,
  type ServerRef,
  type ServersFacet,
} from '@yiduo/driver-api'
import { type SimCall, unsupportedHere } from '../call.ts'
import { isMissing } from '../clouds/model.ts'
import { quotaRefusal } from '../quotas/refusal.ts'
import { conflict, noRoom, refused, vanished } from '../refusals.ts'
import { growthRefusal } from '../volumes/facet.ts'
import { insertSystemVolume, volumeFactsByMark } from '../volumes/store.ts'
import { fitOf, noFittingFlavour, refOf } from './fit.ts'
import { type CreationFacts, creationFacts, type Fit, placeServer, type ServerRow, serverByMark } from './store.ts'

type Ask = Parameters<ServersFacet['create']>[0]

export const createServer = async (call: SimCall, ask: Ask): Promise<Outcome<ServerRef>> => {
  const { database, cloud, now } = call
  const mine = await serverByMark(database, cloud.name, ask.mark, now)
  if (mine) return adopted(mine, now)
  const projectId = ask.project.projectId
  const wish = { zone: ask.zone ?? null, groupId: ask.serverGroupId ?? null }
  const diskOnVolume = ask.systemDisk === 'volume'
  const size = diskOnVolume ? { ...ask.size, diskGib: 0 } : ask.size
  const wanted = { projectId, imageName: ask.imageName, portId: ask.port.portId, size, wish }
  const facts = await creationFacts(database, cloud.name, wanted)
  if (!facts?.projectId) return vanished('project', projectId)
  if (facts.imageId === null) return failure('permanent', 'cloud-no-such-image', `No image is named ${ask.imageName}`)
  const strange = optionRefusal(call, ask, facts)
  if (strange) return strange
  const flavour = await fitOf(call, facts.flavour, size)
  if (flavour === null) return noFittingFlavour(ask.size)
  const fit = diskOnVolume ? { ...flavour, size: { ...flavour.size, diskGib: ask.size.diskGib } } : flavour
  const refusal = creationRefusal(facts, wanted.portId, fit) ?? (await systemDiskRefusal(call, ask))
  if (refusal) return refusal
  const readyAt = new Date(now.getTime() + cloud.serverBuildMs)
  const { imageId } = facts
  const server = {
    ...ask,
    projectId,
    imageId,
    portId: wanted.portId,
    fit,
    readyAt,
    broken: call.breaks,
    diskOnVolume,
    wish,
  }
  const row = await placeServer(database, cloud, server, now)
  if (row === null) return noRoom('No valid host was found: there are not enough hosts available')
  if (diskOnVolume)
    await insertSystemVolume(database, cloud.name, { projectId, serverId: row.id, sizeGib: ask.size.diskGib }, now)
  return cloud.serverBuildMs > 0 ? building(row.id, readyAt, now) : adoptAgain(call, ask.mark)
}

/** Where building takes no time, what was just made is judged at once. */
const adoptAgain = async ({ database, cloud, now }: SimCall, mark: string): Promise<Outcome<ServerRef>> => {
  const row = await serverByMark(database, cloud.name, mark, now)
  return row ? adopted(row, now) : vanished('server', mark)
}

const adopted = (row: ServerRow, now: Date): Outcome<ServerRef> => {
  switch (row.native) {
    case 'BUILD':
      return building(row.id, row.readyAt, now)
    case 'DELETING':
      return vanished('server', row.id)
    case 'ERROR':
    case 'HOST_LOST':
      return failure('permanent', 'cloud-thing-broken', `The server ${row.id} is in state ${row.native}`)
    default:
      return done(refOf(row))
  }
}

const building = (serverId: string, readyAt: Date, now: Date) =>
  pending(serverId, Math.min(Math.max(readyAt.getTime() - now.getTime(), 0), 1_000))

/** One line as OpenSSH writes it. */
const openSshKey = /^(ssh|ecdsa|sk)-[\w@.-]+ [A-Za-z0-9+/]+={0,3}( [^\n]*)?$/

const optionRefusal = ({ cloud }: SimCall, ask: Ask, facts: CreationFacts) => {
  const needed = [
    ask.systemDisk === 'volume' && 'bootFromVolume',
    ask.publicKey !== undefined && 'publicKeys',
    ask.userData !== undefined && 'userData',
    ask.zone !== undefined && 'zones',
    ask.serverGroupId !== undefined && 'serverGroups',
  ] as const
  const lacking = needed.find((name) => name !== false && isMissing(cloud, name))
  if (lacking) return unsupportedHere(cloud, lacking)
  if (ask.publicKey !== undefined && !openSshKey.test(ask.publicKey)) return refused('Keypair data is invalid')
  if (Buffer.from(ask.userData ?? '').toString('base64').length > longestUserData)
    return refused(`User data is longer than ${longestUserData}`)
  if (ask.zone !== undefined && !facts.zoneFound) return refused('The requested availability zone is not available')
  if (ask.serverGroupId !== undefined && !facts.groupFound) return refused(`No server group ${ask.serverGroupId}`)
  return null
}

const creationRefusal = (facts: CreationFacts, portId: string, { size }: Fit) => {
  if (facts.portId === null) return vanished('port', portId)
  if (facts.holder !== null) return conflict(`The port ${portId} is in use by server ${facts.holder}`)
  if (size.diskGib < (facts.minimumDiskGib ?? 0)) return refused(`The image needs ${facts.minimumDiskGib} GiB of disk`)
  if (size.memoryMib < (facts.minimumMemoryMib ?? 0))
    return refused(`The image needs ${facts.minimumMemoryMib} MiB of memory`)
  return quotaRefusal(facts.quota, facts.used, { servers: 1, vcpus: size.vcpus, memoryMib: size.memoryMib })
}

const systemDiskRefusal = async (call: SimCall, ask: Ask) => {
  if (ask.systemDisk !== 'volume') return null
  const facts = await volumeFactsByMark(call.database, call.cloud.name, ask.project.projectId, ask.mark)
  return facts && growthRefusal(call, facts, { volumes: 1, volumeGib: ask.size.diskGib })
}
