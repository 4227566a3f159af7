import {
  type IdentityProvider,
  type IdentityProviderKind,
  identityProviderCreate,
  identityProviderEdit,
} from '@yiduo/contract'
import { Alert, Typography } from 'antd'
import { FormButton } from '../../components/form-dialog.tsx'
import { CheckItem, CodeItem, SecretItem, TagsItem, TextItem, WordsItem } from '../../components/form-items.tsx'
import { useTranslation } from '../../i18n/index.ts'

/** All that a form of any kind holds; which of it is sent, the kind says. */
interface Values {
  readonly code: string
  readonly name: string
  readonly secret?: string
  readonly issuer: string
  readonly clientId: string
  readonly scopes?: readonly string[]
  readonly endsThere?: boolean
  readonly url: string
  readonly startTls?: boolean
  readonly authorities?: string
  readonly bindDn?: string
  readonly baseDn: string
  readonly filter: string
  readonly subject: string
  readonly login: string
  readonly displayName: string
  readonly organisation?: string
  readonly roles?: string
}

/** What most of a kind use; standards' own names (OpenID Connect Core 1.0 §5.1, RFC 4519, RFC 4530, RFC 5280). */
const presets: Readonly<Record<IdentityProviderKind, Partial<Values>>> = {
  openid: { scopes: ['profile'], login: 'preferred_username', displayName: 'name' },
  directory: { filter: '(objectClass=inetOrgPerson)', subject: 'entryUUID', login: 'uid', displayName: 'cn' },
  certificate: { login: 'serialNumber', displayName: 'CN', organisation: 'OU' },
}

const textOf = (text: string | undefined): string | null => text?.trim() || null

const settingsOf = (kind: IdentityProviderKind, it: Values): IdentityProvider['settings'] => {
  const authorities = textOf(it.authorities)
  switch (kind) {
    case 'openid':
      return {
        ...{ kind, issuer: it.issuer.trim(), clientId: it.clientId.trim(), scopes: [...(it.scopes ?? [])] },
        ...(it.endsThere ? { endsThere: true } : {}),
      }
    case 'directory':
      return {
        ...{ kind, url: it.url.trim(), startTls: it.startTls ?? false, authorities, bindDn: textOf(it.bindDn) },
        ...{ baseDn: it.baseDn.trim(), filter: it.filter.trim(), subject: it.subject.trim() },
      }
    case 'certificate':
      return { kind, authorities }
  }
}

const claimsOf = (it: Values): IdentityProvider['claims'] => ({
  login: it.login.trim(),
  name: it.displayName.trim(),
  organisation: textOf(it.organisation),
  roles: textOf(it.roles),
})

const OpenIdItems = ({ code, secretHint }: { readonly code: string; readonly secretHint?: string | undefined }) => {
  const { t } = useTranslation()
  const { origin } = window.location
  const logout = `${origin}/api/v1/sign-ons/${code}/back-channel-logout`
  return (
    <>
      <TextItem name="issuer" label={t('providers.issuer')} placeholder="https://" maxLength={500} />
      <TextItem name="clientId" label={t('providers.clientId')} />
      <SecretItem name="secret" label={t('providers.clientSecret')} optional extra={secretHint} maxLength={500} />
      <TagsItem name="scopes" label={t('providers.scopes')} optional />
      <CheckItem name="endsThere" label={t('providers.endsThere')} />
      <Typography.Paragraph type="secondary">
        {t('providers.redirect', { url: `${origin}/sign-on`, home: `${origin}/`, logout })}
      </Typography.Paragraph>
    </>
  )
}

const DirectoryItems = ({ secretHint }: { readonly secretHint?: string | undefined }) => {
  const { t } = useTranslation()
  return (
    <>
      <TextItem name="url" label={t('providers.url')} placeholder="ldaps://" maxLength={300} />
      <CheckItem name="startTls" label={t('providers.startTls')} />
      <TextItem name="bindDn" label={t('providers.bindDn')} optional maxLength={500} />
      <SecretItem name="secret" label={t('providers.bindPassword')} optional extra={secretHint} maxLength={500} />
      <TextItem name="baseDn" label={t('providers.baseDn')} maxLength={500} />
      <TextItem name="filter" label={t('providers.filter')} maxLength={500} />
      <TextItem name="subject" label={t('providers.subject')} maxLength={60} />
    </>
  )
}

const Items = ({
  kind,
  provider,
}: {
  readonly kind: IdentityProviderKind
  readonly provider?: IdentityProvider | undefined
}) => {
  const { t } = useTranslation()
  const secretHint = provider?.hasSecret ? t('providers.secretKept') : undefined
  return (
    <>
      {!provider && <CodeItem label={t('providers.code')} />}
      <TextItem name="name" label={t('providers.name')} />
      {kind === 'openid' && <OpenIdItems code={provider?.code ?? '…'} secretHint={secretHint} />}
      {kind === 'directory' && <DirectoryItems secretHint={secretHint} />}
      {kind !== 'openid' && (
        <WordsItem
          name="authorities"
          label={t('providers.authorities')}
          extra={t('providers.authoritiesHint')}
          optional
          maxLength={100_000}
        />
      )}
      <TextItem name="login" label={t('providers.claimLogin')} maxLength={60} />
      <TextItem name="displayName" label={t('providers.claimName')} maxLength={60} />
      <TextItem name="organisation" label={t('providers.claimOrganisation')} optional maxLength={60} />
      <TextItem name="roles" label={t('providers.claimRoles')} optional maxLength={60} />
    </>
  )
}

export const CreateProvider = ({ kind }: { readonly kind: IdentityProviderKind }) => {
  const { t } = useTranslation()
  return (
    <FormButton<typeof identityProviderCreate, Values>
      operation={identityProviderCreate}
      label={t('providers.createKind', { kind: t(`providers.kinds.${kind}`) })}
      initial={presets[kind]}
      callOf={(it) => ({
        body: {
          ...{ code: it.code, name: it.name.trim(), settings: settingsOf(kind, it), claims: claimsOf(it) },
          ...(it.secret ? { secret: it.secret } : {}),
        },
      })}
    >
      <Items kind={kind} />
    </FormButton>
  )
}

const valuesOf = ({ name, code, settings, claims }: IdentityProvider): Partial<Values> => {
  const { kind: _, ...rest } = settings
  const words = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null))
  const { organisation, roles } = claims
  return {
    ...{ code, name, ...words, login: claims.login, displayName: claims.name },
    ...(organisation === null ? {} : { organisation }),
    ...(roles === null ? {} : { roles }),
  }
}

export const EditProvider = ({ provider }: { readonly provider: IdentityProvider }) => {
  const { t } = useTranslation()
  const { kind } = provider.settings
  return (
    <FormButton<typeof identityProviderEdit, Values>
      operation={identityProviderEdit}
      label={t('providers.edit')}
      button={{ size: 'small' }}
      initial={valuesOf(provider)}
      edits={{ name: provider.name, revision: provider.revision }}
      callOf={(it) => ({
        params: { identityProviderId: provider.id },
        body: {
          ...{ name: it.name.trim(), settings: settingsOf(kind, it), claims: claimsOf(it) },
          ...(it.secret ? { secret: it.secret } : {}),
        },
      })}
    >
      <Alert type="info" showIcon title={t('providers.editHint')} style={{ marginBottom: 16 }} />
      <Items kind={kind} provider={provider} />
    </FormButton>
  )
}
