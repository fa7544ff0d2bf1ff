-- The proof of ring: what became of each chime of a session.

CREATE TABLE cue (
    session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    at_s REAL NOT NULL,                     -- session time for which it was planned
    chime TEXT NOT NULL,
    late_s REAL,                            -- when it began to sound, after its time; NULL: it did not
    how TEXT NOT NULL,                      -- what played it, and where
    why_not TEXT NOT NULL,                  -- why it did not sound; empty where it did
    PRIMARY KEY (session_id, at_s, chime)
) STRICT, WITHOUT ROWID;
