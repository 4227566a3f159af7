import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkout, createGround, start, systemsInDocument, systemsOf } from '../demonstration/province.ts'

test('a first start that is killed in the middle is gone on with by the next', async () => {
  await using ground = await createGround()
  const crashAt = 'server-reclaim@2/delete-server/effected'
  const child = spawn(process.execPath, [join(checkout, 'packages/server/src/main.ts'), 'serve'], {
    env: { ...ground.environment, DATABASE_URL: ground.url, YIDUO_CRASH_AT: crashAt, YIDUO_LOG_LEVEL: 'silent' },
    stdio: 'ignore',
  })
  const [, signal] = await once(child, 'exit')
  expect(signal).toBe('SIGKILL')
  await using yiduo = await start(ground)
  expect((await systemsOf(yiduo)).sort()).toEqual(systemsInDocument().sort())
})
