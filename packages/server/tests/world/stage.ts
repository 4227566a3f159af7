import { createGround, type Ground } from './ground.ts'
import { type ServerProcess, startServer } from './server-process.ts'
import type { SmallProvince } from './small-province.ts'
import { rowsOf } from './statements.ts'
import { connectTestCloud, createDoors, createWorld, type World, type WorldOptions } from './world.ts'

/** A province at rest in a database, ready for server processes that come and go over it. */
export interface Stage extends AsyncDisposable {
  readonly ground: Ground
  readonly province: SmallProvince
  /** Starts a server, of this release unless another's `main.ts` is named; everybody is signed in there already. */
  start(environment?: Readonly<Record<string, string>>, program?: string): Promise<StageServer>
}

export type StageServer = ServerProcess &
  Pick<World, 'as' | 'tokenOf' | 'call' | 'requestIn' | 'operationEnded' | 'province'>

const logins = ['operator', 'department']

export interface StageOptions extends Omit<WorldOptions, 'ground'> {
  /** As the release before left it: its servers, which know no data keys, go on reading what is sealed. */
  readonly installedBefore?: boolean
}

export const createStage = async ({ installedBefore = false, ...options }: StageOptions = {}): Promise<Stage> => {
  await using stack = new AsyncDisposableStack()
  const ground = stack.use(await createGround())
  if (installedBefore)
    await rowsOf(ground.databaseUrl, `insert into installation (code, created_at) values ('0abc12', now())`)
  const { province, tokens } = await setUp({ ...options, ground })
  const kept = stack.move()
  return {
    ground,
    province,
    async start(environment = {}, program) {
      const server = await startServer(ground, environment, program)
      const tokenOf = async (login: string) => tokens.get(login) ?? ''
      return { ...server, ...createDoors(server.url, { tokenOf, forget: () => undefined }), province }
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}

/** In this process, which works on nothing after. */
const setUp = async (options: WorldOptions) => {
  await using world = await createWorld(options)
  await connectTestCloud(world)
  const tokens = new Map<string, string>()
  for (const login of logins) tokens.set(login, await world.tokenOf(login))
  return { province: world.province, tokens }
}
