import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { inject } from 'vitest'

const program = join(import.meta.dirname, '../../../server/tests/world/order-fault.ts')

interface Order {
  readonly call: string
  readonly mode: string
  readonly times: number
}

/** The next calls of a kind to a simulated cloud go wrong; each test has a cloud to itself. */
export const orderFault = async (cloud: string, order: Order): Promise<void> => {
  const folder = inject('dataFolder')
  if (folder === '') throw new Error('YIDUO_DATA must say where the province at YIDUO_CONSOLE_URL keeps its database')
  const child = spawn(process.execPath, [program, folder, cloud, JSON.stringify(order)], { stdio: 'inherit' })
  const [code] = (await once(child, 'exit')) as [number | null] // as Node says it
  if (code !== 0) throw new Error(`${program} ended with ${code}`)
}
