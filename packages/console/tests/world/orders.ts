import { randomBytes } from 'node:crypto'
import {
  type BusinessSystem,
  type Client,
  type LineAsk,
  measures,
  offeringList,
  organisationList,
  quotaSet,
  type RequestState,
  requestCreate,
  requestGet,
  requestSubmit,
  type ServiceRequest,
  sessionGet,
  systemCreate,
} from '@yiduo/contract'
import { expect } from 'vitest'
import { clientOf } from './console.ts'

/** A name that nothing else in the province bears, however often the test runs against it. */
export const fresh = (word: string): string => `${word}-${randomBytes(3).toString('hex')}`

const planIdOf = async (client: Client, code: string): Promise<string> => {
  const { items } = await client.call(offeringList, {})
  const plans = items.flatMap((it) => it.plans)
  const plan = plans.find((it) => it.code === code)
  if (!plan) throw new Error(`the catalogue has no ${code}`)
  return plan.id
}

/** A business system of one's own organisation. */
export const newSystem = async (client: Client, name = fresh('测试系统')): Promise<BusinessSystem> => {
  const { person } = await client.call(sessionGet, {})
  return client.call(systemCreate, { body: { organisationId: person.organisationId, name, securityGrade: 2 } })
}

type Ask = Omit<LineAsk, 'planId'> & { readonly plan?: string }

/** Drafted past the pages: the scene of a test, not what it is about. */
export const drafted = async (client: Client, systemId: string, asks: readonly Ask[]): Promise<ServiceRequest> => {
  const lines: LineAsk[] = []
  for (const { plan = 'general-1c2g', ...line } of asks) lines.push({ ...line, planId: await planIdOf(client, plan) })
  return client.call(requestCreate, { body: { systemId, lines } })
}

export const sent = async (client: Client, systemId: string, asks: readonly Ask[]): Promise<ServiceRequest> => {
  const { id } = await drafted(client, systemId, asks)
  return client.call(requestSubmit, { params: { requestId: id }, body: {} })
}

/** Waits until a request is where it is meant to go. */
export const reaches = async (client: Client, requestId: string, state: RequestState): Promise<void> => {
  const read = async () => (await client.call(requestGet, { params: { requestId } })).state
  await expect.poll(read, { timeout: 60_000, interval: 300 }).toBe(state)
}

const plenty = 100_000

/** A test may be run against one province again and again. */
export const allowMuch = async (...organisations: readonly string[]): Promise<void> => {
  const operator = await clientOf('li.operator')
  for (const name of organisations) {
    const { items } = await operator.call(organisationList, { query: { text: name } })
    const organisationId = items.find((it) => it.name === name)?.id ?? ''
    for (const measure of measures)
      await operator.call(quotaSet, { params: { organisationId, measure }, body: { limit: plenty } })
  }
}
