import type { Connection } from '@yiduo/driver-api'
import { capabilityNames, done, type Outcome, type ProbeReport } from '@yiduo/driver-api'
import type { SimCaller } from './call.ts'
import { capabilitiesOf } from './clouds/model.ts'

export const probe = async (caller: SimCaller, connection: Connection): Promise<Outcome<ProbeReport>> => {
  const startedAt = connection.now()
  return caller.read('probe', async ({ cloud, now }) =>
    done({
      product: cloud.product,
      version: cloud.version,
      capabilities: capabilitiesOf(cloud),
      missingPermissions: capabilityNames.filter((name) => cloud.missing[name]?.reason === 'needs-admin-rights'),
      roundTripMs: now.getTime() - startedAt.getTime(),
      credentialExpiresAt: null,
    }),
  )
}
