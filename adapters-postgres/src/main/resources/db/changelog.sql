--liquibase formatted sql

-- A changeset that was released is never edited: a new one follows it.

--changeset workflow:1-workflow
CREATE TABLE workflow (
    id     uuid   PRIMARY KEY,
    source text   NOT NULL,
    data   jsonb  NOT NULL GENERATED ALWAYS AS (source::jsonb) STORED,
    steps  text[] NOT NULL
);

--changeset workflow:1-pending
-- Vacuum by number of dead rows, whatever the size, and never with the lock that cutting the file takes.
CREATE TABLE pending (
    id          uuid        PRIMARY KEY,
    version     bigint      NOT NULL DEFAULT 1 CHECK (version > 0),
    queued_at   timestamptz NOT NULL,
    lease_until timestamptz,
    dead_at     timestamptz,
    delivery_id uuid,
    attempts    integer     NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    delayed     boolean     NOT NULL DEFAULT false,
    last_error  text,
    CONSTRAINT pending_dead_has_no_lease CHECK (dead_at IS NULL OR lease_until IS NULL),
    CONSTRAINT pending_delayed_until     CHECK (NOT delayed OR lease_until IS NOT NULL),
    CONSTRAINT pending_leased_to         CHECK (lease_until IS NULL OR delayed OR delivery_id IS NOT NULL)
) WITH (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
    autovacuum_analyze_scale_factor = 0.05, autovacuum_analyze_threshold = 1000,
    autovacuum_vacuum_cost_delay = 0, vacuum_truncate = off
);
CREATE INDEX pending_waiting  ON pending (queued_at)   WHERE lease_until IS NULL AND dead_at IS NULL;
CREATE INDEX pending_due      ON pending (lease_until) WHERE lease_until IS NOT NULL;
CREATE INDEX pending_dead     ON pending (id)          WHERE dead_at IS NOT NULL;
CREATE INDEX pending_delivery ON pending (delivery_id) WHERE delivery_id IS NOT NULL;

--changeset workflow:1-consumed
CREATE TABLE consumed (
    id          uuid        PRIMARY KEY,
    version     bigint      NOT NULL CHECK (version > 1),
    consumed_at timestamptz NOT NULL,
    delivery_id uuid,
    attempts    integer     NOT NULL,
    last_error  text
);
CREATE INDEX consumed_delivery ON consumed (delivery_id) WHERE delivery_id IS NOT NULL;
CREATE INDEX consumed_at       ON consumed (consumed_at);

--changeset workflow:1-outbox
CREATE TABLE outbox (
    seq         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workflow_id uuid        NOT NULL,
    queued_at   timestamptz NOT NULL
) WITH (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
    autovacuum_analyze_scale_factor = 0.05, autovacuum_analyze_threshold = 1000,
    autovacuum_vacuum_cost_delay = 0, vacuum_truncate = off
);
