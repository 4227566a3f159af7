import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import type { WebSocket } from 'ws'
import { pass } from './bridge.ts'

/** One side, whose reader takes nothing until told. */
const side = () => {
  const waiting: { bytes: number; sent: () => void }[] = []
  const it = Object.assign(new EventEmitter(), {
    readyState: 1,
    isPaused: false,
    bufferedAmount: 0,
    pause: () => {
      it.isPaused = true
    },
    resume: () => {
      it.isPaused = false
    },
    send: (data: Buffer, _: unknown, sent: () => void) => {
      it.bufferedAmount += data.length
      waiting.push({ bytes: data.length, sent })
    },
    read: () => {
      const next = waiting.shift()
      it.bufferedAmount -= next?.bytes ?? 0
      next?.sent()
    },
  })
  return { it, socket: it as unknown as WebSocket } // as much of one as passing on needs
}

test('whoever reads slowly holds the other side up, and lets it go on again', () => {
  const [from, to] = [side(), side()]
  let heard = 0
  pass(from.socket, to.socket, () => heard++)
  for (let sent = 0; !from.it.isPaused && sent < 100; sent++) from.it.emit('message', Buffer.alloc(400_000), true)
  expect(to.it.bufferedAmount).toBe(1_200_000)
  expect(heard).toBe(3)
  to.it.read()
  to.it.read()
  expect(from.it.isPaused).toBe(true)
  to.it.read()
  expect(from.it.isPaused).toBe(false)
})
