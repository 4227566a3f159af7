import type { ServiceRequest } from '@yiduo/contract'
import type { Say } from '../message/catalogue.ts'

/** How long a request that a rule approved took from its sending to the end of its delivery; null before and long after. */
export const elapsedText = ({ id, approvedByRule, track }: ServiceRequest, say: Say): string | null => {
  const [before, last] = track.slice(-2)
  const sent = track.findLast(({ state }) => state === 'submitted')
  if (!approvedByRule || !sent || !last || before?.state !== 'delivering') return null
  const tenths = Math.round((Date.parse(last.startedAt) - Date.parse(sent.startedAt)) / 100)
  return say('elapsed', { id, minutes: Math.floor(tenths / 600), seconds: ((tenths % 600) / 10).toFixed(1) })
}
