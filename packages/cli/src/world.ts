import type { Locale } from '@yiduo/contract'
import type { Config } from './config.ts'
import type { ReadFile } from './flags/read-fields.ts'
import type { Label, Say } from './message/catalogue.ts'
import type { Word } from './message/words.ts'
import type { Terminal } from './terminal.ts'
import type { Pace } from './watch/changes.ts'

/** What every command works with. */
export interface World {
  readonly config: Config
  readonly terminal: Terminal
  readonly readFile: ReadFile
  readonly locale: Locale
  readonly say: Say
  readonly label: Label
  readonly word: Word
  readonly pace?: Pace
}
