import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { gather } from './gather.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('events that come faster than an answer neither break it off nor go unseen', async () => {
  const queries = new QueryClient()
  const answers: (() => void)[] = []
  let brokenOff = 0
  const observer = new QueryObserver(queries, {
    queryKey: ['resource.list', {}],
    queryFn: ({ signal }) => {
      signal.addEventListener('abort', () => brokenOff++)
      return new Promise<number>((resolve) => answers.push(() => resolve(answers.length)))
    },
  })
  const stop = observer.subscribe(() => undefined)
  answers[0]?.()
  await vi.advanceTimersByTimeAsync(0)

  const gathered = gather(queries, 400)
  for (let event = 0; event < 20; event++) {
    gathered.add(['resource'])
    await vi.advanceTimersByTimeAsync(400)
  }
  expect({ asked: answers.length, brokenOff }).toEqual({ asked: 2, brokenOff: 0 })
  // What came since it was asked for may not be in it.
  answers[1]?.()
  await vi.advanceTimersByTimeAsync(400)
  expect(answers).toHaveLength(3)
  answers[2]?.()
  await vi.advanceTimersByTimeAsync(4_000)
  expect(answers).toHaveLength(3)
  gathered.stop()
  stop()
  queries.clear()
})
