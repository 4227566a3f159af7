import { rolesAllowed } from '@yiduo/contract'
import { type Command, commands, isUpload, nouns } from '../commands/command.ts'
import { type ExitReason, exitCodes } from '../exit-code.ts'
import { optionsOf } from '../flags/option.ts'
import type { MessageKey } from '../message/catalogue.ts'
import { pairs } from '../output/table.ts'
import { padEnd, widthOf } from '../output/width.ts'
import type { World } from '../world.ts'
import { remarksOn, valueText } from './describe-field.ts'
import { exampleOf } from './sample.ts'

const indented = (lines: readonly string[]): string => lines.map((line) => `  ${line}`).join('\n')

/** Beyond this what is said about a flag stands below it. */
const widestTitle = 48

const described = (entries: readonly (readonly [string, string])[]): string => {
  const isShort = ([title]: readonly [string, string]) => widthOf(title) <= widestTitle
  const width = Math.max(0, ...entries.filter(isShort).map(([title]) => widthOf(title)))
  const lines = entries.flatMap(([title, text]) =>
    widthOf(title) <= widestTitle ? [`${padEnd(title, width)}  ${text}`] : [title, `    ${text}`],
  )
  return indented(lines)
}

const builtIns = [
  ['login [--url URL] [--login NAME] [--password-stdin]', 'help-login'],
  ['logout', 'help-logout'],
  ['whoami', 'help-whoami'],
  ['completion bash|zsh', 'help-completion'],
  ['help exit-codes|environment', 'help-help'],
] as const satisfies readonly (readonly [string, MessageKey])[]

const environment = [
  ['YIDUO_URL, YIDUO_TOKEN', 'env-connection'],
  ['YIDUO_PASSWORD', 'env-password'],
  ['YIDUO_CONFIG', 'env-config'],
  ['LC_ALL, LC_MESSAGES, LANG', 'env-locale'],
  ['OS_*, OS_CLIENT_CONFIG_FILE', 'env-openstack'],
] as const satisfies readonly (readonly [string, MessageKey])[]

export const overview = ({ say, config }: World): string => {
  const verbsOf = (noun: string) => commands.filter((it) => it.noun === noun).map(({ verb }) => verb)
  return [
    say('help-intro'),
    `\n${say('help-usage')}\n  yiduo <noun> <verb> […] [--json | -q]`,
    `\n${say('help-built-in')}\n${described(builtIns.map(([usage, key]) => [usage, say(key)]))}`,
    `\n${say('help-nouns')}\n${indented(pairs(nouns.map((noun) => [noun, verbsOf(noun).join(' ')])))}`,
    `\n${say('help-more')}`,
    config.url === null ? '' : `\nYIDUO_URL=${config.url}`,
  ]
    .join('\n')
    .trimEnd()
}

export const nounHelp = (noun: string, { say, locale }: World): string => {
  const verbs = commands.filter((it) => it.noun === noun)
  const lines = verbs.map((it): [string, string] => [`yiduo ${noun} ${it.verb}`, it.operation.summary[locale]])
  return `${indented(pairs(lines))}\n\n${say('help-more')}`
}

const usageOf = (command: Command): string => {
  const positions = command.params.map(({ spellings: [{ name }] }) => ` <${name}>`).join('')
  const file = isUpload(command) ? ' <file>' : ''
  const flags = command.query.length + command.body.length > 0 ? ' [--…]' : ''
  return `yiduo ${command.noun} ${command.verb}${positions}${file}${flags}`
}

/** An operation's page: all of it comes from the contract. */
export const verbHelp = (command: Command, { say, label, locale }: World): string => {
  const { operation } = command
  const fields = [...command.query, ...command.body]
  const flags = fields.map((field): [string, string] => [
    `--${field.spellings[0].name} ${valueText(field, say)}`.trimEnd(),
    `${label(field.property)}${remarksOn(field, say)}`,
  ])
  const own = optionsOf(command).map(({ name, short, value, help }): [string, string] => [
    `--${name}${short ? `, -${short}` : ''}${value === null ? '' : ` ${value}`}`,
    say(help),
  ])
  const params = command.params.map((field): [string, string] => [
    `<${field.spellings[0].name}>`,
    `${label(field.property)} ${valueText(field, say)}`,
  ])
  const roles = operation.access === undefined ? rolesAllowed(operation.name).join(', ') : ''
  return [
    `${operation.summary[locale]}  (${operation.name})`,
    `\n${say('help-usage')}\n  ${usageOf(command)}`,
    ...(params.length > 0 ? [described(params)] : []),
    ...(flags.length > 0 ? [`\n${say('help-flags')}\n${described(flags)}`] : []),
    `\n${say('help-options')}\n${described(own)}`,
    `\n${say('help-example')}\n  ${exampleOf(command)}`,
    ...(roles === '' ? [] : [`\n${say('help-roles', { roles })}`]),
  ].join('\n')
}

export const exitCodeHelp = ({ say }: World): string => {
  const reasons = Object.entries(exitCodes) as [ExitReason, number][] // the table's own keys
  return pairs(reasons.map(([reason, code]) => [String(code), say(`exit-${reason}`)])).join('\n')
}

export const environmentHelp = ({ say }: World): string =>
  pairs(environment.map(([names, key]) => [names, say(key)])).join('\n')
