import { Type } from 'typebox'
import { catalogueSchema } from './catalogue.ts'
import type { Credential, Settings } from './settings.ts'
import { type Shape, shape } from './shape.ts'

/** Keystone v3, `POST /auth/tokens`: the part of the answer that we read. */
const tokenSchema = Type.Object({
  token: Type.Object({
    expires_at: Type.String(),
    user: Type.Object({
      id: Type.String(),
      password_expires_at: Type.Optional(Type.Union([Type.String(), Type.Null()])),
    }),
    roles: Type.Optional(Type.Array(Type.Object({ id: Type.String(), name: Type.String() }))),
    project: Type.Optional(Type.Object({ id: Type.String(), domain: Type.Object({ id: Type.String() }) })),
    catalog: Type.Optional(catalogueSchema),
  }),
})
export type TokenBody = Type.Static<typeof tokenSchema>
export const tokenShape: Shape<TokenBody> = shape(tokenSchema)

/** The body of a request for a token; `projectId` null is our own project. */
export function tokenRequest(credential: Credential, settings: Settings, projectId: string | null): unknown {
  if ('applicationCredentialId' in credential)
    // A scope may not be given with one: it is bound to the project it was made in.
    return {
      auth: {
        identity: {
          methods: ['application_credential'],
          application_credential: {
            id: credential.applicationCredentialId,
            secret: credential.applicationCredentialSecret,
          },
        },
      },
    }
  const scope = scopeOf(settings, projectId)
  return {
    auth: {
      identity: {
        methods: ['password'],
        password: {
          user: {
            name: credential.username,
            domain: { name: settings.userDomainName ?? 'Default' },
            password: credential.password,
          },
        },
      },
      ...(scope === null ? {} : { scope }),
    },
  }
}

function scopeOf(settings: Settings, projectId: string | null): unknown {
  if (projectId !== null) return { project: { id: projectId } }
  if (settings.projectName === undefined) return null
  return { project: { name: settings.projectName, domain: { name: settings.projectDomainName ?? 'Default' } } }
}
