import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { locales } from '@yiduo/contract'
import type { Browser, Page } from 'playwright-core'
import {
  clientAt,
  launch,
  openWindowIn,
  settled,
  signIn,
  type Window,
} from '../packages/console/tests/world/browser.ts'
import { startDemonstration } from '../packages/console/tests/world/demonstration.ts'
import { type Visit, visits } from '../packages/console/tests/world/visits.ts'
import { root } from './source-files.ts'

const folder = join(root, 'docs/pictures')
const themes = ['light', 'dark'] as const
const width = 1_000
const laptop = { width: 1_366, height: 768 }
const wall = { width: 1_920, height: 1_080 }

/** `requests.$requestId` → `requests-request-id`. */
const nameOf = ({ path }: Visit): string =>
  path === '/'
    ? 'home'
    : path
        .slice(1)
        .replaceAll('/', '-')
        .replaceAll('$', '')
        .replaceAll(/([A-Z])/g, '-$1')
        .toLowerCase()

/** `npm run pictures -- home audit` takes those alone, where no others have changed; all of them otherwise. */
const named: ReadonlySet<string> = new Set(process.argv.slice(2))
const isTaken = (name: string): boolean => named.size === 0 || named.has(name)
const taken = visits.filter((it) => isTaken(nameOf(it)))

/** Smaller by the browser's own WebP than by any picture format that it takes screenshots in. */
const shrink = async (canvas: Page, png: Buffer): Promise<Buffer> => {
  const url = await canvas.evaluate(
    `new Promise((resolve) => { const image = new Image(); image.onload = () => {
      const canvas = document.createElement('canvas'); canvas.width = ${width}
      canvas.height = Math.round((image.height * ${width}) / image.width)
      const context = canvas.getContext('2d'); context.imageSmoothingQuality = 'high'
      context.drawImage(image, 0, 0, canvas.width, canvas.height); resolve(canvas.toDataURL('image/webp', 0.6)) }
      image.src = 'data:image/png;base64,${png.toString('base64')}' })`,
  )
  return Buffer.from(String(url).split(',')[1] ?? '', 'base64')
}

interface Look {
  readonly locale: (typeof locales)[number]
  readonly theme: (typeof themes)[number]
}

const keep = async ({ page, context }: Window, what: string, look: Look): Promise<void> => {
  await settled(page)
  await page.locator('.ant-spin-spinning').first().waitFor({ state: 'detached' })
  await page.locator('[data-state="connecting"]').first().waitFor({ state: 'detached' })
  const canvas = await context.newPage()
  const name = `${what}.${look.locale}.${look.theme}.webp`
  writeFileSync(join(folder, name), await shrink(canvas, await page.screenshot()))
  await canvas.close()
  console.log(name)
}

/** Every page that one person looks at, in one window. */
const takeAll = async (browser: Browser, url: string, login: string, look: Look): Promise<void> => {
  await using window = await openWindowIn(browser, url, look)
  await signIn(window, url, login)
  const client = await clientAt(url, login)
  for (const it of taken.filter((each) => each.login === login)) {
    const address = await it.find(client)
    if (address === null) {
      console.log(`${it.path}: the demonstration has none of it`)
      continue
    }
    await window.page.setViewportSize(it.path === '/board' ? wall : laptop)
    await window.page.goto(address)
    await keep(window, nameOf(it), look)
  }
}

const takeLogIn = async (browser: Browser, url: string, look: Look): Promise<void> => {
  await using window = await openWindowIn(browser, url, look)
  await window.page.goto('/')
  await keep(window, 'log-in', look)
}

/** Of a province made for this, or of the one that runs at `YIDUO_CONSOLE_URL` while one works on pages. */
await using demonstration = process.env.YIDUO_CONSOLE_URL ? null : await startDemonstration()
const url = process.env.YIDUO_CONSOLE_URL ?? demonstration?.url ?? ''
mkdirSync(folder, { recursive: true })
for (const name of readdirSync(folder))
  if (name.endsWith('.webp') && isTaken(name.split('.')[0] ?? '')) rmSync(join(folder, name))
for (const locale of locales) {
  const browser = await launch(locale)
  for (const theme of themes) {
    if (isTaken('log-in')) await takeLogIn(browser, url, { locale, theme })
    for (const login of new Set(taken.map((it) => it.login))) await takeAll(browser, url, login, { locale, theme })
  }
  await browser.close()
}
