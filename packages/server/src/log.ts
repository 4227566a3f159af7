import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino'

/** What PostgreSQL says beside its message: of a row that it refuses, the whole row, secrets and all. */
const telling = ['detail', 'where', 'internalQuery'] as const

const withoutRows = (error: Error): object => {
  const told: Record<string, unknown> = { ...stdSerializers.err(error) }
  for (const name of telling) delete told[name]
  return told
}

/** One line of JSON for each thing that happened, for whoever runs the servers; no secrets, whatever went wrong. */
export const createLog = (level: string, destination: DestinationStream): Logger =>
  pino(
    { level, redact: ['*.password', '*.credential', '*.token'], serializers: { err: withoutRows, error: withoutRows } },
    destination,
  )
