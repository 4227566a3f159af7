import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'

export const settingsSchema = Type.Object(
  {
    region: Type.Optional(
      Type.String({ minLength: 1, description: 'Region of the catalogue; needed where there are several' }),
    ),
    interface: Type.Optional(
      Type.Union([Type.Literal('public'), Type.Literal('internal'), Type.Literal('admin')], {
        description: 'Which endpoints of the catalogue to use; public if not said',
      }),
    ),
    userDomainName: Type.Optional(
      Type.String({ minLength: 1, description: 'Domain of the user; Default if not said' }),
    ),
    projectDomainName: Type.Optional(
      Type.String({ minLength: 1, description: 'Domain of the project; Default if not said' }),
    ),
    projectName: Type.Optional(
      Type.String({
        minLength: 1,
        description: "Our own project; with a password only, the user's default if not said",
      }),
    ),
    externalNetwork: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'Name of the network with a way out; the first external one if not said',
      }),
    ),
    dnsNameservers: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), { maxItems: 5, description: 'Name servers handed to subnets' }),
    ),
    privateFlavours: Type.Optional(
      Type.Boolean({ description: 'Make a flavour of our own for a size that no flavour has; not if not said' }),
    ),
    insecure: Type.Optional(Type.Boolean({ description: 'Accept any certificate. For trials only' })),
    caCertificate: Type.Optional(
      Type.String({ minLength: 1, description: 'PEM of the authority that signed the endpoints’ certificates' }),
    ),
    endpointOverrides: Type.Optional(
      Type.Record(Type.String(), Type.String({ pattern: '^https?://' }), {
        description:
          'Service type (compute, network, block-storage, image, identity) to the URL to use instead of the catalogue’s',
      }),
    ),
  },
  { additionalProperties: false },
)
export type Settings = Static<typeof settingsSchema>

const passwordSchema = Type.Object(
  { username: Type.String({ minLength: 1 }), password: Type.String({ minLength: 1 }) },
  { additionalProperties: false, title: 'password' },
)

const applicationCredentialSchema = Type.Object(
  {
    applicationCredentialId: Type.String({ minLength: 1 }),
    applicationCredentialSecret: Type.String({ minLength: 1 }),
  },
  { additionalProperties: false, title: 'application credential' },
)

export const credentialSchema = Type.Union([passwordSchema, applicationCredentialSchema])
export type Credential = Static<typeof credentialSchema>

const settingsCheck = Compile(settingsSchema)
const credentialCheck = Compile(credentialSchema)

/** The registry checks both against the schemas before it stores them, so a mismatch here is a defect, not an answer. */
export function readSettings(value: unknown): Settings {
  if (!settingsCheck.Check(value)) throw new TypeError('OpenStack settings do not match their schema')
  return value
}

export function readCredential(value: unknown): Credential {
  // The offending value is a secret: it is never named.
  if (!credentialCheck.Check(value)) throw new TypeError('OpenStack credential does not match its schema')
  return value
}

export const secretsOf = (credential: Credential): readonly string[] =>
  'password' in credential ? [credential.password] : [credential.applicationCredentialSecret]
