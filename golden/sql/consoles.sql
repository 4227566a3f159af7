-- packages/server/src/modules/consoles/store.ts

-- insertTicket
insert into console_tickets (token_hash, session_id, server_id, protocol, expires_at)
values (:it.tokenHash, :it.sessionId, :it.serverId, :it.protocol, :it.expiresAt)

-- findTicket
select * from console_tickets where token_hash = :tokenHash and expires_at > :now

-- takeTicket
delete from console_tickets where token_hash = :tokenHash

-- deleteExpired
delete from console_tickets where expires_at <= :now
