import type { Bilingual } from './check.ts'

export type Verdict = 'passed' | 'failed' | 'not-applicable'

export interface CheckResult {
  readonly name: string
  readonly says: Bilingual
  readonly verdict: Verdict
  readonly durationMs: number
  /** Why it failed or does not apply; empty when passed. Never contains a secret. */
  readonly words: string
}

export interface ConformanceReport {
  readonly product: string
  readonly version: string
  readonly startedAt: Date
  readonly durationMs: number
  readonly results: readonly CheckResult[]
  /** Nothing failed, something passed, and the run came to its end. */
  readonly certified: boolean
}

export const summarise = ({ results }: Pick<ConformanceReport, 'results'>): string => {
  const count = (verdict: Verdict) => results.filter((it) => it.verdict === verdict).length
  return `${count('passed')} passed, ${count('failed')} failed, ${count('not-applicable')} not applicable`
}

/** Markdown. */
export const renderReport = (report: ConformanceReport, language: keyof Bilingual = 'zh-CN'): string => {
  const say = texts[language]
  return [
    `# ${say.title}: ${cell(report.product)} ${cell(report.version)}`,
    '',
    `${report.certified ? say.certified : say.notCertified} · ${summarise(report)} · ${seconds(report.durationMs)} · ${report.startedAt.toISOString()}`,
    '',
    `| ${say.check} | ${say.what} | ${say.verdict} | ${say.time} | ${say.words} |`,
    '|---|---|---|---:|---|',
    ...report.results.map(
      ({ name, says, verdict, durationMs, words }) =>
        `| ${name} | ${cell(says[language])} | ${say[verdict]} | ${seconds(durationMs)} | ${cell(words)} |`,
    ),
    '',
  ].join('\n')
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`

/** What a cloud says may contain anything; in a table it must stay within its cell. */
const cell = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll(/\s+/g, ' ')

const texts = {
  'zh-CN': {
    title: '云平台对接检测报告',
    certified: '通过',
    notCertified: '未通过',
    check: '检测项',
    what: '要求',
    verdict: '结果',
    time: '用时',
    words: '说明',
    passed: '通过',
    failed: '**未通过**',
    'not-applicable': '不适用',
  },
  en: {
    title: 'Conformance report',
    certified: 'Certified',
    notCertified: 'Not certified',
    check: 'Check',
    what: 'Requirement',
    verdict: 'Verdict',
    time: 'Time',
    words: 'Words',
    passed: 'passed',
    failed: '**failed**',
    'not-applicable': 'not applicable',
  },
} as const satisfies Record<keyof Bilingual, Record<string, string>>
