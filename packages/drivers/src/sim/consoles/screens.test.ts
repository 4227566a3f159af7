import { once } from 'node:events'
import { connect } from 'node:net'
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

test('an address that is none is refused, and nothing ends by it', async () => {
  await using screens = createScreens(() => new Date(0))
  const { port } = new URL(await screens.admit({ protocol: 'vnc', until: new Date(1), look: async () => seen }))
  const socket = connect(Number(port), '127.0.0.1')
  const lines = ['GET // HTTP/1.1', 'host: here', 'connection: upgrade', 'upgrade: websocket']
  const asWebSocket = ['sec-websocket-version: 13', 'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==', '', '']
  socket.write([...lines, ...asWebSocket].join('\r\n'))
  const [answer] = await once(socket, 'data')
  expect(String(answer)).toMatch(/^HTTP\/1.1 401 /)
  socket.destroy()
})
