import { done, failure, isDone, longestUserData, type Outcome, type ServersFacet } from '@yiduo/driver-api'
import { flavourFor } from './flavours.ts'
import { imageNamed } from './images.ts'
import { markKey } from './marks.ts'
import { cloudName } from './names.ts'
import { lendKey } from './server-keys.ts'
import type { ServersDeps } from './server-reading.ts'
import { createdServerShape } from './shapes-compute.ts'

export type ServerAsk = Parameters<ServersFacet['create']>[0]

/** The cloud's ids of what a server is made from. */
export interface Parts {
  readonly flavourId: string
  readonly imageId: string
}

export async function findParts(deps: ServersDeps, ask: ServerAsk): Promise<Outcome<Parts>> {
  const { cloud, abilities } = deps
  const able = await abilities.markServers()
  if (!isDone(able)) return able
  if (base64Of(ask.userData ?? '').length > longestUserData)
    return failure('permanent', 'cloud-request-refused', `user data is longer than ${longestUserData} in Base64`)
  const image = await imageNamed(cloud, ask.project, ask.imageName)
  if (!isDone(image)) return image
  const needs = ask.systemDisk === 'volume' ? { min_ram: image.value.min_ram } : image.value
  const flavour = await flavourFor(deps, ask.project, flavourSize(ask), needs)
  if (!isDone(flavour)) return flavour
  const minimumDiskGib = image.value.min_disk ?? 0
  if (ask.systemDisk === 'volume' && ask.size.diskGib < minimumDiskGib)
    return failure('permanent', 'cloud-request-refused', `the image needs a disk of ${minimumDiskGib} GiB`)
  // Last, for it has an effect.
  const lent = ask.publicKey === undefined ? done(null) : await lendKey(cloud, ask.project, ask.mark, ask.publicKey)
  return isDone(lent) ? done({ flavourId: flavour.value.id, imageId: image.value.id }) : lent
}

/** Whose system disk is a volume needs none of the host's. */
const flavourSize = ({ size, systemDisk }: ServerAsk) => (systemDisk === 'volume' ? { ...size, diskGib: 0 } : size)

const base64Of = (text: string): string => Buffer.from(text).toString('base64')

/** The id only: that is all Nova answers with. */
export async function postServer({ cloud }: ServersDeps, ask: ServerAsk, parts: Parts): Promise<Outcome<string>> {
  const { project } = ask
  const server = {
    name: cloudName(ask.name),
    flavorRef: parts.flavourId,
    ...systemDiskOf(ask, parts.imageId),
    networks: [{ port: ask.port.portId }],
    tags: [ask.mark],
    metadata: { [markKey]: ask.mark },
    ...(ask.publicKey === undefined ? {} : { key_name: ask.mark }),
    ...(ask.userData === undefined ? {} : { user_data: base64Of(ask.userData) }),
    ...(ask.zone === undefined ? {} : { availability_zone: ask.zone }),
  }
  const hints = ask.serverGroupId === undefined ? {} : { 'os:scheduler_hints': { group: ask.serverGroupId } }
  const made = await cloud.ask(
    { service: 'compute', method: 'POST', path: '/servers', body: { server, ...hints }, project },
    createdServerShape,
  )
  if (isDone(made)) return done(made.value.server.id)
  // To Nova the request is bad; but it is the port that is gone.
  const isPortGone = 'words' in made && portGone.test(made.words)
  return isPortGone ? failure('permanent', 'cloud-thing-vanished', made.words) : made
}

/** As Nova has said it since Grizzly (`PortNotFound`), under 400. */
const portGone = /Port id \S+ could not be found/

function systemDiskOf({ size, systemDisk }: ServerAsk, imageId: string) {
  if (systemDisk !== 'volume') return { imageRef: imageId }
  const volume = {
    boot_index: 0,
    uuid: imageId,
    source_type: 'image',
    destination_type: 'volume',
    volume_size: size.diskGib,
    delete_on_termination: true,
  }
  return { block_device_mapping_v2: [volume] }
}
