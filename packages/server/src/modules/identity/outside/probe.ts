import type { IdentityProvider } from '@yiduo/contract'
import type { Act } from '../../../kernel/act.ts'
import { isRefusal, type Refusal } from '../../../kernel/refusal.ts'
import type { IdentityDeps } from '../service.ts'
import { authoritiesOf } from './certificate.ts'
import type { Directory } from './directory.ts'
import type { OpenId } from './openid.ts'
import { unsafety } from './provider.ts'
import type { ProviderRow } from './provider-store.ts'
import { findProvider } from './providers.ts'

/** Nothing is reached for certificates: what is told is against whom they are checked here, if against anybody. */
const authoritiesToldOf = (provider: ProviderRow): string =>
  (authoritiesOf(provider) ?? [])
    .map(({ subject, validToDate }) => `${subject.split('\n').join(', ')} → ${validToDate.toISOString()}`)
    .join('\n') || '-'

type Ask = (provider: ProviderRow) => Promise<string | Refusal>

/** Tries what is entered, enabled or not. */
export const probeProvider = (deps: IdentityDeps, { openid, directory }: { openid: OpenId; directory: Directory }) => {
  const ways: Readonly<Record<IdentityProvider['settings']['kind'], Ask>> = {
    openid: openid.probe,
    directory: directory.probe,
    certificate: async (provider) => authoritiesToldOf(provider),
  }
  return async (act: Act, id: string): Promise<{ told: string } | Refusal> => {
    const provider = await findProvider(deps)(act, id)
    if (isRefusal(provider)) return provider
    const told = unsafety(provider.settings) ?? (await ways[provider.settings.kind](provider))
    if (isRefusal(told)) return told
    return deps.database.transaction(act, async (tx) => {
      await deps.record(tx, { on: id, organisationId: null, after: { told } })
      return { told }
    })
  }
}
