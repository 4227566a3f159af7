import {
  type Client,
  createClient,
  type Grant,
  grantCreate,
  organisationList,
  type Person,
  passwordChange,
  personCreate,
  sessionCreate,
} from '@yiduo/contract'
import { inject } from 'vitest'
import { ownPassword } from './browser.ts'
import { clientOf } from './console.ts'

export const organisationCalled = async (client: Client, name: string): Promise<string> => {
  const { items } = await client.call(organisationList, { query: { text: name } })
  const found = items.find((it) => it.name === name)
  if (!found) throw new Error(`no organisation is called ${name}`)
  return found.id
}

/** Somebody new of the province, past their first log-in; what a test does to an account it does to nobody of the demonstration. */
export const newPerson = async (login: string, name: string): Promise<Person> => {
  const admin = await clientOf('sysadmin')
  const organisationId = await organisationCalled(admin, '江苏省')
  const oldPassword = 'Pear-2026-garden'
  const made = await admin.call(personCreate, { body: { login, name, organisationId, password: oldPassword } })
  const baseUrl = inject('consoleUrl')
  const { token } = await createClient({ baseUrl }).call(sessionCreate, { body: { login, password: oldPassword } })
  const entering = createClient({ baseUrl, ...(token === undefined ? {} : { token }) })
  await entering.call(passwordChange, { body: { oldPassword, newPassword: ownPassword } })
  return made
}

export const granted = async (
  person: Person,
  it: Pick<Grant, 'role' | 'reach'> & { readonly emergency?: boolean },
): Promise<Grant> => {
  const admin = await clientOf('secadmin')
  return admin.call(grantCreate, { body: { ...it, personId: person.id, organisationId: person.organisationId } })
}
