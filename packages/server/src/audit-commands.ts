import { readFile } from 'node:fs/promises'
import { encodeUuid, idPrefixes } from '@yiduo/contract'
import type { Logger } from 'pino'
import { type Config, ConfigError } from './config/index.ts'
import { type Clock, monotonicMs } from './kernel/clock.ts'
import {
  type Checkpoint,
  checkpointText,
  createTrail,
  parseCheckpoint,
  readExportOf,
  sealOf,
  type Trail,
  type Verification,
} from './modules/audit/index.ts'
import { createDatabase } from './platform/database/index.ts'
import { createMac, createSecrets, readKeyEncryption, readKeys } from './platform/secrets/index.ts'

/** The trail is not as it was written, or could not be looked at; the message says why. */
export class AuditError extends Error {}

interface Place {
  readonly config: Config
  readonly url: string
  readonly clock: Clock
  readonly log: Logger
  readonly say: (words: string) => void
}

const usage =
  'usage: yiduo audit verify [--checkpoint FILE] | audit checkpoint | audit check-export FILE | audit rotate-key'

const readKept = async (file: string): Promise<Checkpoint> => {
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) throw new AuditError(`${file} cannot be read`)
  const kept = parseCheckpoint(text)
  if (!kept) throw new AuditError(`${file} is no checkpoint as “yiduo audit checkpoint” prints it, or was changed`)
  return kept
}

const describeProblem = ({ problem }: Verification): string => {
  if (!problem) return ''
  const entry = problem.entryId && `entry ${idPrefixes.audit}_${encodeUuid(problem.entryId)} (${problem.entryId})`
  const where = [
    entry,
    problem.position === null ? null : `position ${problem.position}`,
    problem.checkpoint === null ? null : `checkpoint ${problem.checkpoint}`,
  ]
  return `${problem.kind.toUpperCase()}: ${where.filter((it) => it !== null).join(', ')}: ${problem.what}`
}

/** A line a tenth of the way. */
const tellProgress = (say: Place['say']) => {
  let told = 0
  return (position: number, upTo: number): void => {
    const tenth = Math.floor((position * 10) / upTo)
    if (tenth <= told) return
    told = tenth
    say(`  ${position} of ${upTo}`)
  }
}

const verify = async (trail: Trail, { say }: Place, arguments_: readonly string[]): Promise<void> => {
  const [flag, file, ...more] = arguments_
  if (more.length > 0 || (flag !== undefined && (flag !== '--checkpoint' || file === undefined)))
    throw new ConfigError(usage)
  const kept = file === undefined ? null : await readKept(file)
  const begun = monotonicMs()
  const found = await trail.verify({ kept, progress: tellProgress(say) })
  const seconds = ((monotonicMs() - begun) / 1_000).toFixed(1)
  say(`${found.entries} entries under ${found.checkpoints} checkpoints, ${seconds} s`)
  if (found.problem) throw new AuditError(`${describeProblem(found)}\nWhat to do: docs/runbooks/audit-trail-broken.md`)
  say(found.upTo ? `All as it was written, up to ${found.upTo.at.toISOString()}.` : 'Nothing was sealed yet.')
  if (kept) say(`The kept checkpoint ${kept.number} belongs to it.`)
}

const checkpoint = async (trail: Trail, { say }: Place): Promise<void> => {
  const last = await trail.lastCheckpoint()
  if (!last) throw new AuditError('Nothing was sealed yet: there is no checkpoint.')
  say(checkpointText(last).trimEnd())
}

const checkExport = async (trail: Trail, { say }: Place, [file, ...more]: readonly string[]): Promise<void> => {
  if (file === undefined || more.length > 0) throw new ConfigError(usage)
  const bytes = await readFile(file).catch(() => null)
  if (bytes === null) throw new AuditError(`${file} cannot be read`)
  const seal = sealOf(bytes)
  if (!seal)
    throw new AuditError(`${file} is not as it was exported: its last line does not hold for what is before it`)
  if (!(await trail.isOurs(seal))) throw new AuditError(`${file} was signed by a key that is not of this installation`)
  say(`As it was exported, of ${readExportOf(seal)}; signed by key ${seal.keyNumber}.`)
}

const rotateKey = async (trail: Trail, { say }: Place): Promise<void> => {
  if (!(await trail.rotateKey())) throw new AuditError('Nothing was sealed yet: the key is new.')
  say('A new key signs from now on. Print the checkpoint that announces it and keep it: yiduo audit checkpoint')
}

const commands: Readonly<Record<string, typeof verify>> = {
  verify,
  checkpoint,
  'check-export': checkExport,
  'rotate-key': rotateKey,
}

/** Works on the database itself, beside servers that run, and needs the key ring that they have. */
export const audit = async (place: Place, [name = '', ...arguments_]: readonly string[]): Promise<void> => {
  const command = commands[name]
  if (!command) throw new ConfigError(usage)
  const { config, url, clock, log } = place
  const { keyFile, keyService } = config.keys
  const encryption = await readKeyEncryption(config.keys)
  if (!encryption.ring && !keyService)
    throw new AuditError(`${keyFile} is not there: without the keys nothing can be verified.`)
  await using database = createDatabase({ url, connections: 2, log })
  const { ring, signingRing } = await readKeys({ database, encryption, log })
  const seals = { mac: createMac(signingRing, 'audit'), secrets: createSecrets(ring), installation: '' }
  await command(createTrail({ database, clock, ...seals }), place, arguments_)
}
