import sql from 'sql-template-tag'
import { maybeRow, rows, run, type Tx } from '../../../platform/database/index.ts'

/** A log-in that waits for its issuer. */
export interface SignOnRow {
  readonly providerId: string
  readonly providerRevision: number
  readonly nonce: string
  /** PKCE, RFC 7636. */
  readonly verifier: string
  readonly redirectUri: string
  readonly expiresAt: Date
}

export const insertSignOn = (tx: Tx, it: SignOnRow & { stateHash: Buffer; secretHash: Buffer }): Promise<number> =>
  run(
    tx,
    sql`insert into sign_ons (state_hash, secret_hash, provider_id, provider_revision, nonce, verifier, redirect_uri, expires_at)
        values (${it.stateHash}, ${it.secretHash}, ${it.providerId}, ${it.providerRevision}, ${it.nonce},
                ${it.verifier}, ${it.redirectUri}, ${it.expiresAt})`,
  )

/** Once, and by nobody but whoever holds its secret: from then on it is gone. */
export const takeSignOn = (tx: Tx, stateHash: Buffer, secretHash: Buffer, now: Date): Promise<SignOnRow | null> =>
  maybeRow(
    tx,
    sql`delete from sign_ons where state_hash = ${stateHash} and secret_hash = ${secretHash} and expires_at > ${now}
        returning provider_id, provider_revision, nonce, verifier, redirect_uri, expires_at`,
  )

export const deleteExpiredSignOns = (tx: Tx, now: Date): Promise<number> =>
  run(tx, sql`delete from sign_ons where expires_at < ${now}`)

/** The provider that a session was begun through; null of one begun here. */
export const providerOfSession = async (tx: Tx, sessionId: string): Promise<string | null> => {
  const row = await maybeRow<{ providerId: string | null }>(
    tx,
    sql`select provider_id from sessions where id = ${sessionId}`,
  )
  return row?.providerId ?? null
}

/** None where a token of that number was taken before, by whichever process. */
export const takeLogout = (tx: Tx, it: { providerId: string; numberHash: Buffer; keptUntil: Date }): Promise<number> =>
  run(
    tx,
    sql`insert into logout_tokens (provider_id, number_hash, kept_until)
        values (${it.providerId}, ${it.numberHash}, ${it.keptUntil}) on conflict do nothing`,
  )

export const deleteOldLogouts = (tx: Tx, now: Date): Promise<number> =>
  run(tx, sql`delete from logout_tokens where kept_until < ${now}`)

/**
 * Begun there before an instant: of one session of the issuer, or of all that somebody has through it. Of sessions whose
 * issuer never said which of its own they are, somebody's word is for all.
 */
export const deleteSessionsBegun = (
  tx: Tx,
  it: { providerId: string; subject: string | null; session: string | null; before: Date },
): Promise<{ login: string; organisationId: string }[]> =>
  rows(
    tx,
    sql`with gone as (
          delete from sessions where provider_id = ${it.providerId} and created_at <= ${it.before}
            and (${it.subject}::text is null or issuer_subject = ${it.subject})
            and (${it.session}::text is null or issuer_session = ${it.session}
                 or (issuer_session is null and ${it.subject}::text is not null))
          returning person_id)
        select p.login, p.organisation_id from gone join people p on p.id = gone.person_id order by p.login`,
  )
