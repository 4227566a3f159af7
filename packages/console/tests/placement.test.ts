import { requestApprove } from '@yiduo/contract'
import { expect, test } from 'vitest'
import { clientOf, describeConsole, openAs, useBrowser, visit } from './world/console.ts'
import { fresh, newSystem, sent } from './world/orders.ts'
import { wordsIn } from './world/words.ts'

describeConsole('why a request goes where it goes', () => {
  useBrowser()

  for (const locale of ['zh-CN', 'en'] as const)
    test(`is read beside it, before and after the verdict, in ${locale}`, async () => {
      const words = wordsIn(locale).placement
      const department = await clientOf('wu.department')
      const system = await newSystem(department)
      const name = fresh('zone')
      const { id } = await sent(department, system.id, [{ plan: 'general-8c16g', name }])
      await using window = await openAs('li.operator', { locale })
      const { page } = window
      await visit(page, `/requests/${id}`)
      const section = page.getByRole('region', { name: words.title })
      await section.getByText(words.wouldBe).waitFor()
      const table = section.getByRole('region', { name: words.candidates.replace('{{name}}', name) })
      const best = table.getByRole('row').nth(1)
      expect(await best.textContent()).toContain(words.chosen)
      const platform = (await best.getByRole('cell').first().textContent())?.replace(words.chosen, '')
      await section.getByText(words.whyNot.split('{{count}}')[0] ?? '').waitFor()
      const operator = await clientOf('li.operator')
      await operator.call(requestApprove, { params: { requestId: id }, body: {} })
      await section.getByText(words.decided).waitFor()
      expect(await table.getByRole('row').nth(1).textContent()).toContain(platform)
      expect(window.complaints).toEqual([])
    })
})
