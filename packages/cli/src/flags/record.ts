import { usageError } from '../command-error.ts'

/**
 * `key=value` of a record whose values have no schema here (a driver's settings). A value that is JSON through and
 * through (`true`, `3`, `"3"`, `[…]`, `{…}`) is taken as such, anything else as text. Secrets are always text: a
 * password may well read `true`.
 */
export const readEntry = (text: string, secret: boolean): readonly [string, unknown] => {
  const equals = text.indexOf('=')
  if (equals < 1) throw usageError('entry-wrong', { value: secret ? '…' : text })
  const value = text.slice(equals + 1)
  return [text.slice(0, equals), secret ? value : readOpen(value)]
}

const readOpen = (text: string): unknown => {
  if (!/^(true|false|null|-?\d+(\.\d+)?|".*"|\[.*\]|\{.*\})$/s.test(text)) return text
  try {
    const value: unknown = JSON.parse(text)
    // `1.0` and `12345678901234567890` would change on the way: they are text, as versions and ids are.
    return typeof value === 'number' && String(value) !== text ? text : value
  } catch {
    return text
  }
}

/** The reverse of `readEntry`; null where only JSON can say it. */
export const writeEntry = (key: string, value: unknown, secret: boolean): string | null => {
  if (/^$|[=]|^[{@]/.test(key)) return null
  for (const text of [typeof value === 'string' ? value : JSON.stringify(value), JSON.stringify(value)]) {
    const entry = `${key}=${text}`
    if (JSON.stringify(readEntry(entry, secret)) === JSON.stringify([key, value])) return entry
  }
  return null
}
