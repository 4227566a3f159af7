import { type BoardLink, toId } from '@yiduo/contract'
import { judgeLink, type LinkEnd, linkRules, worstOf } from '@yiduo/engines'
import { present } from '../../kernel/invariant.ts'
import type { Situation } from '../nodes/index.ts'

/** Every link with what the rules find of it. */
export const viewLinks = ({ nodes, dataCentres, links }: Situation): BoardLink[] => {
  const nodeOf = new Map(nodes.map((it) => [it.id, it]))
  const centreOf = new Map(dataCentres.map((it) => [it.id, it]))
  const siteOf = (dataCentreId: string) => {
    const centre = present(centreOf.get(dataCentreId), 'data centre')
    const { id: nodeId, kind: nodeKind, divisionCode } = present(nodeOf.get(centre.nodeId), 'node')
    const end: LinkEnd = { nodeId, nodeKind, divisionCode, role: centre.role }
    const view = { dataCentreId: toId('dataCentre', centre.id), nodeId: toId('node', nodeId), name: centre.name }
    return { end, view }
  }
  return links.map((row) => {
    const [from, to] = [siteOf(row.fromDataCentreId), siteOf(row.toDataCentreId)]
    const { bandwidthMbps, latencyMs, latencyBasis, distanceKm } = row
    const measured = { from: from.end, to: to.end, bandwidthMbps, latencyMs, latencyBasis, distanceKm }
    const findings = judgeLink(measured, linkRules).map(({ id, ...it }) => ({ rule: id, ...it }))
    return {
      id: toId('link', row.id),
      from: from.view,
      to: to.view,
      bandwidthMbps,
      latencyMs,
      latencyBasis,
      measuredAt: row.measuredAt?.toISOString() ?? null,
      distanceKm,
      verdict: worstOf(findings),
      findings,
    }
  })
}
