import { passkeyBegin, passkeyChallenge, passkeyProve, passkeyRegister, type Session } from '@yiduo/contract'
import { client } from './client.ts'
import { withStepUp } from './step-up.ts'

/** Read when it is needed: most never touch a key. */
const browser = () => import('@simplewebauthn/browser')

/** Whether this browser can, here: over https, or on the machine itself by name. */
export const isPasskeyPossible = (): boolean => window.isSecureContext && 'PublicKeyCredential' in window

type Register = Parameters<Awaited<ReturnType<typeof browser>>['startRegistration']>[0]['optionsJSON']
type Prove = Parameters<Awaited<ReturnType<typeof browser>>['startAuthentication']>[0]['optionsJSON']

export const registerPasskey = async (name: string): Promise<Session> => {
  const { startRegistration } = await browser()
  const options = await withStepUp(() => client().call(passkeyBegin, {}))
  // What the server made for the browser, passed on as it came.
  const response = await startRegistration({ optionsJSON: options as unknown as Register })
  return client().call(passkeyRegister, { body: { name, response: { ...response } } })
}

export const provePasskey = async (): Promise<Session> => {
  const { startAuthentication } = await browser()
  const options = await client().call(passkeyChallenge, {})
  const response = await startAuthentication({ optionsJSON: options as unknown as Prove })
  return client().call(passkeyProve, { body: { response: { ...response } } })
}
