import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { locales } from '@yiduo/contract'
import type { Browser, Page } from 'playwright-core'
import { clientAt, launch, openWindowIn, settled, signIn } from '../packages/console/tests/world/browser.ts'
import { startDemonstration } from '../packages/console/tests/world/demonstration.ts'
import { type Visit, visits } from '../packages/console/tests/world/visits.ts'
import { root } from './source-files.ts'

const folder = join(root, 'docs/pictures')
const themes = ['light', 'dark'] as const
const width = 1_000

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

const take = async (
  browser: Browser,
  url: string,
  it: Visit,
  look: { locale: (typeof locales)[number]; theme: (typeof themes)[number] },
) => {
  const viewport = it.path === '/board' ? { width: 1_920, height: 1_080 } : { width: 1_366, height: 768 }
  await using window = await openWindowIn(browser, url, { ...look, viewport })
  await signIn(window, url, it.login)
  await window.page.goto((await it.find(await clientAt(url, it.login))) ?? it.path)
  await settled(window.page)
  await window.page.waitForTimeout(800) // charts draw themselves in
  return window.page.screenshot()
}

mkdirSync(folder, { recursive: true })
for (const name of readdirSync(folder)) if (name.endsWith('.webp')) rmSync(join(folder, name))
await using demonstration = await startDemonstration()
const browser = await launch()
const canvas = await browser.newPage()
for (const it of visits)
  for (const locale of locales)
    for (const theme of themes) {
      const name = `${nameOf(it)}.${locale}.${theme}.webp`
      writeFileSync(
        join(folder, name),
        await shrink(canvas, await take(browser, demonstration.url, it, { locale, theme })),
      )
      console.log(name)
    }
await browser.close()
