import type { ServerUsage, UsagePage } from '../../usage.ts'
import type { Check } from '../check.ts'
import { expectDone, expectEqual, expectThat } from '../expect.ts'
import type { World } from '../world.ts'

export const usageChecks: readonly Check[] = [
  {
    name: 'usage.of-a-server',
    says: {
      'zh-CN': '用量报告列出云服务器在该时段的用量,时段之外为零',
      en: 'The report of usage tells what a server used within the time, and nothing outside of it',
    },
    needs: ['usage', 'servers', 'networks'],
    run: async (world) => {
      const server = await world.shared.server()
      const home = await world.shared.home()
      const to = new Date(world.target.connection.now().getTime() + hourMs)
      const from = new Date(server.since.getTime() - hourMs)
      const [row, ...more] = (await report(world, from, to)).filter((it) => it.serverId === server.externalId)
      expectThat(row !== undefined && more.length === 0, 'the server is not in the report exactly once')
      expectEqual(row.projectId, home.projectId, 'project')
      const mostHours = (to.getTime() - from.getTime()) / hourMs
      expectThat(row.serverHours > 0 && row.serverHours <= mostHours, `${row.serverHours} hours of ${mostHours}`)
      const { vcpus, memoryMib } = server.ref.size
      expectThat(Math.abs(row.vcpuHours - vcpus * row.serverHours) < 1e-6, `${row.vcpuHours} vcpu hours`)
      expectThat(Math.abs(row.memoryMibHours - memoryMib * row.serverHours) < 1e-3, `${row.memoryMibHours} MiB hours`)
      const before = await report(world, new Date(from.getTime() - hourMs), from)
      expectThat(!before.some((it) => it.serverId === server.externalId), 'the server was used before it was made')
    },
  },
]

const hourMs = 3_600_000

/** Read to its end. */
const report = async (world: World, from: Date, to: Date): Promise<readonly ServerUsage[]> => {
  const items: ServerUsage[] = []
  let cursor: string | null = null
  for (let number = 1; number <= 10_000; number += 1) {
    const at: string | null = cursor
    const call = () => world.driver.usage.report({ from, to }, at)
    const page: UsagePage = expectDone(await world.settle(call), `page ${number}`)
    items.push(...page.items)
    expectEqual(page.nextCursor === null, page.complete, 'complete means that no cursor follows')
    if (page.complete) return items
    cursor = page.nextCursor
  }
  throw new Error('the report did not end')
}
