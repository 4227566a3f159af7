import {
  identityProviderCompare,
  identityProviderCreate,
  identityProviderDisable,
  identityProviderEdit,
  identityProviderEnable,
  identityProviderImport,
  identityProviderList,
  identityProviderProbe,
  identityProviderRemove,
  identityProviderSetRules,
  signOnBegin,
  signOnByCertificate,
  signOnComplete,
  signOnEnd,
  signOnProviders,
} from '@yiduo/contract'
import type { Bind } from '../../../platform/http/index.ts'
import type { IdentityService } from '../service.ts'

export const routeOutside = (bind: Bind, identity: IdentityService): void => {
  bind(signOnProviders, () => identity.listSignOnPlaces())
  bind(signOnBegin, ({ body, origin }) => identity.beginSignOn(body, origin))
  bind(signOnComplete, ({ act, body }) => identity.completeSignOn(act, body))
  bind(signOnByCertificate, ({ act, certificate }) => identity.signOnByCertificate(act, certificate))
  bind(signOnEnd, ({ act, params, body }) => identity.endSignOn(act, params.provider, body.logout_token))
  bind(identityProviderList, ({ act }) => identity.listProviders(act))
  bind(identityProviderCreate, ({ act, body }) => identity.createProvider(act, body))
  bind(identityProviderEdit, ({ act, params, body, revision }) =>
    identity.editProvider(act, params.identityProviderId, body, revision),
  )
  bind(identityProviderRemove, ({ act, params }) => identity.removeProvider(act, params.identityProviderId))
  bind(identityProviderProbe, ({ act, params }) => identity.probeProvider(act, params.identityProviderId))
  bind(identityProviderCompare, ({ act, params }) => identity.comparePeople(act, params.identityProviderId))
  bind(identityProviderImport, ({ act, params }) => identity.importPeople(act, params.identityProviderId))
  bind(identityProviderSetRules, ({ act, params, body, revision }) =>
    identity.setProviderRules(act, params.identityProviderId, body, revision),
  )
  bind(identityProviderEnable, ({ act, params, revision }) =>
    identity.enableProvider(act, params.identityProviderId, revision),
  )
  bind(identityProviderDisable, ({ act, params, revision }) =>
    identity.disableProvider(act, params.identityProviderId, revision),
  )
}
