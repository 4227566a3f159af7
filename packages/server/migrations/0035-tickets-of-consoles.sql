-- 0035-tickets-of-consoles.sql
-- A console is opened by one process and connected to at any: the ticket lies where all of them see it. It lives for
-- seconds, so it is scratch: not logged, and in no backup. Whoever signs out takes their tickets along.
create unlogged table console_tickets (
  token_hash bytea primary key,
  session_id uuid not null references sessions on delete cascade,
  server_id uuid not null references resources,
  protocol text not null check (protocol in ('vnc', 'text')),
  expires_at timestamptz not null
);
create index console_tickets_expires_at on console_tickets (expires_at);
create index console_tickets_session on console_tickets (session_id);
