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

--changeset workflow:2-delivery
-- A final delivery of one workflow in the plain form has no row: it follows from consumed.delivery_id. The arrays tell of the
-- workflows, in the order of the delivery, as they were when the claim committed.
CREATE TABLE delivery (
    id               uuid        PRIMARY KEY,
    form             text        NOT NULL,
    state            text        NOT NULL CHECK (state IN ('leased', 'acked', 'nacked', 'expired', 'final')),
    delivered_at     timestamptz NOT NULL,
    lease            interval,
    lease_expires_at timestamptz,
    lease_until      timestamptz,
    settled_at       timestamptz,
    workflow_ids     uuid[]      NOT NULL CHECK (cardinality(workflow_ids) > 0),
    versions         bigint[]    NOT NULL,
    attempts         integer[]   NOT NULL,
    last_errors      text[]      NOT NULL,
    touched          uuid[],
    nacked           uuid[],
    CONSTRAINT delivery_lease   CHECK ((state = 'final') = (lease IS NULL)
                                   AND (lease IS NULL) = (lease_until IS NULL)
                                   AND (lease IS NULL) = (lease_expires_at IS NULL)),
    CONSTRAINT delivery_settled CHECK ((state IN ('acked', 'nacked', 'expired')) = (settled_at IS NOT NULL))
);
CREATE INDEX delivery_first ON delivery ((workflow_ids[1]));

--changeset workflow:2-idempotency
CREATE TABLE idempotency (
    owner        text        NOT NULL,
    key          text        NOT NULL,
    fingerprint  text        NOT NULL,
    expires_at   timestamptz NOT NULL,
    workflow_ids uuid[],
    delivery_id  uuid,
    answer       jsonb,
    PRIMARY KEY (owner, key)
);
CREATE INDEX idempotency_expiry ON idempotency (expires_at);

--changeset workflow:2-tally
CREATE TABLE tally (
    name       text        PRIMARY KEY,
    count      bigint      NOT NULL,
    counted_at timestamptz NOT NULL
);

--changeset workflow:2-filters
CREATE INDEX workflow_data  ON workflow USING gin (data jsonb_path_ops);
CREATE INDEX workflow_steps ON workflow USING gin (steps);

--changeset workflow:3-outbox-of-statements
-- What one statement made claimable is one row, in the order in which it is to be published.
ALTER TABLE outbox RENAME COLUMN workflow_id TO workflow_ids;
ALTER TABLE outbox ALTER COLUMN workflow_ids TYPE uuid[] USING ARRAY[workflow_ids];
ALTER TABLE outbox ALTER COLUMN workflow_ids SET STORAGE EXTERNAL;

--changeset workflow:3-data-in-the-index
-- As a column data was written twice, and read by nothing but the filter that has the index.
DROP INDEX workflow_data;
DROP INDEX workflow_steps;
ALTER TABLE workflow DROP COLUMN data;
CREATE INDEX workflow_content ON workflow USING gin ((source::jsonb) jsonb_path_ops, steps);

--changeset workflow:4-pending-without-checks
-- Each statement that writes to the table parsed and planned them anew: an eighth of what inserting one row costs. The tests'
-- databases have them.
ALTER TABLE pending
    DROP CONSTRAINT pending_version_check,
    DROP CONSTRAINT pending_attempts_check,
    DROP CONSTRAINT pending_dead_has_no_lease,
    DROP CONSTRAINT pending_delayed_until,
    DROP CONSTRAINT pending_leased_to;

--changeset workflow:5-filters-fed-apart
-- The list of what is not in the index yet holds so much that no batch stops to empty it: that is done beside them, and earlier.
ALTER INDEX workflow_content SET (gin_pending_list_limit = 65536);

--changeset workflow:6-waiting-since
-- Since when a workflow waits whose message was lost: queued_at is when it was queued again. Null where that is the same.
ALTER TABLE pending ADD COLUMN waiting_since timestamptz;
CREATE INDEX pending_waiting_since ON pending (waiting_since)
    WHERE waiting_since IS NOT NULL AND lease_until IS NULL AND dead_at IS NULL;

--changeset workflow:7-dead-by-age
-- Whoever removes old ones looks twice a second, and most of the dead are young.
CREATE INDEX pending_died ON pending (dead_at) WHERE dead_at IS NOT NULL;

--changeset workflow:8-earlier-deliveries
-- What deliveries show of workflows that were removed, as long as there are others in them.
CREATE TABLE removed_workflow (
    id     uuid   PRIMARY KEY,
    source text   NOT NULL,
    steps  text[] NOT NULL
);
-- In which deliveries a workflow was before its newest: written when it comes back from one, and when it is removed while one of
-- its deliveries stays.
CREATE TABLE earlier_delivery (
    workflow_id uuid NOT NULL,
    delivery_id uuid NOT NULL,
    PRIMARY KEY (workflow_id, delivery_id)
);
DELETE FROM delivery d
WHERE NOT EXISTS (
    SELECT FROM unnest(d.workflow_ids) AS m (id)
    WHERE EXISTS (SELECT FROM pending p WHERE p.id = m.id) OR EXISTS (SELECT FROM consumed c WHERE c.id = m.id));
INSERT INTO earlier_delivery (workflow_id, delivery_id)
SELECT m.id, d.id
FROM delivery d
CROSS JOIN LATERAL unnest(d.workflow_ids) AS m (id)
WHERE EXISTS (SELECT FROM pending p WHERE p.id = m.id)
   OR EXISTS (SELECT FROM consumed c WHERE c.id = m.id AND c.delivery_id IS DISTINCT FROM d.id);
DROP INDEX delivery_first;
