import { done, type NetworksFacet, type Outcome, type RuleGroupRef, textOfRule } from '@yiduo/driver-api'
import type { SimCall } from '../call.ts'
import { refused, vanished } from '../refusals.ts'
import { unknownGroup, updatePortRules, upsertRuleGroup } from './rules-store.ts'

type Ask<Method extends keyof NetworksFacet> = Parameters<NetworksFacet[Method]>[0]

export const ensureRules = async (
  { database, cloud, now }: SimCall,
  ask: Ask<'ensureRules'>,
): Promise<Outcome<RuleGroupRef>> => {
  const strange = ask.rules.find((it) => it.ports !== null && it.protocol !== 'tcp' && it.protocol !== 'udp')
  if (strange) return refused(`Only tcp and udp have ports: ${textOfRule(strange)}`)
  const projectId = ask.project.projectId
  const rules = [...new Set(ask.rules.map(textOfRule))].sort()
  const row = await upsertRuleGroup(database, cloud.name, { ...ask, projectId, rules }, now)
  return row === null ? vanished('project', projectId) : done({ ruleGroupId: row.id })
}

export const setPortRules = async (
  { database, cloud }: SimCall,
  { project, portId, ruleGroupIds }: Ask<'setPortRules'>,
): Promise<Outcome<null>> => {
  const { projectId } = project
  const strange = await unknownGroup(database, cloud.name, projectId, ruleGroupIds)
  if (strange !== null) return vanished('rule group', strange)
  const port = await updatePortRules(database, cloud.name, { portId, projectId, ruleGroupIds })
  return port === null ? vanished('port', portId) : done(null)
}
