/** Takes our secrets out of a text that a cloud, or a proxy before it, may have echoed. */
export type Redaction = (text: string, ...more: readonly string[]) => string

export function createRedaction(secrets: readonly string[]): Redaction {
  const forms = secrets.flatMap((it) => [it, JSON.stringify(it).slice(1, -1), encodeURIComponent(it)])
  return (text, ...more) =>
    [...forms, ...more].reduce((kept, secret) => (secret.length === 0 ? kept : kept.replaceAll(secret, '***')), text)
}
