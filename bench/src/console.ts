import type { Browser, Page } from 'playwright-core'
import { clientAt, launch, openWindowIn, settled, signIn } from '../../packages/console/tests/world/browser.ts'
import { startDemonstration } from '../../packages/console/tests/world/demonstration.ts'
import { visits } from '../../packages/console/tests/world/visits.ts'
import type { Bench } from './bench.ts'

const rounds = 7
const rowsToScroll = 10_000

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

interface Loaded {
  readonly usableMs: number
  readonly transferredKib: number
  readonly layoutShift: number
  readonly largestPaintMs: number
}

/** Everything the browser was sent, as it was sent: compressed. */
const transferred = `performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'))
  .filter((it) => !it.name.includes('/api/')).reduce((sum, it) => sum + it.encodedBodySize, 0) / 1024`

const watch = `window.shift = 0; window.paint = 0
new PerformanceObserver((list) => { for (const it of list.getEntries()) if (!it.hadRecentInput) window.shift += it.value })
  .observe({ type: 'layout-shift', buffered: true })
new PerformanceObserver((list) => { for (const it of list.getEntries()) window.paint = it.startTime })
  .observe({ type: 'largest-contentful-paint', buffered: true })`

/** A first visit with nothing in any cache, of a department that is signed in. */
const loadFirst = async (browser: Browser, url: string, headers: Record<string, string> = {}): Promise<Loaded> => {
  await using window = await openWindowIn(browser, url)
  await window.context.setExtraHTTPHeaders(headers)
  await signIn(window, url, 'wang.department')
  await window.context.addInitScript(watch)
  const begin = performance.now()
  await window.page.goto('/')
  await settled(window.page)
  const usableMs = performance.now() - begin
  const number = async (words: string) => Number(await window.page.evaluate(words))
  return {
    usableMs,
    transferredKib: await number(transferred),
    layoutShift: await number('window.shift'),
    largestPaintMs: await number('window.paint'),
  }
}

/** The slowest of the calls a page makes for its data; the stream of events is none. */
const slowestCall = `Math.max(0, ...performance.getEntriesByType('resource')
  .filter((it) => it.name.includes('/api/') && !it.name.includes('/events')).map((it) => it.responseEnd - it.startTime))`

const loadPages = async (browser: Browser, url: string, tell: (words: string) => void): Promise<number> => {
  const slowest: number[] = []
  for (const it of visits) {
    const address = await it.find(await clientAt(url, it.login))
    if (address === null) continue
    const times: number[] = []
    for (let round = 0; round < 3; round++) {
      await using window = await openWindowIn(browser, url)
      await signIn(window, url, it.login)
      await window.page.goto(address)
      await settled(window.page)
      times.push(Number(await window.page.evaluate(slowestCall)))
    }
    tell(`${address}: ${Math.round(median(times))} ms`)
    slowest.push(median(times))
  }
  return Math.max(...slowest)
}

const rowCount = (page: Page): Promise<number> =>
  page.evaluate(`Number(document.querySelector('[role="grid"]').getAttribute('aria-rowcount')) - 1`)

/** Scrolls a second long, one screen's third a frame, and tells how many frames took longer than two of 60 Hz. */
const scroll = `new Promise((resolve) => {
  const grid = document.querySelector('[role="grid"]'); const times = []; let last = performance.now(); let n = 0
  grid.scrollTop = 0
  const frame = (now) => { times.push(now - last); last = now; grid.scrollTop += 240
    if (++n < 120) requestAnimationFrame(frame); else resolve(times.slice(5).filter((it) => it > 34).length / (times.length - 5)) }
  requestAnimationFrame(frame)
})`

/** Down to the last row, until there are more. The page's policy forbids what Playwright's own waiting would evaluate. */
const toTheEnd = `new Promise((resolve) => {
  const grid = document.querySelector('[role="grid"]')
  new MutationObserver((_, it) => { it.disconnect(); resolve() })
    .observe(grid, { attributes: true, attributeFilter: ['aria-rowcount'] })
  grid.scrollTop = grid.scrollHeight
})`

/** The list of resources with ten thousand rows in it. */
const scrollRows = async (browser: Browser, url: string, tell: (words: string) => void): Promise<number> => {
  await using window = await openWindowIn(browser, url)
  const { page } = window
  await signIn(window, url, 'li.operator')
  await page.goto('/resources')
  await settled(page)
  let rows = await rowCount(page)
  while (rows < rowsToScroll) {
    await page.evaluate(toTheEnd)
    rows = await rowCount(page)
  }
  tell(`${rows} rows`)
  const shares: number[] = []
  for (let round = 0; round < rounds; round++) shares.push(Number(await page.evaluate(scroll)))
  return median(shares)
}

export const consoleBench: Bench = {
  name: 'console',
  says: 'the console in Chromium: its first screen, the data of each page, ten thousand rows',
  run: async (tell) => {
    await using demonstration = await startDemonstration()
    const { url } = demonstration
    const browser = await launch()
    try {
      // The limit is of gzip; a browser on the same machine, or by https, is sent brotli, a tenth less.
      const { transferredKib } = await loadFirst(browser, url, { 'accept-encoding': 'gzip' })
      const loads: Loaded[] = []
      for (let round = 0; round < rounds; round++) loads.push(await loadFirst(browser, url))
      tell(`first screen: ${loads.map((it) => Math.round(it.usableMs)).join(', ')} ms`)
      tell(`sent for it: ${transferredKib.toFixed(1)} KiB`)
      const lateFrameShare = await scrollRows(browser, url, tell)
      tell(`late frames: ${lateFrameShare.toFixed(3)}`)
      const slowestDataMs = await loadPages(browser, url, tell)
      return {
        figures: {
          firstScreenKib: transferredKib,
          usableMs: median(loads.map((it) => it.usableMs)),
          largestPaintMs: median(loads.map((it) => it.largestPaintMs)),
          layoutShift: median(loads.map((it) => it.layoutShift)),
          slowestDataMs,
          lateFrameShare,
        },
        limits: { firstScreenKib: 400, usableMs: 2_000, layoutShift: 0.1, slowestDataMs: 200, lateFrameShare: 0.02 },
      }
    } finally {
      await browser.close()
    }
  },
}
