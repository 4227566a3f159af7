import { randomUUID } from 'node:crypto'
import {
  type ActName,
  type BusinessSystem,
  delegable,
  fromId,
  type Grant,
  type Role,
  roles,
  type SessionGrant,
  separatedDuties,
  toId,
} from '@yiduo/contract'
import fc from 'fast-check'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Act, everything, programAct, type Scope } from '../../src/kernel/act.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { rows, run, visible } from '../../src/platform/database/index.ts'
import { scopeOf } from '../../src/platform/http/index.ts'
import { mayBy } from '../world/permissions.ts'
import { agreed, password } from '../world/small-province.ts'
import { createWorld, type World } from '../world/world.ts'

const act = programAct('test', 'demonstration.make', 'test')
const minuteMs = 60_000

// ── what is drawn ──

const reaches = ['own', 'subtree', 'all'] as const
/** What lists, what decides (and may be lent), what only administrators do, and what the overseers read. */
const questions = ['system.list', 'request.approve', 'request.list', 'person.list', 'grant.create', 'audit.list']

const grantAsk = fc.record({
  holder: fc.constantFrom('subject' as const, 'lender' as const),
  role: fc.constantFrom(...roles),
  at: fc.nat(),
  reach: fc.constantFrom(...reaches.slice(0, 2), ...reaches.slice(0, 2), 'all' as const),
  endsInMinutes: fc.option(fc.integer({ min: 1, max: 60 })),
  /** By a person, so that an administrative post waits; and whether somebody else confirmed it. */
  asked: fc.boolean(),
  confirmed: fc.boolean(),
  /** For emergencies, and for how long it was woken. */
  emergency: fc.option(fc.record({ wokenForMinutes: fc.option(fc.integer({ min: 1, max: 60 })) }), { freq: 2 }),
})
type GrantAsk = typeof grantAsk extends fc.Arbitrary<infer T> ? T : never

const drawn = fc.record({
  /** Each organisation stands below the province or one before it. */
  parents: fc.array(fc.nat(), { minLength: 1, maxLength: 12 }),
  owners: fc.array(fc.nat(), { maxLength: 12 }),
  grants: fc.array(grantAsk, { maxLength: 5 }),
  delegation: fc.option(
    fc.record({
      startsInMinutes: fc.integer({ min: 0, max: 60 }),
      lastsMinutes: fc.integer({ min: 1, max: 60 }),
      ended: fc.boolean(),
    }),
  ),
  laterMinutes: fc.integer({ min: 0, max: 90 }),
})
type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never

// ── the naive model: people, posts and a tree, walked upwards ──

interface Place {
  readonly id: string
  readonly path: string
  readonly above: Place | null
}

interface Post {
  readonly holder: GrantAsk['holder']
  readonly role: Role
  readonly at: Place
  readonly reach: SessionGrant['reach']
  readonly endsAt: number | null
  /** From then on it sleeps; null where it is not for emergencies. */
  readonly sleepsAt: number | null
  readonly confirmed: boolean
}

interface Loan {
  readonly from: number
  readonly until: number
}

const standsBelow = (place: Place, top: Place): boolean =>
  place.id === top.id || (place.above !== null && standsBelow(place.above, top))

const covers = (post: Post, place: Place): boolean => {
  if (post.reach === 'all') return true
  return post.reach === 'own' ? post.at.id === place.id : standsBelow(place, post.at)
}

const mayReach = (posts: readonly Post[], loan: Loan | null, question: string, place: Place, now: number): boolean =>
  posts.some((post) => {
    if (!mayBy(post.role, question) || !post.confirmed || (post.endsAt !== null && post.endsAt <= now)) return false
    if (post.sleepsAt !== null && (post.sleepsAt <= now || post.holder === 'lender')) return false
    if (post.holder === 'lender') {
      const isLent = loan !== null && loan.from <= now && now < loan.until
      if (!isLent || !delegable.has(question)) return false
    }
    return covers(post, place)
  })

// ── the real thing ──

let world: World
let root: Place
let elsewhere: Place
const known: { readonly id: string; readonly at: Place }[] = []

/** More than a list walks through before it asks the organisations of a scope one by one, and newer than all others. */
const fillers = 1_100

beforeAll(async () => {
  world = await createWorld()
  const { plain } = world.yiduo.database
  const top = await rows<{ id: string; path: string }>(
    plain,
    sql`select id, path from organisations where parent_id is null`,
  )
  root = { id: top[0]?.id ?? '', path: top[0]?.path ?? '', above: null }
  elsewhere = (await plant([0], 'elsewhere'))[0] ?? root
  await run(plain, sql`delete from system_quotas`)
  await run(plain, sql`delete from business_systems`)
  await addSystems(Array.from({ length: fillers }, () => ({ at: elsewhere, id: `f${randomUUID().slice(1)}` })))
})
afterAll(() => world[Symbol.asyncDispose]())

let label = 1_000_000
/** A tree below the province. */
const plant = async (parents: readonly number[], name: string): Promise<Place[]> => {
  const places: Place[] = []
  for (const parent of parents) {
    const above = [root, ...places][parent % (places.length + 1)] ?? root
    places.push({ id: randomUUID(), path: `${above.path}${++label}/`, above })
  }
  const told = places.map((it, index) => ({ id: it.id, parent: it.above?.id, path: it.path, name: `${name} ${index}` }))
  await run(
    world.yiduo.database.plain,
    sql`insert into organisations (id, parent_id, label, path, name, actor, level, division_code, created_at)
        overriding system value
        select id, parent, split_part(reverse(path), '/', 2)::text::bigint, path, name, 'department', 'city', '320100', ${world.clock.now()}
        from jsonb_to_recordset(${JSON.stringify(told)}::jsonb) as o(id uuid, parent uuid, path text, name text)`,
  )
  return places
}

const addSystems = async (systems: readonly { readonly at: Place; readonly id: string }[]): Promise<void> => {
  known.push(...systems)
  const told = systems.map(({ at, id }) => ({ id, at: at.id }))
  await run(
    world.yiduo.database.plain,
    sql`insert into business_systems (id, organisation_id, name, security_grade, data_class, recovery_mode, zone, created_at)
        select id, at, id::text, 2, 'general', 'none', 'government-extranet', ${world.clock.now()}
        from jsonb_to_recordset(${JSON.stringify(told)}::jsonb) as s(id uuid, at uuid)`,
  )
}

const asPerson = async (login: string, operation: ActName): Promise<Act> => ({
  ...act,
  operation,
  caller: await world.yiduo.rooms.identity.authenticate(await world.tokenOf(login)),
})

const hire = async (at: Place): Promise<{ id: string; login: string }> => {
  const login = `p${randomUUID()}`
  const ask = { login, name: login, organisationId: toId('organisation', at.id), password }
  return agreed(await world.yiduo.rooms.identity.createPerson(act, ask, 'lasting'))
}

type People = Readonly<Record<GrantAsk['holder'], { readonly id: string; readonly login: string }>>

/** Grants it through the service; what the service refuses is held by nobody. */
const give = async (ask: GrantAsk, people: People, places: readonly Place[]): Promise<Post | null> => {
  const { identity } = world.yiduo.rooms
  const at = places[ask.at % places.length] ?? root
  const endsAt = ask.endsInMinutes === null ? null : world.clock.now().getTime() + ask.endsInMinutes * minuteMs
  const made = await identity.createGrant(ask.asked ? await asPerson('secadmin', 'grant.create') : act, {
    personId: people[ask.holder].id,
    role: ask.role,
    organisationId: toId('organisation', at.id),
    reach: ask.reach,
    ...(endsAt === null ? {} : { until: new Date(endsAt).toISOString() }),
    emergency: ask.emergency !== null,
  })
  if (isRefusal(made)) return null
  const waits = ask.asked && separatedDuties.includes(ask.role)
  if (waits && ask.confirmed) await confirm(made)
  const confirmed = !waits || ask.confirmed
  const sleepsAt = ask.emergency === null ? null : await wake(made, ask.emergency.wokenForMinutes, people[ask.holder])
  return { holder: ask.holder, role: ask.role, at, reach: ask.reach, endsAt, sleepsAt, confirmed }
}

/** Until when it is awake; what its person may not wake sleeps on. */
const wake = async (grant: Grant, minutes: number | null, person: { readonly login: string }): Promise<number> => {
  const asleep = world.clock.now().getTime()
  if (minutes === null) return asleep
  const by = await asPerson(person.login, 'emergency-access.begin')
  const woken = await world.yiduo.rooms.identity.beginEmergencyAccess(by, grant.id, { reason: '演练', minutes })
  return isRefusal(woken) ? asleep : asleep + minutes * minuteMs
}

const confirm = async (grant: Grant) =>
  agreed(await world.yiduo.rooms.identity.confirmGrant(await asPerson('secadmin2', 'grant.confirm'), grant.id))

const lend = async (ask: NonNullable<Drawn['delegation']>, people: People): Promise<Loan> => {
  const { identity } = world.yiduo.rooms
  const from = world.clock.now().getTime() + ask.startsInMinutes * minuteMs
  const until = from + ask.lastsMinutes * minuteMs
  const lender = await asPerson(people.lender.login, 'delegation.create')
  const made = agreed(
    await identity.createDelegation(lender, {
      delegateLogin: people.subject.login,
      startsAt: new Date(from).toISOString(),
      endsAt: new Date(until).toISOString(),
    }),
  )
  if (!ask.ended) return { from, until }
  agreed(await identity.endDelegation(lender, made.id))
  return { from, until: from }
}

/** What the list shows, page by page. */
const listed = async (scope: Scope): Promise<Set<string>> => {
  const found: BusinessSystem[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await world.yiduo.rooms.systems.list({ ...act, scope }, { limit: 500, ...(cursor ? { cursor } : {}) })
    found.push(...page.items)
    cursor = page.nextCursor
  }
  return new Set(found.map((it) => fromId('system', it.id) ?? ''))
}

/** What is found one by one. */
const reached = async (scope: Scope): Promise<Set<string>> => {
  const found = await rows<{ id: string }>(
    world.yiduo.database.plain,
    sql`select id from business_systems where ${visible(scope, 'business_systems.organisation_id')}`,
  )
  return new Set(found.map(({ id }) => id))
}

const isReached = async (scope: Scope, id: string): Promise<boolean> =>
  !isRefusal(await world.yiduo.rooms.systems.get({ ...act, scope }, toId('system', id)))

const holds = async ({ parents, owners, grants, delegation, laterMinutes }: Drawn): Promise<void> => {
  const places = await plant(parents, randomUUID())
  const fresh = owners.map((at) => ({ at: places[at % places.length] ?? root, id: randomUUID() }))
  if (fresh.length > 0) await addSystems(fresh)
  const home = places[0] ?? root
  const people = { subject: await hire(home), lender: await hire(home) }
  const posts: Post[] = []
  for (const ask of grants) posts.push(...[await give(ask, people, places)].filter((it) => it !== null))
  const loan = delegation && (await lend(delegation, people))
  const token = await world.tokenOf(people.subject.login)
  world.clock.shift(laterMinutes * minuteMs)
  // The clock of the model stands where it is read, so that no grant ends between the two.
  const now = world.clock.now()
  const caller = await world.yiduo.rooms.identity.authenticate(token)
  if (caller.kind !== 'person') throw new Error('nobody is signed in')
  for (const question of questions) {
    const scope = scopeOf(caller.grants, question, now)
    const expected = known.filter(({ at }) => mayReach(posts, loan, question, at, now.getTime()))
    const ids = new Set(expected.map(({ id }) => id))
    expect([question, await reached(scope)]).toEqual([question, ids])
    expect([question, await listed(scope)]).toEqual([question, ids])
    for (const { id } of fresh) expect([question, id, await isReached(scope, id)]).toEqual([question, id, ids.has(id)])
  }
}

test('what lists show and what is found one by one is what the posts allow, and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(drawn, async (it) => {
      await holds(it)
      world.shift(0) // everybody signs in anew: sessions run out as the clock goes on
    }),
    { seed: 20_261_123, numRuns: 40, endOnFailure: true },
  )
})

test('the program reaches all of it', async () => {
  expect((await reached(everything)).size).toBe(known.length)
})
