import type { CapabilityName } from '../../capabilities.ts'
import type { Observed } from '../../inventory.ts'
import type { Bilingual, Check } from '../check.ts'
import { expectDone, expectEqual, expectGone, expectThat, wordsOf } from '../expect.ts'
import type { Made, Recipe } from '../made.ts'
import { make, willRemove } from '../recipe.ts'
import type { MakingCall, TargetAbility } from '../target.ts'
import type { Shared, World } from '../world.ts'

/** A kind of thing that can be made. */
export interface Makeable<T> {
  readonly call: MakingCall
  readonly title: Bilingual
  readonly needs: readonly CapabilityName[]
  readonly asks?: readonly TargetAbility[]
  /** Whether the cloud keeps a name for it. */
  readonly named: boolean
  /** The one that all checks share. */
  shared(world: World): Promise<Made<T>>
  /** How another one would be made; what it stands on is there already. */
  fresh(world: World, name: string): Promise<Recipe<T>>
  /** What `get` must show of the shared one. */
  shows(observed: Observed, made: Made<T>, world: World): void
}

/** Short: Keystone keeps 64 characters of a project's name, the mark and what a cloud must escape included. */
const oddName = '中文 🙂 "引" <b>'

/** What holds for everything that is made, whatever it is. */
export const makingChecks = <T>(kind: string, it: Makeable<T>): readonly Check[] => {
  const { 'zh-CN': zh, en } = it.title
  const asks = it.asks ?? []
  const odd = oddThing(it)
  return [
    {
      name: `${kind}.made-and-shown`,
      says: {
        'zh-CN': `新建的${zh}带有标记,查询与列表所示一致`,
        en: `A new ${en} shows its mark and its facts in get and list`,
      },
      needs: it.needs,
      asks,
      run: async (world) => shown(world, it, await it.shared(world)),
    },
    {
      name: `${kind}.same-mark-one-thing`,
      says: { 'zh-CN': `同一标记重复新建${zh},只得一个`, en: `Making a ${en} twice under one mark gives one` },
      needs: it.needs,
      asks,
      run: async (world) => {
        const { recipe, externalId, since } = await it.shared(world)
        const again = expectDone(await world.settle(recipe.create, since), 'making it again')
        expectEqual(recipe.idOf(again), externalId, 'id of the second making')
        expectEqual((await world.marked(recipe.kind, recipe.mark)).length, 1, 'things with the mark')
      },
    },
    {
      name: `${kind}.lost-answer-one-thing`,
      says: {
        'zh-CN': `新建${zh}的应答丢失后重试,仍只有一个`,
        en: `A lost answer to making a ${en}, repeated, leaves exactly one`,
      },
      needs: it.needs,
      asks: [...asks, 'losesAnswer'],
      run: async (world) => interrupted(world, it.call, await it.fresh(world, 'conformance lost')),
    },
    ...(it.named ? [nameSurvives(kind, it, odd)] : []),
    {
      name: `${kind}.removed-by-mark`,
      says: {
        'zh-CN': `仅凭标记可删除${zh},重复删除也算成功`,
        en: `A ${en} is removed by its mark alone, and removing it again succeeds`,
      },
      needs: it.needs,
      asks,
      run: async (world) => removedByMark(world, await odd(world)),
    },
  ]
}

const nameSurvives = <T>(kind: string, it: Makeable<T>, odd: (world: World) => Promise<Made<T>>): Check => ({
  name: `${kind}.any-script`,
  says: {
    'zh-CN': `${it.title['zh-CN']}的名称可用任何文字与符号`,
    en: `The name of a ${it.title.en} survives in any script`,
  },
  needs: it.needs,
  asks: it.asks ?? [],
  run: async (world) => {
    const { recipe, externalId } = await odd(world)
    const observed = expectDone(
      await world.settle(() => world.driver.get(recipe.kind, externalId, recipe.project)),
      'get',
    )
    expectThat(observed.name.includes(oddName), `expected the name ${oddName}, got ${observed.name}`)
  },
})

/** One oddly named thing for two checks of a run: its name is looked at in one, its removal in the other. */
const oddThing = <T>(it: Makeable<T>) => {
  const ofRun = new WeakMap<Shared, Promise<Made<T>>>()
  return ({ shared }: World): Promise<Made<T>> => {
    const known = ofRun.get(shared)
    if (known) return known
    const made = it.fresh(shared.lasting(), oddName).then((recipe) => make(shared.lasting(), recipe))
    ofRun.set(shared, made)
    return made
  }
}

const shown = async <T>(world: World, it: Makeable<T>, made: Made<T>): Promise<void> => {
  const { recipe, externalId } = made
  const observed = expectDone(
    await world.settle(() => world.driver.get(recipe.kind, externalId, recipe.project)),
    'get',
  )
  const listed = await world.marked(recipe.kind, recipe.mark)
  expectEqual(listed.length, 1, 'things with the mark in the listing')
  expectEqual(listed[0]?.externalId, externalId, 'id in the listing')
  for (const seen of [observed, ...listed]) {
    expectEqual(seen.mark, recipe.mark, 'mark')
    if (recipe.project) expectEqual(seen.projectId, recipe.project.projectId, 'project')
    if (it.named) expectThat(seen.name.includes(recipe.name), `expected the name ${recipe.name}, got ${seen.name}`)
    it.shows(seen, made, world)
  }
}

/** First the call itself gets lost where the target can do that, then its answer. */
const interrupted = async <T>(world: World, call: MakingCall, recipe: Recipe<T>): Promise<void> => {
  willRemove(world, recipe)
  const since = world.target.connection.now()
  let tried = false
  for (const disturb of [world.target.losesCall, world.target.losesAnswer]) {
    if (!disturb) continue
    await using disturbance = await disturb(call)
    const outcome = await recipe.create({ since: tried ? since : null, handle: null })
    expectThat(outcome.outcome === 'transient' || outcome.outcome === 'pending', `interrupted: got ${wordsOf(outcome)}`)
    expectThat(await disturbance.struck(), 'the call was not interrupted: the target does not do what it offers')
    tried = true
  }
  expectDone(await world.settle(recipe.create, since), 'repeating the interrupted call')
  expectEqual((await world.marked(recipe.kind, recipe.mark)).length, 1, 'things with the mark')
}

const removedByMark = async <T>(world: World, { recipe, externalId }: Made<T>): Promise<void> => {
  const gone = (id: string | null) => world.settle((attempt) => recipe.remove(id, attempt))
  expectGone(await gone(null), 'removal by mark')
  const after = await world.settle(() => world.driver.get(recipe.kind, externalId, recipe.project))
  expectEqual(after.outcome, 'absent', 'get after the removal')
  expectEqual((await world.marked(recipe.kind, recipe.mark)).length, 0, 'things with the mark')
  expectGone(await gone(null), 'second removal, by mark')
  expectGone(await gone(externalId), 'third removal, by id')
}
