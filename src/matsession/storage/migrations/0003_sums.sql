-- Sums over days, weeks, months and years, kept by triggers, so that a million sessions answer as fast as a
-- thousand; and the days off.
-- Whoever writes with INSERT OR REPLACE has to set PRAGMA recursive_triggers, as the program does: without it
-- SQLite deletes the old row without firing a trigger.

CREATE TABLE rest_day (
    day TEXT PRIMARY KEY NOT NULL           -- such as 2026-03-19; a day off, marked by hand
        CHECK (day IS date(day, '+0 days') AND day >= '0001-01-01'),
    device_id TEXT NOT NULL,
    updated_ms INTEGER NOT NULL CHECK (updated_ms BETWEEN -62135510400000 AND 253402214400000),
    deleted_ms INTEGER CHECK (deleted_ms BETWEEN -62135510400000 AND 253402214400000)
) STRICT, WITHOUT ROWID;

-- How far the sums have come. The day turns when the person says, so all of them may have to be built anew:
-- piece by piece, oldest sessions first, each piece a transaction of its own. Triggers see to the part that
-- is built, and leave alone what is still to come.
CREATE TABLE sum_state (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    day_turn_min INTEGER NOT NULL CHECK (day_turn_min BETWEEN 0 AND 720),   -- minutes after midnight
    built_before_ms INTEGER NOT NULL        -- sessions started before this are in the sums
) STRICT;

-- A history with sessions in it is summed up when the sums are first asked for, not while it is being opened.
INSERT INTO sum_state
    SELECT 1, 240, iif(EXISTS (SELECT 1 FROM session), -9223372036854775808, 9223372036854775807);

CREATE TABLE sum_span (
    span TEXT PRIMARY KEY NOT NULL,
    by_area INTEGER NOT NULL,               -- whether its sums are kept apart by area, and so on
    by_scale INTEGER NOT NULL,
    by_preset INTEGER NOT NULL,
    by_offset INTEGER NOT NULL              -- by the offset from UTC: a streak has to know of travel
) STRICT, WITHOUT ROWID;

INSERT INTO sum_span VALUES
    ('day', 0, 0, 0, 1),
    ('week', 1, 1, 0, 0),
    ('month', 1, 0, 0, 0),
    ('year', 1, 1, 1, 0);

CREATE TABLE period_sum (
    span TEXT NOT NULL,
    start_day INTEGER NOT NULL,             -- its first day, in days since 1970-01-01
    area TEXT NOT NULL,                     -- these are empty where the span is not kept apart by them
    rating_scale TEXT NOT NULL,
    preset_id TEXT NOT NULL,
    utc_offset_s INTEGER NOT NULL,          -- 0 likewise
    sessions INTEGER NOT NULL,
    done_ms INTEGER NOT NULL,
    on_mat_ms INTEGER NOT NULL,
    before_count INTEGER NOT NULL,          -- with a rating before
    before_sum INTEGER NOT NULL,
    rated INTEGER NOT NULL,                 -- with a rating before and one after
    rated_before_sum INTEGER NOT NULL,
    change_sum INTEGER NOT NULL,            -- of after minus before
    change_squares INTEGER NOT NULL,
    PRIMARY KEY (span, start_day, area, rating_scale, preset_id, utc_offset_s)
) STRICT, WITHOUT ROWID;

-- What each session that counts adds, once for each span. The one place that says so: triggers, building and
-- checking all read it here. 719162 days lie between 0001-01-01, a Monday, and 1970-01-01.
CREATE VIEW session_share AS
SELECT
    number,
    started_ms,
    span,
    CASE span
        WHEN 'day' THEN day
        WHEN 'week' THEN day - (day + 719162) % 7
        WHEN 'month' THEN strftime('%s', day * 86400, 'unixepoch', 'start of month') / 86400
        WHEN 'year' THEN strftime('%s', day * 86400, 'unixepoch', 'start of year') / 86400
    END AS start_day,
    iif(by_area, area, '') AS area,
    iif(by_scale, rating_scale, '') AS rating_scale,
    iif(by_preset, preset_id, '') AS preset_id,
    iif(by_offset, utc_offset_s, 0) AS utc_offset_s,
    1 AS sessions,
    CAST(round(min(done_s, 1e9) * 1000) AS INTEGER) AS done_ms,
    CAST(round(min(on_mat_s, 1e9) * 1000) AS INTEGER) AS on_mat_ms,
    rating_before IS NOT NULL AS before_count,
    ifnull(rating_before, 0) AS before_sum,
    change IS NOT NULL AS rated,
    iif(change IS NOT NULL, rating_before, 0) AS rated_before_sum,
    ifnull(change, 0) AS change_sum,
    ifnull(change * change, 0) AS change_squares
FROM (
    SELECT
        session.rowid AS number,
        session.*,
        rating_after - rating_before AS change,
        max(
            (started_ms + utc_offset_s * 1000 - day_turn_min * 60000 + 62135683200000) / 86400000 - 719163,
            -719162
        ) AS day
    FROM session CROSS JOIN sum_state
    WHERE deleted_ms IS NULL AND state <> 'open'
) CROSS JOIN sum_span;

-- The sums as they should be, for comparison; it reads every session.
CREATE VIEW right_sum AS
SELECT span, start_day, area, rating_scale, preset_id, utc_offset_s, sum(sessions), sum(done_ms), sum(on_mat_ms),
    sum(before_count), sum(before_sum), sum(rated), sum(rated_before_sum), sum(change_sum), sum(change_squares)
FROM session_share
WHERE started_ms < (SELECT built_before_ms FROM sum_state)
GROUP BY span, start_day, area, rating_scale, preset_id, utc_offset_s;

-- Add a session's share, or with -1 take it away again. A sum that falls to nothing stays until the sums are
-- built anew: most changes add to it again in the same breath.
CREATE VIEW sum_change AS SELECT 0 AS number, 1 AS sign;

CREATE TRIGGER share_changed INSTEAD OF INSERT ON sum_change
BEGIN
    INSERT INTO period_sum
        SELECT span, start_day, area, rating_scale, preset_id, utc_offset_s, NEW.sign * sessions,
            NEW.sign * done_ms, NEW.sign * on_mat_ms, NEW.sign * before_count, NEW.sign * before_sum,
            NEW.sign * rated, NEW.sign * rated_before_sum, NEW.sign * change_sum, NEW.sign * change_squares
        FROM session_share
        WHERE number = NEW.number AND started_ms < (SELECT built_before_ms FROM sum_state)
        ON CONFLICT DO UPDATE SET
            sessions = sessions + excluded.sessions,
            done_ms = done_ms + excluded.done_ms,
            on_mat_ms = on_mat_ms + excluded.on_mat_ms,
            before_count = before_count + excluded.before_count,
            before_sum = before_sum + excluded.before_sum,
            rated = rated + excluded.rated,
            rated_before_sum = rated_before_sum + excluded.rated_before_sum,
            change_sum = change_sum + excluded.change_sum,
            change_squares = change_squares + excluded.change_squares;
END;

CREATE TRIGGER session_added AFTER INSERT ON session
BEGIN
    INSERT INTO sum_change VALUES (NEW.rowid, 1);
END;

CREATE TRIGGER session_about_to_change BEFORE UPDATE ON session   -- the view still shows it as it was
BEGIN
    INSERT INTO sum_change VALUES (OLD.rowid, -1);
END;

CREATE TRIGGER session_changed AFTER UPDATE ON session
BEGIN
    INSERT INTO sum_change VALUES (NEW.rowid, 1);
END;

CREATE TRIGGER session_about_to_go BEFORE DELETE ON session
BEGIN
    INSERT INTO sum_change VALUES (OLD.rowid, -1);
END;
