import { expect, test } from 'vitest'
import { createBareDatabase } from '../tests/world/bare-database.ts'
import { createLog } from './log.ts'

test('of a row that the database refuses, the log tells neither the hash of a password nor anything else in it', async () => {
  await using bare = await createBareDatabase()
  const lines: string[] = []
  const log = createLog('info', { write: (line) => void lines.push(line) })
  const insert = bare.database.pool.query(
    `insert into people (id, login, name, organisation_id, password_hash, must_change_password, created_at, kind)
     values (gen_random_uuid(), 'wang', '王芳', $1, '$argon2id$marked', false, now(), 'neither')`,
    [bare.organisationId],
  )
  const error = await insert.catch((it: Error & { detail?: string }) => it)
  expect(error).toHaveProperty('detail', expect.stringContaining('$argon2id$marked')) // it is there to be told
  log.error({ err: error }, 'a request met a defect')
  log.warn({ error, token: 'yds_marked', it: { password: 'marked-too' } }, 'again')
  expect(lines).toHaveLength(2)
  expect(lines.join('')).toContain('people_kind_check')
  expect(lines.join('')).not.toContain('argon2id')
  expect(lines.join('')).not.toContain('marked-too')
})
