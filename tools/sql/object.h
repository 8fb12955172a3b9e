/* SPDX-License-Identifier: MIT */
/* The object of a claim or an assertion: the same columns in both tables. */
#ifndef STEMMA_SQL_OBJECT_H
#define STEMMA_SQL_OBJECT_H

#include "sql/table.h"

enum stm_sql_object_column {
    STM_SQL_OBJECT_KIND, STM_SQL_OBJECT_TEXT, STM_SQL_OBJECT_ENTITY, STM_SQL_OBJECT_EVENT,
    STM_SQL_OBJECT_EDTF, STM_SQL_OBJECT_EARLIEST, STM_SQL_OBJECT_LATEST, STM_SQL_OBJECT_AMOUNT,
    STM_SQL_OBJECT_LOWER, STM_SQL_OBJECT_UPPER, STM_SQL_OBJECT_MODIFIER, STM_SQL_OBJECT_UNIT,
    STM_SQL_OBJECT_COUNTED,
    STM_SQL_OBJECT_COLUMNS
};

#define STM_SQL_OBJECT_DECLARED                                                                    \
    "object_kind TEXT, object TEXT, object_entity INTEGER, object_event INTEGER, edtf TEXT, "      \
    "earliest TEXT, latest TEXT, amount NUMERIC, lower NUMERIC, upper NUMERIC, modifier TEXT, "    \
    "unit TEXT, counted TEXT"

/* The entity or event that an object names; STEMMA_NONE in `number`: none. */
struct stm_sql_named {
    uint8_t kind; /* stemma_referent_kind */
    uint32_t number;
};

stemma_status stm_sql_object_column(struct stm_sql_cursor *cursor, sqlite3_context *context,
                                    const stemma_object *object, struct stm_sql_named named,
                                    enum stm_sql_object_column column);

#endif
