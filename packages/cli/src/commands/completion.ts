import { usageError } from '../command-error.ts'
import { optionsOf } from '../flags/option.ts'
import { type Command, commands, nouns } from './command.ts'

const flagsOf = (command: Command): string =>
  [...command.query, ...command.body, ...optionsOf(command).map(({ name }) => ({ spellings: [{ name }] }))]
    .map(({ spellings: [first] }) => `--${first?.name}`)
    .join(' ')

const verbsCase = (noun: string): string => {
  const verbs = commands.filter((it) => it.noun === noun).map(({ verb }) => verb)
  return `    ${noun}) words='${verbs.join(' ')}' ;;`
}

/** Written out whole: completing then needs neither Node nor the server. */
const bash = (): string => `_yiduo() {
  local words='' current="\${COMP_WORDS[COMP_CWORD]}"
  if [ "$COMP_CWORD" -eq 1 ]; then words='login logout whoami completion help ${nouns.join(' ')}'
  elif [ "$COMP_CWORD" -eq 2 ]; then case "\${COMP_WORDS[1]}" in
    completion) words='bash zsh' ;;
    help) words='exit-codes environment' ;;
${nouns.map(verbsCase).join('\n')}
  esac
  else case "\${COMP_WORDS[1]} \${COMP_WORDS[2]}" in
${commands.map((it) => `    '${it.noun} ${it.verb}') words='${flagsOf(it)}' ;;`).join('\n')}
  esac; fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _yiduo yiduo`

/** A script for the shell to read: `source <(yiduo completion bash)`. */
export const completionScript = (shell: string | undefined): string => {
  if (shell === 'bash') return bash()
  if (shell === 'zsh') return `autoload -U +X compinit bashcompinit && compinit && bashcompinit\n${bash()}`
  throw usageError('shell-unknown', { shell: shell ?? '' })
}
