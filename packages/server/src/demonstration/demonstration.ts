import { billClose } from '@yiduo/contract'
import { monthOf } from '@yiduo/engines'
import type { Logger } from 'pino'
import type { Yiduo } from '../compose.ts'
import { present } from '../kernel/invariant.ts'
import { isRefusal } from '../kernel/refusal.ts'
import { administratorCount } from '../modules/installation/index.ts'
import { calendarOf } from './calendar.ts'
import { createCast } from './cast.ts'
import { ensureClouds, ensureSimClouds, planClouds, timesOfVisits } from './clouds.ts'
import type { HistoryClock } from './history-clock.ts'
import { ensureOrganisations, isPlanned, type OrganisationIds, province } from './organisations.ts'
import { ensureEmergencyGrant, oversightOf } from './oversight.ts'
import { ensureLastPerson, ensurePeople, isLastPersonThere, isOfDemonstration } from './people.ts'
import { ensureCatalogue, ensureQuotas } from './price-list.ts'
import { createChance } from './province/chance.ts'
import { ensureProvince } from './province/make.ts'
import { createRandom } from './random.ts'
import { agreed, direction, type Scene, whole } from './scene.ts'
import { perform } from './steps.ts'
import { historyDays, stories } from './stories.ts'
import { ensureTemplates } from './templates.ts'

export interface DemonstrationAsk {
  readonly yiduo: Pick<Yiduo, 'rooms' | 'database' | 'record' | 'reconcilers' | 'registry' | 'markPrefix' | 'grantUse'>
  /** The one that `yiduo` was composed with. */
  readonly clock: HistoryClock
  /** The first set-up: it belongs to the history that is made, so it is called when the clock is set back. */
  readonly setUp: () => Promise<void>
  readonly log: Logger
  readonly say: (words: string) => void
}

const seed = 320_000
const dayMs = 86_400_000
/** People have held their posts for longer than half a year: their grants are due to be looked over. */
const postsDays = 200

/** Never put into a database that is in use: nobody and nothing may be there but what a cut-off start has made. */
const isUnfinished = async (scene: Scene): Promise<boolean> => {
  if (await isLastPersonThere(scene)) return false
  const { identity, organisations } = scene.yiduo.rooms
  const strangers = (await organisations.list(direction('organisation.list'), whole)).items.some((it) => !isPlanned(it))
  if (strangers) return false
  const people = (await identity.listPeople(direction('person.list'), whole)).items
  return people.filter((it) => !isOfDemonstration(it)).length <= administratorCount
}

/** No clock of ours runs backwards: what a cut-off start has made lies before what this one makes. */
const beginningOf = async ({ yiduo: { rooms } }: Scene, today: Date): Promise<Date> => {
  const { items } = await rooms.requests.list(direction('request.list'), whole, 'zh-CN')
  const known = items.map(({ updatedAt }) => Date.parse(updatedAt))
  return new Date(Math.max(daysBefore(today, historyDays).getTime(), ...known))
}
const daysBefore = (today: Date, days: number): Date => new Date(today.getTime() - days * dayMs)

/** Months that are over are settled for one department; the others' are left for a visitor to close. */
const closeMonths = async ({ yiduo: { rooms }, cast }: Scene, ids: OrganisationIds, today: Date): Promise<void> => {
  const act = await cast.act('li.operator', billClose)
  const days = Array.from({ length: historyDays }, (_, index) => daysBefore(today, historyDays - index))
  const over = [...new Set(days.map(monthOf))].filter((month) => month < monthOf(today))
  for (const month of over) {
    const bill = await rooms.settlement.close(act, present(ids.get('省民政厅'), 'organisation'), month)
    // Closed by an earlier start that was cut off, or over for some minutes only: both are as they should be.
    if (isRefusal(bill) && !['month-closed', 'month-not-over'].includes(bill.refused.code)) agreed(bill)
  }
}

const make = async (scene: Scene, { today, beginning }: { today: Date; beginning: Date }): Promise<void> => {
  const clouds = planClouds(scene)
  const ids = await ensureOrganisations(scene)
  await ensurePeople(scene, ids)
  await ensureEmergencyGrant(scene, present(ids.get(province), province))
  scene.clock.moveTo(beginning)
  const plans = await ensureCatalogue(scene)
  const templates = await ensureTemplates(scene, plans)
  await ensureClouds(scene, clouds, ids, today)
  await ensureQuotas(scene, ids)
  const tokens = new Map(clouds.map(({ code, token }) => [code, token]))
  const stage = { ...scene, today, plans, templates, tokens }
  const told = calendarOf(stories, today, scene.random).map(({ at, story, step }) => ({
    at,
    run: () => perform(stage, story, step),
  }))
  const inTime = [...told, ...oversightOf(scene, today)].toSorted((a, b) => a.at.getTime() - b.at.getTime())
  for (const { at, run } of inTime) {
    scene.clock.moveTo(at)
    await run()
  }
  scene.clock.catchUp()
  await ensureProvince(scene, { chance: createChance(seed), today, clouds, organisations: ids, plans })
  await closeMonths(scene, ids, today)
  await ensureSimClouds(scene, clouds, timesOfVisits)
  // What they find now, a visitor need not wait for.
  for (const name of ['probe', 'observation', 'advice']) await scene.yiduo.reconcilers.runNow(name)
  await scene.cast.leave()
  await scene.yiduo.grantUse.flush()
  await ensureLastPerson(scene, ids)
}

/**
 * Makes the demonstration province in a new database, by the same services and under the same authority as everybody
 * else. A start after one that was cut off goes on; one that finds all there changes nothing. Answers whether it stands.
 */
export const createDemonstration = async ({ yiduo, clock, setUp, log, say }: DemonstrationAsk): Promise<boolean> => {
  const today = clock.now()
  const scene: Scene = { yiduo, clock, random: createRandom(seed), cast: createCast(yiduo, clock) }
  const isFirst = (await yiduo.rooms.organisations.root()) === null
  if (isFirst) clock.setBackTo(daysBefore(today, postsDays))
  await setUp()
  if (!(await isUnfinished(scene))) return isLastPersonThere(scene)
  say('making the demonstration …')
  const beginning = await beginningOf(scene, today)
  if (!isFirst) clock.setBackTo(beginning)
  const { level } = log
  log.level = 'error' // the failures that are told of are ordered: a warning of them would only alarm
  await make(scene, { today, beginning })
  log.level = level
  return true
}
