import type { CapabilityName } from '../capabilities.ts'
import type { TargetAbility } from './target.ts'
import type { World } from './world.ts'

export interface Bilingual {
  readonly 'zh-CN': string
  readonly en: string
}

/** One thing that a cloud must do. */
export interface Check {
  /** `<facet>.<what-holds>`, stable: certificates name it. */
  readonly name: string
  readonly says: Bilingual
  /** Where one of these is declared unsupported, the check does not apply. */
  readonly needs: readonly CapabilityName[]
  /** What the target must offer for the check to be possible at all. */
  readonly asks?: readonly TargetAbility[]
  /** Rejects when the cloud fails the check; the error's message says how. */
  run(world: World): Promise<void>
}
