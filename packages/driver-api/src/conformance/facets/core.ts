import { capabilityNames, capabilityReasons } from '../../capabilities.ts'
import { observedKinds } from '../../inventory.ts'
import { isDone } from '../../outcome.ts'
import type { Check } from '../check.ts'
import { expectDone, expectEqual, expectFailure, expectThat } from '../expect.ts'
import { capabilityOf } from '../kinds.ts'

export const coreChecks: readonly Check[] = [
  {
    name: 'core.probe',
    says: {
      'zh-CN': '探测返回产品、版本、往返时间和能力',
      en: 'A probe tells product, version, round trip and capabilities',
    },
    needs: [],
    run: async ({ driver, settle, capabilities }) => {
      const report = expectDone(await settle(() => driver.probe()), 'probe')
      expectThat(report.product.trim() !== '', 'the product has no name')
      expectThat(report.version.trim() !== '', 'the product has no version')
      expectThat(Number.isFinite(report.roundTripMs) && report.roundTripMs >= 0, `round trip: ${report.roundTripMs} ms`)
      for (const name of capabilityNames)
        expectEqual(
          report.capabilities[name].supported,
          capabilities[name].supported,
          `${name} in probe and capabilities`,
        )
    },
  },
  {
    name: 'core.capabilities-complete',
    says: {
      'zh-CN': '每项能力都已声明,不支持的注明原因',
      en: 'Every capability is declared, a missing one with its reason',
    },
    needs: [],
    run: async ({ capabilities }) => {
      for (const name of capabilityNames) {
        // A driver's compiler has seen to this, but what it answers may come from elsewhere.
        const capability: (typeof capabilities)[typeof name] | undefined = capabilities[name]
        expectThat(capability !== undefined, `${name} is not declared`)
        if (!capability.supported)
          expectThat(capabilityReasons.includes(capability.reason), `${name}: unknown reason ${capability.reason}`)
      }
    },
  },
  {
    name: 'core.wrong-credential-denied',
    says: { 'zh-CN': '错误的凭据被拒绝', en: 'A wrong credential is refused' },
    needs: [],
    asks: ['impostor'],
    run: async ({ target }) => {
      if (!target.impostor) return
      const outcome = await target.impostor.probe()
      expectFailure(outcome, 'probe', { kinds: ['denied'], codes: ['cloud-credentials-refused'] })
    },
  },
  {
    name: 'core.absent-is-an-answer',
    says: {
      'zh-CN': '查询不存在的资源得到“不存在”,而非错误',
      en: 'Getting what is not there answers absent, no error',
    },
    needs: [],
    run: async (world) => {
      const id = globalThis.crypto.randomUUID()
      const ofWholeCloud = ['host', 'flavour', 'image', 'project']
      for (const kind of observedKinds.filter((it) => world.sees(it))) {
        const project = ofWholeCloud.includes(kind) ? null : await world.shared.home()
        const outcome = await world.settle(() => world.driver.get(kind, id, project))
        expectEqual(outcome.outcome, 'absent', `get of an unknown ${kind}`)
      }
    },
  },
  ...observedKinds.map(
    (kind): Check => ({
      name: `core.list-${kind}`,
      says: {
        'zh-CN': `${kind} 列表以“完整”结束,数目相符,各页不重复`,
        en: `The listing of ${kind} ends complete, with the right count and no repetition`,
      },
      needs: [capabilityOf[kind]],
      run: async (world) => {
        const items = await world.listed(kind)
        const first = items[0]
        if (!first) return
        const project = first.projectId === null ? null : { projectId: first.projectId }
        const got = await world.settle(() => world.driver.get(kind, first.externalId, project))
        // Somebody else may have removed it in between; a cloud may then say of its project that we may not look.
        if (!isDone(got) && !(await world.listed(kind)).some((it) => it.externalId === first.externalId)) return
        expectEqual(expectDone(got, 'get').externalId, first.externalId, 'id')
      },
    }),
  ),
]
