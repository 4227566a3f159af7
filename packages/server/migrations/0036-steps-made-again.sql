-- 0036-steps-made-again.sql
-- A cloud under load spoils a build now and then. What it spoilt is taken back and made once more, and the journal
-- says so before either happens: `remade_for` is the fault of the first, kept for people to see and so that there is no
-- third; `remaking` holds while the first is being taken back, and means nothing once the step is over.
-- The step's state stays 'running' throughout, for the previous release's sake: it knows no other, and shows and checks
-- these. Where it takes over an operation in the midst of this it runs the step again with the handle it finds: it sees
-- the first broken or gone, and takes all back as it always did; or it makes the second. It never makes two, and this
-- release goes on from there: while `remaking` stands, whatever is there is taken back first.

alter table operation_steps
  add column remade_for jsonb,
  add column remaking boolean not null default false;
