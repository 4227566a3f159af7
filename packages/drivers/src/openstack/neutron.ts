import { type Attempt, done, failure, isDone, type Outcome, type ProjectRef, type Removal } from '@yiduo/driver-api'
import type { Cloud } from './cloud.ts'
import { type InFlight, oldest, removeAll } from './once.ts'
import type { Shape } from './shape.ts'

export interface NeutronDeps {
  readonly cloud: Cloud
  readonly inFlight: InFlight
}

interface Marked {
  readonly id: string
  readonly description?: string | null
  readonly created_at?: string | null
  readonly status?: string | null
}

/** A collection of Neutron's: its path, and how its answers unwrap. */
export interface Collection<T extends Marked, Many, One> {
  readonly path: string
  /** What one is called where calls under way are remembered. */
  readonly thing: string
  /** The key that wraps one in requests. */
  readonly key: string
  readonly manyShape: Shape<Many>
  readonly oneShape: Shape<One>
  many(body: Many): readonly T[]
  one(body: One): T
}

/** Neutron filters by description exactly; that is where our mark lies. */
async function allMarked<T extends Marked, M, O>(
  { cloud }: NeutronDeps,
  of: Collection<T, M, O>,
  project: ProjectRef,
  mark: string,
): Promise<Outcome<readonly T[]>> {
  const found = await cloud.ask(
    { service: 'network', path: of.path, query: { description: mark }, project },
    of.manyShape,
  )
  return isDone(found) ? done(of.many(found.value).filter((it) => it.description === mark)) : found
}

export async function oneMarked<T extends Marked, M, O>(
  deps: NeutronDeps,
  of: Collection<T, M, O>,
  project: ProjectRef,
  mark: string,
  fits: (it: T) => boolean = () => true,
): Promise<Outcome<T | null>> {
  const found = await allMarked(deps, of, project, mark)
  return isDone(found) ? done(oldest(found.value.filter(fits), (it) => it.created_at)) : found
}

export async function read<T extends Marked, M, O>(
  { cloud }: NeutronDeps,
  of: Collection<T, M, O>,
  project: ProjectRef,
  id: string,
): Promise<Outcome<T>> {
  const found = await cloud.ask(
    { service: 'network', path: `${of.path}/${encodeURIComponent(id)}`, project },
    of.oneShape,
  )
  return isDone(found) ? done(of.one(found.value)) : found
}

export async function make<T extends Marked, M, O>(
  { cloud }: NeutronDeps,
  of: Collection<T, M, O>,
  project: ProjectRef,
  fields: Readonly<Record<string, unknown>>,
): Promise<Outcome<T>> {
  const body = { [of.key]: fields }
  const made = await cloud.ask({ service: 'network', method: 'POST', path: of.path, body, project }, of.oneShape)
  return isDone(made) ? done(of.one(made.value)) : made
}

export const drop = <T extends Marked, M, O>(
  { cloud }: NeutronDeps,
  of: Collection<T, M, O>,
  project: ProjectRef,
  id: string,
): Promise<Outcome<null>> =>
  cloud.act({ service: 'network', method: 'DELETE', path: `${of.path}/${encodeURIComponent(id)}`, project })

/** What was found may be one that came to nothing; all else that Neutron calls a thing can be worked with. */
export const unbroken = <T extends Marked>(what: string, it: T): Outcome<T> =>
  it.status === 'ERROR' ? failure('permanent', 'cloud-thing-broken', `${what} ${it.id} is in ERROR`) : done(it)

/** Whatever in the collection carries the mark; `dropOne` where more is to be done than to delete it. */
export const removeMarked = <T extends Marked, M, O>(
  deps: NeutronDeps,
  of: Collection<T, M, O>,
  { project, mark, externalId }: Removal,
  attempt: Attempt,
  dropOne: (id: string) => Promise<Outcome<null>> = (id) => drop(deps, of, project, id),
): Promise<Outcome<null>> =>
  removeAll({
    thing: `${of.thing} ${mark}`,
    externalId,
    attempt,
    inFlight: deps.inFlight,
    async look() {
      const found = await allMarked(deps, of, project, mark)
      return isDone(found) ? done(found.value.map((it) => it.id)) : found
    },
    async isStranger(id) {
      const found = await read(deps, of, project, id)
      return isDone(found) ? done(found.value.description !== mark) : found
    },
    drop: dropOne,
  })
