import type { IdentityDeps } from '../service.ts'
import { signOnByCertificate } from './certificate.ts'
import { createDirectory } from './directory.ts'
import { directoryPeople } from './import.ts'
import { createOpenId } from './openid.ts'
import { probeProvider } from './probe.ts'
import { identityProviders } from './providers.ts'
import { signOns } from './sign-ons.ts'

/** People who prove elsewhere who they are. */
export const createOutsideService = (deps: IdentityDeps) => {
  const openid = createOpenId(deps)
  const directory = createDirectory(deps)
  return {
    ...identityProviders(deps),
    ...signOns(deps, openid),
    ...directoryPeople(deps, directory),
    probeProvider: probeProvider(deps, { openid, directory }),
    signOnByCertificate: signOnByCertificate(deps),
  }
}
