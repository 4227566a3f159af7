import { boardGet } from '@yiduo/contract'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { clientOf, describeConsole, openAs, useBrowser } from './world/console.ts'

const leader = 'shen.regulator'
const wall = { width: 1_920, height: 1_080 }

/** With a clock that the test turns; opened without motion, so it waits for a key. */
const openBoard = async () => {
  const window = await openAs(leader, { viewport: wall })
  await window.page.clock.install()
  await window.page.goto('/board')
  await window.page.locator('svg[role="img"]').waitFor()
  return window
}

const inFocus = (page: Page) => page.locator('section[aria-label="节点详情"] p').first().innerText()
const nodeNames = async () => (await (await clientOf(leader)).call(boardGet, {})).nodes.map((it) => it.name)

const ring = (west: number) => [
  [west, 31],
  [west + 4, 31],
  [west + 4, 34],
  [west, 31],
]
const mapFile = (name: string, content: unknown) => ({
  name,
  mimeType: 'application/geo+json',
  buffer: Buffer.from(JSON.stringify(content)),
})
const mapAt = (west: number) => mapFile('省界.geojson', { type: 'Polygon', coordinates: [ring(west)] })

/** What scripts hold once the garbage is gone. */
const createScales = async ({ page, context }: Awaited<ReturnType<typeof openAs>>) => {
  const devtools = await context.newCDPSession(page)
  return async (): Promise<number> => {
    await devtools.send('HeapProfiler.collectGarbage')
    return (await devtools.send('Runtime.getHeapUsage')).usedSize / 1_048_576
  }
}

/** Answers for the server, each time with other figures; says how often it did. */
const answerFor = async (page: Page) => {
  const told = await (await clientOf(leader)).call(boardGet, {})
  let answers = 0
  await page.route('**/api/v1/board', (route) => {
    answers += 1
    const totals = { ...told.totals, servers: told.totals.servers + answers }
    return route.fulfill({ json: { ...told, totals, at: new Date(answers).toISOString() } })
  })
  return () => answers
}

describeConsole('the board', () => {
  useBrowser()

  test('turns through the nodes by the keys and by itself, and waits when it is told to', async () => {
    await using window = await openBoard()
    const { page } = window
    const [first = '', second = '', third = ''] = await nodeNames()
    const shows = (name: string) => expect.poll(() => inFocus(page)).toBe(name)
    await shows(first)
    await page.clock.runFor(60_000)
    await shows(first)
    await page.keyboard.press('ArrowRight')
    await shows(second)
    await page.keyboard.press('ArrowLeft')
    await shows(first)
    await page.keyboard.press(' ')
    await page.clock.runFor(15_500)
    await shows(second)
    await page.clock.runFor(15_500)
    await shows(third)
    await page.keyboard.press(' ')
    await page.clock.runFor(60_000)
    await shows(third)
    expect(window.complaints).toEqual([])
  })

  test('refuses a map of somewhere else, and keeps one with its approval in this browser until it is taken away', async () => {
    await using window = await openBoard()
    const { page } = window
    const drawn = page.locator('svg[role="img"] > path')
    const choose = (file: ReturnType<typeof mapAt>) => page.locator('input[type="file"]').setInputFiles(file)
    await page.keyboard.press('m')
    await choose(mapFile('什么.json', { type: 'Topology' }))
    await page.getByText('这不是 GeoJSON 文件').waitFor()
    await choose(mapAt(70))
    await page.getByText('不在同一区域').waitFor()
    expect(await drawn.count()).toBe(0)
    await choose(mapAt(117))
    await drawn.waitFor()
    await page.getByLabel('审图号', { exact: true }).fill('苏S(2026)001号')
    await page.getByText('审图号：苏S(2026)001号').waitFor()
    await page.reload()
    await drawn.waitFor()
    await page.getByText('审图号：苏S(2026)001号').waitFor()
    await page.keyboard.press('m')
    await page.getByRole('button', { name: '移除底图' }).click()
    await drawn.waitFor({ state: 'detached' })
  })
})

describeConsole('the board on its wall', () => {
  useBrowser()

  test('says how old its figures are while the server is away, and goes on when it is back', async () => {
    await using window = await openBoard()
    const { page } = window
    await page.route('**/api/**', (route) => route.abort())
    await page.clock.runFor(150_000)
    await page.getByText(/与服务器失去联系 · 2 分钟前的数据/).waitFor()
    expect(await page.locator('svg[role="img"] text').count()).toBeGreaterThan(20)
    await page.unroute('**/api/**')
    await page.clock.runFor(31_000)
    await page.getByText('实时', { exact: true }).waitFor()
  })

  test('holds no more after hundreds of answers than after the first', async () => {
    await using window = await openBoard()
    const { page } = window
    const answers = await answerFor(page)
    const heldMib = await createScales(window)
    await page.keyboard.press(' ')
    const answered = async (until: number) => {
      while (answers() < until) await page.clock.runFor(30_000)
    }
    await answered(30) // what the browser learns of the code in the beginning is not what the page holds
    const before = await heldMib()
    await answered(150)
    // An answer has some 30 KiB: were they kept, or what is drawn of them, it would be three and a half more.
    expect((await heldMib()) - before).toBeLessThan(2)
  })
})
