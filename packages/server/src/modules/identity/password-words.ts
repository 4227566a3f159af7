import { dictionary } from '@zxcvbn-ts/language-common'

/** What guessers try first: passwords that many people were found to have. Made on the first use: it is fifty thousand. */
let common: ReadonlySet<string> | null = null
const commonPasswords = (): ReadonlySet<string> => {
  common ??= new Set(dictionary['passwords-common'])
  return common
}

/** Words that, with nothing but digits and signs about them, every guesser of an office's password tries (弱口令). */
const officeWords: ReadonlySet<string> = new Set([
  'abc',
  'abcd',
  'admin',
  'administrator',
  'asdf',
  'changeme',
  'gov',
  'guest',
  'login',
  'manager',
  'oracle',
  'passw',
  'passwd',
  'password',
  'pwd',
  'qaz',
  'qwe',
  'qwer',
  'qwerty',
  'root',
  'system',
  'test',
  'user',
  'welcome',
  'woaini',
  'zhengwu',
  'zwy',
])

const product = ['yiduo', '一朵']

/** Signs that stand for letters: `p@ssw0rd`. */
const letterFor: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '0': 'o',
  '1': 'i',
  '3': 'e',
  $: 's',
  '5': 's',
}

const withLetters = (text: string): string => [...text].map((it) => letterFor[it] ?? it).join('')

/** Whether it is one that everybody would try, large and small letters and signs for letters apart. */
export const isCommon = (password: string): boolean => {
  const small = password.toLowerCase()
  if (commonPasswords().has(small) || commonPasswords().has(withLetters(small))) return true
  const bare = small.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  return officeWords.has(bare) || officeWords.has(withLetters(bare))
}

/** Whether the product or an organisation is named in it, whatever stands about the name. */
export const isNamed = (password: string, organisation: string | null): boolean => {
  const small = password.toLowerCase()
  return [...product, ...(organisation ? [organisation.toLowerCase()] : [])].some((name) => small.includes(name))
}
