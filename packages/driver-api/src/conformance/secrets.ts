import type { ConformanceTarget } from './target.ts'

/** What must never be shown: the target's own list, or every text of the credential that is too long to be chance. */
export const secretsOf = ({ secrets, connection }: ConformanceTarget): readonly string[] =>
  secrets ?? textsOf(connection.credential).filter((text) => text.length >= 8)

const textsOf = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}

export const masked = (words: string, secrets: readonly string[]): string =>
  secrets.reduce((text, secret) => text.replaceAll(secret, '***'), words)
