"""The centre's database: SQLite, of which every statement is durable when it returns."""

import sqlite3
from pathlib import Path

_SCHEMA = """
create table if not exists uploads (
    id text primary key, record_id text not null, name text not null, sha256 text not null,
    length integer not null, received integer not null, expires_at integer not null,
    unique (record_id, name, sha256)
) strict;
create table if not exists records (
    record_id text primary key, manifest_sha256 text not null, receipt blob not null
) strict;
create table if not exists returned (
    record_id text primary key, returned_at integer not null, notice blob not null
) strict;
create table if not exists irises (
    record_id text primary key, person text unique
) strict;
create table if not exists people (
    number text primary key, behaviour text not null, name text, birth text, sex text
) strict;
create table if not exists look_ups (
    request_sha256 text primary key, device_key text not null, asked_at integer not null
) strict;
"""


def open_database(file: Path) -> sqlite3.Connection:
    """The database in `file`, made if it is not there; WAL and FULL lose no commit to a power cut."""
    database = sqlite3.connect(file, isolation_level=None)
    database.execute("pragma journal_mode = wal")
    database.execute("pragma synchronous = full")
    database.executescript(_SCHEMA)
    return database
