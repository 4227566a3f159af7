import { expect, test, vi } from 'vitest'
import type { Seen } from './screen.ts'
import { createScreens } from './screens.ts'

const seen: Seen = { cloud: 'here', name: 'web', id: '1', state: 'ACTIVE', now: new Date(0) }

test('nobody is looked for who went before there was anything to see', async () => {
  await using screens = createScreens(() => new Date(0))
  const asked = Promise.withResolvers<void>()
  const answer = Promise.withResolvers<Seen | null>()
  const url = await screens.admit({
    protocol: 'vnc',
    until: new Date(1),
    look: () => {
      asked.resolve()
      return answer.promise
    },
  })
  const timers = vi.spyOn(globalThis, 'setInterval')
  const socket = new WebSocket(url)
  const closed = new Promise((resolve) => socket.addEventListener('close', resolve))
  await new Promise((resolve) => socket.addEventListener('open', resolve))
  await asked.promise
  socket.close()
  await closed
  answer.resolve(seen)
  await new Promise(setImmediate)
  expect(timers).not.toHaveBeenCalled()
})
