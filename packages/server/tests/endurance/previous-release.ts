import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The last release before this one, by its commit. */
const commit = '3552208c366f63fd6dd408929cf55d54de6249c5'
const root = join(import.meta.dirname, '../../../..')

/** The previous release's program, checked out beside this one, over the same packages of others. */
export interface PreviousRelease extends AsyncDisposable {
  readonly main: string
}

export const checkOutPreviousRelease = async (): Promise<PreviousRelease> => {
  const folder = await mkdtemp(join(tmpdir(), 'yiduo-previous-'))
  const archive = execFileSync('git', ['archive', commit, 'packages', 'package.json'], {
    cwd: root,
    maxBuffer: 100_000_000,
  })
  execFileSync('tar', ['-x', '-C', folder], { input: archive })
  await mkdir(join(folder, 'node_modules', '@yiduo'), { recursive: true })
  for (const name of await readdir(join(root, 'node_modules')))
    if (name !== '@yiduo') await symlink(join(root, 'node_modules', name), join(folder, 'node_modules', name))
  // Our own packages are those of that release, not of this one.
  for (const name of await readdir(join(folder, 'packages')))
    await symlink(join(folder, 'packages', name), join(folder, 'node_modules', '@yiduo', name))
  return {
    main: join(folder, 'packages/server/src/main.ts'),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}
