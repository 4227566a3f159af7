import { type NetworkRule, textOfRule } from '../../network-rule.ts'
import type { Check } from '../check.ts'
import { expectDone, expectEqual, expectFailure } from '../expect.ts'
import { make, plainName, portRecipe, ruleGroupRecipe } from '../recipe.ts'
import { sharedRules } from '../shared.ts'
import type { World } from '../world.ts'
import { makingChecks } from './making.ts'

const needs = ['networks', 'networkRules'] as const

const sixes: NetworkRule = { direction: 'ingress', version: 6, protocol: 'icmp', ports: null, cidr: '2001:db8::/32' }
const range: NetworkRule = {
  direction: 'ingress',
  version: 4,
  protocol: 'udp',
  ports: { from: 7_000, to: 7_010 },
  cidr: null,
}

export const ruleChecks: readonly Check[] = [
  ...makingChecks('network-rules', {
    call: 'networks.ensureRules',
    title: { 'zh-CN': '安全组', en: 'group of rules' },
    needs,
    named: true,
    shared: (world) => world.shared.ruleGroup(),
    fresh: async (world, name) => ruleGroupRecipe(world, await world.shared.home(), name, sharedRules),
    shows: (observed) => expectEqual(observed.facts.rules?.join('; '), textsOf(sharedRules), 'rules'),
  }),
  {
    name: 'network-rules.corrected',
    says: {
      'zh-CN': '安全组规则按所需增删,重复执行也算成功',
      en: 'Rules are added and taken away as asked, again is a success',
    },
    needs,
    run: async (world) => {
      const project = await world.shared.home()
      const { recipe, externalId } = await make(world, ruleGroupRecipe(world, project, plainName, sharedRules))
      const wanted = [sixes, range, ...sharedRules.slice(0, 1)]
      for (const rules of [wanted, wanted, []]) {
        const ask = { mark: recipe.mark, name: plainName, project, rules }
        const since = world.target.connection.now()
        const again = await world.settle((attempt) => world.driver.networks.ensureRules(ask, attempt), since)
        expectEqual(expectDone(again, `${rules.length} rules`).ruleGroupId, externalId, 'id of the group')
        expectEqual(await rulesShown(world, externalId), textsOf(rules), 'rules')
      }
    },
  },
  {
    name: 'network-rules.obeyed',
    says: {
      'zh-CN': '端口可改用其他安全组,仍在使用的安全组不会被删除',
      en: 'A port is given other groups, and a group that a port obeys is not removed',
    },
    needs,
    run: async (world) => {
      const project = await world.shared.home()
      const group = await world.shared.ruleGroup()
      const ruleGroupIds = [group.externalId]
      const network = (await world.shared.network()).ref
      const { externalId: portId } = await make(world, portRecipe(world, project, plainName, network, { ruleGroupIds }))
      const remove = () => world.settle((attempt) => group.recipe.remove(group.externalId, attempt))
      const give = (ids: readonly string[]) => {
        const ask = { project, portId, ruleGroupIds: ids }
        return world.settle((attempt) => world.driver.networks.setPortRules(ask, attempt))
      }
      expectFailure(await remove(), 'removing the group of a new port', { kinds: ['permanent'] })
      const other = await make(world, ruleGroupRecipe(world, project, plainName, []))
      world.scope.later(async () => void expectDone(await give([]), 'giving it none'))
      expectDone(await give([other.externalId]), 'giving it another group')
      expectDone(await give([other.externalId]), 'giving it the same again')
      expectFailure(
        await world.settle((attempt) => other.recipe.remove(other.externalId, attempt)),
        'removing the group of a changed port',
        { kinds: ['permanent'] },
      )
    },
  },
]

const textsOf = (rules: readonly NetworkRule[]): string => rules.map(textOfRule).sort().join('; ')

const rulesShown = async (world: World, id: string): Promise<string | undefined> => {
  const home = await world.shared.home()
  const seen = expectDone(await world.settle(() => world.driver.get('securityGroup', id, home)), 'get')
  return seen.facts.rules?.join('; ')
}
