import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ConformanceReport, conformanceChecks, renderReport, runConformance, summarise } from '@yiduo/driver-api'
import { expect, test } from 'vitest'
import { createTarget, type Login } from './conformance-target.ts'
import { createFrailWay } from './frail-way.ts'
import { describeOpenstack, openstackLab } from './lab.ts'
import { createMember } from './member.ts'

const certify = async (login: Login): Promise<ConformanceReport> => {
  await using way = await createFrailWay()
  await using target = createTarget(way, login)
  return await runConformance(target)
}

/** The report is for people: it is kept, in both languages, and its place is said. */
const publish = async (name: string, report: ConformanceReport): Promise<void> => {
  const folder = join(tmpdir(), 'yiduo-conformance')
  await mkdir(folder, { recursive: true })
  for (const language of ['zh-CN', 'en'] as const)
    await writeFile(join(folder, `openstack-${name}.${language}.md`), renderReport(report, language))
  console.log(`conformance, OpenStack as ${name}: ${summarise(report)} (${folder}/openstack-${name}.*.md)`)
}

const failuresOf = (report: ConformanceReport) =>
  report.results.filter((it) => it.verdict === 'failed').map((it) => `${it.name}: ${it.words}`)

const verdictsOf = (report: ConformanceReport) => new Map(report.results.map((it) => [it.name, it]))

describeOpenstack('conformance', () => {
  test.concurrent('an administrator’s OpenStack passes every check, and every check applies', async () => {
    const report = await certify(openstackLab())
    await publish('admin', report)
    expect(failuresOf(report)).toEqual([])
    expect(report.certified).toBe(true)
    expect(report.results.filter((it) => it.verdict !== 'passed')).toEqual([])
    expect(report.results).toHaveLength(conformanceChecks.length + 1)
  })

  test.concurrent('a plain member’s passes all that a member can do, and says what it cannot and why', async () => {
    await using member = await createMember()
    const report = await certify(member)
    await publish('member', report)
    expect(failuresOf(report)).toEqual([])
    expect(report.certified).toBe(true)
    const verdicts = verdictsOf(report)
    expect(verdicts.get('server.resized-up-and-down')?.verdict).toBe('passed')
    const inapplicable = report.results.filter((it) => it.verdict === 'not-applicable')
    expect(inapplicable.map((it) => it.words).filter((words) => !words.includes('needs-admin-rights'))).toEqual([])
    expect(inapplicable.map((it) => it.name)).toContain('core.list-host')
  })
})
