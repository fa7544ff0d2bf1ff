-- The history: one row for each session, and who this installation is.
-- Never edited once released; changes are a new numbered file.

CREATE TABLE installation (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    device_id TEXT NOT NULL                 -- UUID, made once
) STRICT;

CREATE TABLE session (
    id TEXT PRIMARY KEY NOT NULL,           -- UUID
    preset_id TEXT NOT NULL,
    preset_name TEXT NOT NULL,              -- as it was called then; the preset may be gone
    area TEXT NOT NULL,
    started_ms INTEGER NOT NULL             -- milliseconds since 1970, UTC; years 1 to 9999
        CHECK (started_ms BETWEEN -62135510400000 AND 253402214400000),
    ended_ms INTEGER CHECK (ended_ms BETWEEN -62135510400000 AND 253402214400000),
    utc_offset_s INTEGER NOT NULL           -- of the place and day where it began
        CHECK (utc_offset_s BETWEEN -86399 AND 86399),
    planned_s REAL NOT NULL CHECK (planned_s >= 0 AND planned_s < 9e999),
    done_s REAL NOT NULL CHECK (done_s >= 0 AND done_s < 9e999),
    on_mat_s REAL NOT NULL CHECK (on_mat_s >= 0 AND on_mat_s < 9e999),
    state TEXT NOT NULL CHECK (state IN ('open', 'finished', 'stopped', 'interrupted')),
    rating_scale TEXT NOT NULL,
    rating_before INTEGER CHECK (rating_before BETWEEN 0 AND 10),
    rating_after INTEGER CHECK (rating_after BETWEEN 0 AND 10),
    note TEXT NOT NULL,
    device_id TEXT NOT NULL,
    updated_ms INTEGER NOT NULL CHECK (updated_ms BETWEEN -62135510400000 AND 253402214400000),
    deleted_ms INTEGER CHECK (deleted_ms BETWEEN -62135510400000 AND 253402214400000)
) STRICT;

-- Newest first, for the list and its count; the second for one area. Deleted rows are in neither.
CREATE INDEX session_newest ON session (started_ms DESC, id) WHERE deleted_ms IS NULL;
CREATE INDEX session_newest_in_area ON session (area, started_ms DESC, id) WHERE deleted_ms IS NULL;
CREATE INDEX session_left_open ON session (started_ms) WHERE state = 'open' AND deleted_ms IS NULL;
