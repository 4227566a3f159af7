-- 0053-count-wrong-proofs-apart.sql
-- Whoever guesses passwords at the door locks the door, and keeps nobody who is in from proving a second factor; and a
-- right password says nothing of codes that were guessed behind it.
alter table people
  add column proof_failures integer not null default 0,
  add column proof_locked_until timestamptz;
