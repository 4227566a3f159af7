import { expect, test } from 'vitest'
import { docComplaints } from './check-doc-paths.ts'

const complaintsOf = (text: string) => docComplaints('docs/some.md', text)

test.each([
  ['a path in backticks', 'See `tools/no-such-file.ts`.', 'tools/no-such-file.ts'],
  ['a path in a command', '```\nnode tools/no-such-file.ts --write\n```', 'tools/no-such-file.ts'],
  ['a link', '[this](no-such-page.md)', 'no-such-page.md'],
  ['a link with an anchor', '[this](../no-such-page.md#part)', 'no-such-page.md'],
  ['a script', 'Run `npm run no-such-script`.', 'no-such-script'],
])('%s that leads nowhere is named', (_, text, named) => {
  expect(complaintsOf(text)).toEqual([expect.stringContaining(named)])
})

test.each([
  ['paths and folders that are there', '`tools/check.ts`, `packages/server/` and `packages/server/migrations`'],
  ['a link that leads somewhere', '[the tools](../tools/check.ts#L1)'],
  ['a link to elsewhere', '[Node](https://nodejs.org/en/tools/x.ts)'],
  ['a shape of paths', '`packages/<name>/src/index.ts`, `packages/*/none.ts`, `packages/{a,b}/c.ts`'],
  ['a path of somebody else', '`/etc/tools/x.ts` and `@scope/packages/none.ts`'],
  ['a script of ours', '`npm run check`'],
])('%s: no complaint', (_, text) => {
  expect(complaintsOf(text)).toEqual([])
})
