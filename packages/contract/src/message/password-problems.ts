/** What is wrong with a password; `{minimum}`, `{kinds}` and `{remembered}` are the fault's parameters, of the policy. */
export const passwordProblemsZhCn = {
  'password-short': '不足 {minimum} 个字符',
  'password-few-kinds': '不足 {kinds} 类字符（小写、大写、数字、其他）',
  'password-has-login': '含有登录名',
  'password-has-name': '含有产品或机构的名称',
  'password-common': '属于最先被猜到的常见口令',
  'password-same': '与原口令相同',
  'password-remembered': '与最近 {remembered} 次用过的口令之一相同',
}

export type PasswordProblem = keyof typeof passwordProblemsZhCn

export const passwordProblemsEn: Readonly<Record<PasswordProblem, string>> = {
  'password-short': 'it has fewer than {minimum} characters',
  'password-few-kinds': 'it has fewer than {kinds} kinds of characters (small letters, capitals, digits, other signs)',
  'password-has-login': 'it contains the log-in name',
  'password-has-name': 'it contains the name of the product or of the organisation',
  'password-common': 'it is among those that are tried first',
  'password-same': 'it is the same as before',
  'password-remembered': 'it is one of the last {remembered}',
}
