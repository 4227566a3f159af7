import { auditList, operationList, operations, personCreate, platformAdd, platformEdit } from '@yiduo/contract'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { formal } from '../world/orders.ts'
import { addPerson } from '../world/people.ts'
import { methodOf, pathWith, rawCall } from '../world/raw.ts'
import { rowsOf } from '../world/statements.ts'
import { cloudName, connectTestCloud, createWorld } from '../world/world.ts'

const secret = 'S3cret-of-the-cloud'
const newPassword = 'Very-2026-secret'

test('a credential or a password once given is seen nowhere again: no answer, record, event, log or row', async () => {
  const logged: string[] = []
  const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) })
  await using world = await createWorld({ log })
  const platformId = await connectTestCloud(world)
  await addPerson(world.yiduo, 'auditor', { role: 'auditor', at: world.province.province, reach: 'all' })
  const credential = { token: secret }
  const added = await world.call('operator', platformAdd, {
    body: {
      dataCentreId: world.province.dataCentre.id,
      code: 'secret',
      name: 'secret',
      driver: 'sim',
      endpoint: `sim://${cloudName}`,
      credential,
    },
    idempotencyKey: 'with-a-secret',
  })
  await world.operationEnded('operator', added.operation.id)
  const edited = await world.call('operator', platformEdit, {
    params: { platformId: added.platform.id },
    body: { credential },
  })
  await world.operationEnded('operator', edited.operation.id)
  const body = {
    login: 'somebody',
    name: 'somebody',
    organisationId: world.province.department.id,
    password: newPassword,
  }
  await world.call('sysadmin', personCreate, { body })
  await rawCall(world, 'POST', '/api/v1/sessions', { body: { login: 'somebody', password: newPassword } })
  await rawCall(world, 'POST', '/api/v1/sessions', { body: { login: 'nobody', password: newPassword } })
  await rawCall(world, 'POST', '/api/v1/platforms', { token: await world.tokenOf('operator'), body: { credential } })
  await formal(world, { platformId })

  const seen: string[] = []
  for (const spec of operations.filter((it) => methodOf(it) === 'GET' && it.name !== 'event.stream'))
    for (const login of ['operator', 'auditor', 'sysadmin']) {
      const path = pathWith(spec, { platformId: added.platform.id })
      seen.push(JSON.stringify((await rawCall(world, 'GET', path, { token: await world.tokenOf(login) })).body))
    }
  const entries = await world.call('auditor', auditList, { query: { limit: 500 } })
  expect(entries.items.filter((it) => it.operation === 'platform.add').length).toBe(2)
  expect((await world.call('operator', operationList, {})).items.length).toBeGreaterThan(0)
  const tables = await rowsOf<{ name: string }>(
    world.databaseUrl,
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  )
  for (const { name } of tables)
    for (const { row } of await rowsOf<{ row: string }>(world.databaseUrl, `select t::text as row from "${name}" t`))
      seen.push(row)
  expect(logged.length + seen.length).toBeGreaterThan(200)
  const bearing = [...seen, ...logged].filter((text) => text.includes(secret) || text.includes(newPassword))
  expect(bearing).toEqual([])
  for (const login of ['operator', 'department']) {
    const token = await world.tokenOf(login)
    expect([...seen, ...logged].filter((text) => text.includes(token))).toEqual([])
  }
})
