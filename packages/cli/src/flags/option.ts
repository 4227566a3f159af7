import {
  type Command,
  connectsCloud,
  isEdit,
  isFile,
  isPaged,
  isRequestDraft,
  watchedPart,
} from '../commands/command.ts'
import type { MessageKey } from '../message/catalogue.ts'

/** A flag of the CLI itself, next to those that the operation's own properties make. */
export interface Option {
  readonly name: string
  /** What its value is called in the help; null for a switch. */
  readonly value: string | null
  /** One letter that stands for it. */
  readonly short?: string
  readonly help: MessageKey
  readonly fits: (command: Command) => boolean
}

const always = (): boolean => true
const isShown = (command: Command): boolean => !isFile(command)

export const options = [
  { name: 'body', value: 'JSON|@FILE|@-', help: 'option-body', fits: ({ operation }) => operation.body !== undefined },
  { name: 'revision', value: 'N', help: 'option-revision', fits: isEdit },
  { name: 'submit', value: null, help: 'option-submit', fits: isRequestDraft },
  { name: 'cloud', value: 'NAME', help: 'option-cloud', fits: connectsCloud },
  { name: 'clouds-yaml', value: 'PATH', help: 'option-clouds-yaml', fits: connectsCloud },
  { name: 'from-environment', value: null, help: 'option-from-environment', fits: connectsCloud },
  { name: 'watch', value: null, help: 'option-watch', fits: (command) => watchedPart(command) !== null },
  { name: 'all', value: null, help: 'option-all', fits: isPaged },
  { name: 'output', short: 'o', value: 'FILE', help: 'option-output', fits: isFile },
  { name: 'json', value: null, help: 'option-json', fits: isShown },
  { name: 'quiet', short: 'q', value: null, help: 'option-quiet', fits: isShown },
  { name: 'url', value: 'URL', help: 'option-url', fits: always },
  { name: 'lang', value: 'zh-CN|en', help: 'option-lang', fits: always },
  { name: 'help', short: 'h', value: null, help: 'option-help', fits: always },
] as const satisfies readonly Option[]
export type OptionName = (typeof options)[number]['name']

export const optionsOf = (command: Command): readonly Option[] => options.filter((it) => it.fits(command))
