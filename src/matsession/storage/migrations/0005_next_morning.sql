-- What a session asks the next morning, and the answer. Neither is in the sums.

ALTER TABLE session ADD COLUMN morning_scale TEXT NOT NULL DEFAULT '';  -- empty: nothing is asked
ALTER TABLE session ADD COLUMN morning_rating INTEGER
    CHECK (morning_rating BETWEEN 0 AND 10);
