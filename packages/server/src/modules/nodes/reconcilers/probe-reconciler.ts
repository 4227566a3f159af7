import { isFailure } from '@yiduo/driver-api'
import type { Logger } from 'pino'
import { programAct } from '../../../kernel/act.ts'
import { type Reconciler, reconciler } from '../../../platform/reconcilers/index.ts'
import { type ProbeDeps, probeAgain } from '../sagas/platform-probe.ts'
import * as store from '../store.ts'

/** A cloud that went away is placed on no more, and one that came back is again, without anybody's asking. */
export const createProbeReconciler = (deps: ProbeDeps & { readonly log: Logger }): Reconciler =>
  reconciler('probe', 300_000, async () => {
    for (const platform of await store.allPlatforms(deps.database.plain)) {
      const act = programAct('probe-reconciler', 'platform.probe', platform.id)
      try {
        const found = await probeAgain(deps, platform, act)
        if (isFailure(found)) deps.log.warn({ found, platform: platform.code }, 'cannot see what a platform has')
      } catch (error) {
        deps.log.warn({ err: error, platform: platform.code }, 'cannot probe a platform')
      }
    }
  })
