import type { TSchema } from 'typebox'
import type { Driver } from './driver.ts'

/** Everything a driver may know of the world around it. */
export interface Connection {
  readonly endpoint: string
  /** Options that are no secret: region, interface, verification of certificates, … */
  readonly settings: Readonly<Record<string, unknown>>
  /** Opened credential. Never logged, never put into an outcome's words. */
  readonly credential: Readonly<Record<string, unknown>>
  /** Prefix of every mark of this installation, `yd-xxxxxx-`. Things without it are never touched. */
  readonly markPrefix: string
  readonly now: () => Date
  /** Limit of one call to the cloud; also how long a cut-off call may still take effect. */
  readonly callLimitMs: number
  /**
   * What this process remembers of calls to this cloud that may still take effect: until when, in ms since the epoch,
   * by thing. It outlives a driver that is replaced because its credential changed.
   */
  readonly underWay: Map<string, number>
}

/** What the registry holds of each cloud. The schemas tell users what to give and check what they gave. */
export interface DriverFactory {
  readonly name: string
  readonly title: { readonly 'zh-CN': string; readonly en: string }
  readonly settings: TSchema
  readonly credential: TSchema
  create(connection: Connection): Driver
}
