import { resourceList } from '@yiduo/contract'
import { expect, test } from 'vitest'
import { paths } from '../src/paths.ts'
import { clientOf, describeConsole, openAs, useBrowser, visit } from './world/console.ts'
import { wordsIn } from './world/words.ts'

const words = wordsIn('zh-CN')

const runningServer = async () => {
  const client = await clientOf('wang.department')
  const { items } = await client.call(resourceList, { query: { kind: 'server', state: 'formal', limit: 20 } })
  const server = items.find((it) => it.power === 'running')
  if (!server) throw new Error('the demonstration has no running server for this department')
  return server
}

describeConsole('a console of a server', () => {
  useBrowser()

  test('draws its screen, and its serial line gives back what is typed', async () => {
    const server = await runningServer()
    await using window = await openAs('wang.department', { locale: 'zh-CN' })
    const { page } = window
    await visit(page, paths.resource(server.id))
    await page.getByRole('link', { name: words.resources.console }).click()
    await page.getByText(words.resources.connected, { exact: true }).waitFor()
    const canvas = page.getByRole('region', { name: words.resources.screen }).locator('canvas')
    await expect.poll(async () => (await canvas.boundingBox())?.width ?? 0).toBeGreaterThan(300)

    await page.getByText(words.resources.consoleProtocols.text, { exact: true }).click()
    await page.waitForURL(/protocol=text/)
    await page.getByText(words.resources.connected, { exact: true }).waitFor()
    const line = page.getByRole('region', { name: words.resources.screen })
    await line.getByText('$').first().waitFor()
    await page.keyboard.type('echo 1')
    await page.keyboard.press('Enter')
    await line.getByText('echo 1').first().waitFor()
    expect(window.complaints).toEqual([])
  })
})
