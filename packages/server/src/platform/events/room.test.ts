import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { room } from './room.ts'

const listeners = (to: PassThrough) => to.listenerCount('drain') + to.listenerCount('close')

test('a reader that is slow a thousand times leaves no listeners behind', async () => {
  const to = new PassThrough()
  const over = new AbortController()
  const before = listeners(to)
  for (let times = 0; times < 1_000; times++) {
    const waiting = room(to, over.signal)
    to.emit('drain')
    await waiting
  }
  expect(listeners(to)).toBe(before)
})

test('nobody waits for a reader that is gone, or for anything when all is over', async () => {
  const gone = new PassThrough()
  gone.destroy()
  await room(gone, new AbortController().signal)
  const over = new AbortController()
  const waiting = room(new PassThrough(), over.signal)
  over.abort()
  await waiting
  await room(new PassThrough(), over.signal)
})
