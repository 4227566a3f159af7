import type { Locale } from '@yiduo/contract'
import sql from 'sql-template-tag'
import { maybeRow, rows, type Tx, write } from '../../platform/database/index.ts'

export interface PreferenceRow {
  readonly personId: string
  readonly email: string | null
  readonly mail: boolean
  readonly quietFromHour: number | null
  readonly quietUntilHour: number | null
  readonly language: Locale
}

const columns = sql`person_id, email, mail, quiet_from_hour, quiet_until_hour, language`

export const findPreference = (tx: Tx, personId: string): Promise<PreferenceRow | null> =>
  maybeRow(tx, sql`select ${columns} from notice_preferences where person_id = ${personId}`)

/** Of these people, those who want mail. */
export const mailedOf = async (tx: Tx, personIds: readonly string[]): Promise<string[]> =>
  (
    await rows<{ personId: string }>(
      tx,
      sql`select person_id from notice_preferences
          where mail and email is not null and person_id = any(${[...personIds]}::uuid[])`,
    )
  ).map((it) => it.personId)

export const savePreference = (tx: Tx, it: PreferenceRow, now: Date): Promise<void> =>
  write(
    tx,
    sql`insert into notice_preferences (${columns}, updated_at)
        values (${it.personId}, ${it.email}, ${it.mail}, ${it.quietFromHour}, ${it.quietUntilHour}, ${it.language}, ${now})
        on conflict (person_id) do update set email = excluded.email, mail = excluded.mail, quiet_from_hour = excluded.quiet_from_hour,
          quiet_until_hour = excluded.quiet_until_hour, language = excluded.language, updated_at = excluded.updated_at`,
  )
