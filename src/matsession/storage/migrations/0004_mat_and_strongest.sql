-- On which mat a session was, and how strong its strongest moment was. Neither is in the sums.

ALTER TABLE session ADD COLUMN mat_name TEXT NOT NULL DEFAULT '';   -- as it was called then; empty: not told
ALTER TABLE session ADD COLUMN strongest INTEGER                    -- rated afterwards, on discomfort_peak
    CHECK (strongest BETWEEN 0 AND 10);
