/* SPDX-License-Identifier: MIT */
/* The SQLite peer's schema, as somebody who knows SQLite would lay it out for these questions:

   event   rowid = number in order of time, so that a range of dates is a range of ids, and every
           index that ends in the rowid is in order of time. Names are numbers; the day is a number.
           aN: actors in the columns' order, agents first.
   part    WITHOUT ROWID: the primary key (entity, event) is the table, so a list of an entity's
           events, and of those in a range, is read from one B-tree without a second look-up.
           role: bit 0 agent, bit 1 patient.
   entity, type   names both ways; `events` says which of two lists is the shorter.
   day     first event of every day that has one: turns dates into ids by one look-up.
   event_type   (type, rowid): covers type × range and counts by type. */
#ifndef PEERS_SQLITE_SCHEMA_H
#define PEERS_SQLITE_SCHEMA_H

#define SQLITE_TABLES_PAIRS                                                                        \
    "CREATE TABLE event(id INTEGER PRIMARY KEY,time INTEGER NOT NULL,type INTEGER NOT NULL,"       \
    "a0 INTEGER,a1 INTEGER);"
#define SQLITE_TABLES_MATCHES                                                                      \
    "CREATE TABLE event(id INTEGER PRIMARY KEY,time INTEGER NOT NULL,type INTEGER NOT NULL,"       \
    "a0 INTEGER,a1 INTEGER,a2 INTEGER,a3 INTEGER,place INTEGER,content TEXT,source TEXT);"
#define SQLITE_TABLES                                                                              \
    "CREATE TABLE part(entity INTEGER NOT NULL,event INTEGER NOT NULL,role INTEGER NOT NULL,"      \
    "PRIMARY KEY(entity,event)) WITHOUT ROWID;"                                                    \
    "CREATE TABLE entity(id INTEGER PRIMARY KEY,name TEXT NOT NULL,events INTEGER NOT NULL);"      \
    "CREATE TABLE type(id INTEGER PRIMARY KEY,name TEXT NOT NULL);"                                \
    "CREATE TABLE day(time INTEGER PRIMARY KEY,first INTEGER NOT NULL);"

#define SQLITE_INDEXES                                                                             \
    "CREATE INDEX event_type ON event(type);"                                                      \
    "CREATE UNIQUE INDEX entity_name ON entity(name);"                                             \
    "CREATE UNIQUE INDEX type_name ON type(name);"
#define SQLITE_INDEXES_MATCHES "CREATE INDEX event_place ON event(place);"

/* Every connection that asks. */
#define SQLITE_ASKING                                                                              \
    "PRAGMA mmap_size=17179869184;PRAGMA query_only=1;PRAGMA temp_store=MEMORY;"                   \
    "PRAGMA locking_mode=EXCLUSIVE;"

#endif
