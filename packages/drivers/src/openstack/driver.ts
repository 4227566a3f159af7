import type { Connection, Driver } from '@yiduo/driver-api'
import { createAbilities } from './abilities.ts'
import { createAddressesFacet } from './addresses.ts'
import { managesProjects, readCapabilities } from './capabilities.ts'
import { createCloud } from './cloud.ts'
import { createConsolesFacet } from './consoles.ts'
import { createExternalNetwork } from './external-network.ts'
import { createHttp } from './http.ts'
import { createKeystone } from './keystone.ts'
import { createListing } from './listing.ts'
import { createMarks } from './marks.ts'
import { createMicroversions } from './microversions.ts'
import { createNetworksFacet } from './networks.ts'
import { createObserving } from './observed.ts'
import { createInFlight } from './once.ts'
import { createPrivateFlavours } from './private-flavours.ts'
import { probe } from './probe.ts'
import { createProjectsFacet } from './projects.ts'
import { createRedaction } from './redaction.ts'
import { createRights } from './rights.ts'
import { createServerGroupsFacet } from './server-groups.ts'
import { createServersFacet } from './servers.ts'
import { readCredential, readSettings, secretsOf } from './settings.ts'
import { createSnapshotsFacet } from './snapshots.ts'
import { createUsageFacet } from './usage.ts'
import { createVolumesFacet } from './volumes.ts'

export function createOpenstackDriver(connection: Connection): Driver {
  const settings = readSettings(connection.settings)
  const credential = readCredential(connection.credential)
  const { now, callLimitMs, endpoint } = connection
  const trust = { insecure: settings.insecure ?? false, caCertificate: settings.caCertificate ?? null }
  const http = createHttp({
    callLimitMs,
    ...trust,
    redact: createRedaction(secretsOf(credential)),
  })
  const keystone = createKeystone({ http, endpoint, settings, credential, now })
  const microversions = createMicroversions(http, now)
  const cloud = createCloud({ http, keystone, microversions, now })
  const rights = createRights(cloud)
  const abilities = createAbilities(cloud, microversions)
  const inFlight = createInFlight(connection)
  const { markPrefix } = connection
  const wished = settings.privateFlavours ?? false
  const privateFlavours = createPrivateFlavours({ cloud, rights, markPrefix, wished })
  const externalNetwork = createExternalNetwork(cloud, settings.externalNetwork ?? null)
  const applicationCredentialId = 'applicationCredentialId' in credential ? credential.applicationCredentialId : null
  const boundToOneProject = applicationCredentialId !== null
  const knowledge = {
    privateFlavoursWished: wished,
    cloud,
    rights,
    microversions,
    externalNetwork,
    boundToOneProject,
    applicationCredentialId,
  }
  const listing = createListing({ cloud, rights, observing: createObserving(createMarks(markPrefix)) })

  return {
    probe: () => probe(knowledge),
    capabilities: () => readCapabilities(knowledge),
    list: listing.list,
    get: listing.get,
    projects: createProjectsFacet({ cloud, inFlight, managesProjects: () => managesProjects(knowledge) }),
    networks: createNetworksFacet({
      cloud,
      inFlight,
      externalNetwork,
      dnsNameservers: settings.dnsNameservers ?? [],
    }),
    volumes: createVolumesFacet({ cloud, inFlight, abilities }),
    snapshots: createSnapshotsFacet({ cloud, inFlight, abilities }),
    servers: createServersFacet({ cloud, rights, inFlight, abilities, privateFlavours, now }),
    serverGroups: createServerGroupsFacet({ cloud, inFlight, abilities }),
    addresses: createAddressesFacet({ cloud, inFlight, externalNetwork }),
    consoles: createConsolesFacet({ cloud, abilities, trust }),
    usage: createUsageFacet({ cloud, rights }),
    [Symbol.asyncDispose]: () => http[Symbol.asyncDispose](),
  }
}
