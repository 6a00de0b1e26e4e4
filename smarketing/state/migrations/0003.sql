CREATE TABLE action (
    block TEXT NOT NULL,
    key TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (block, key)
) WITHOUT ROWID;
