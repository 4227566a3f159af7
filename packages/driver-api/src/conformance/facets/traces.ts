import type { Check } from '../check.ts'
import { expectEqual, expectThat } from '../expect.ts'
import { ownKinds } from '../kinds.ts'
import { secretsOf } from '../secrets.ts'

/** Run after everything that was made has been removed. */
export const traceChecks: readonly Check[] = [
  {
    name: 'traces.no-secret-in-words',
    says: { 'zh-CN': '任何失败说明都不含凭据', en: 'No words of a failure contain the credential' },
    needs: [],
    run: async ({ target, heard }) => {
      const secrets = secretsOf(target)
      const leaks = heard.filter((words) => secrets.some((secret) => words.includes(secret)))
      expectEqual(leaks.length, 0, 'failures whose words contain the credential')
    },
  },
  {
    name: 'traces.nothing-left',
    says: { 'zh-CN': '检测结束后不留任何资源', en: 'Nothing that the suite made is left' },
    needs: [],
    run: async ({ listed, sees, marks }) => {
      const left: string[] = []
      for (const kind of ownKinds.filter(sees))
        for (const it of await listed(kind))
          if (it.mark !== null && marks.has(it.mark)) left.push(`${kind} ${it.externalId} (${it.mark})`)
      expectThat(left.length === 0, `left behind: ${left.join(', ')}`)
    },
  },
]
