CREATE TABLE run (
    number INTEGER PRIMARY KEY,
    command TEXT NOT NULL,
    who TEXT NOT NULL,
    accounts TEXT NOT NULL,
    playbook TEXT NOT NULL,
    started REAL NOT NULL,
    ended REAL,
    outcome TEXT NOT NULL,
    counts TEXT NOT NULL,
    inputs TEXT NOT NULL,
    undoes INTEGER NOT NULL
);
CREATE TABLE written (
    run INTEGER NOT NULL,
    number INTEGER NOT NULL,
    at REAL NOT NULL,
    verb TEXT NOT NULL,
    address TEXT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    place TEXT NOT NULL,
    id TEXT NOT NULL,
    source TEXT NOT NULL,
    was TEXT NOT NULL,
    PRIMARY KEY (run, number)
) WITHOUT ROWID;
CREATE TABLE held (
    run INTEGER NOT NULL,
    number INTEGER NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    PRIMARY KEY (run, number)
) WITHOUT ROWID;
