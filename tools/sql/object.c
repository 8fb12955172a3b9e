/* SPDX-License-Identifier: MIT */
#include "sql/object.h"

#include "sql/label.h"

static const char *kind_of(const stemma_object *object, struct stm_sql_named named)
{
    static const char *const kinds[] = {"entity",   "text", "time", "place",
                                        "quantity", "some", "none"};
    if (object->kind == STEMMA_OBJECT_REFERENT && named.kind == STEMMA_REFERENT_EVENT) {
        return "event";
    }
    return kinds[object->kind <= STEMMA_OBJECT_NONE ? object->kind : STEMMA_OBJECT_NONE];
}

/* The object in words: the name of what it names, else as the document has it. */
static stemma_status words_of(struct stm_sql_cursor *cursor, sqlite3_context *context,
                              const stemma_object *object, struct stm_sql_named named)
{
    if (named.number != STEMMA_NONE) {
        return named.kind == STEMMA_REFERENT_EVENT
                   ? stm_sql_event_label(cursor, context, named.number)
                   : stm_sql_entity_label(cursor, context, named.number);
    }
    switch (object->kind) {
    case STEMMA_OBJECT_TEXT: stm_sql_text(context, object->as.text); break;
    case STEMMA_OBJECT_TIME:
        stm_sql_text(context, object->as.time.raw.size != 0 ? object->as.time.raw
                                                            : object->as.time.edtf);
        break;
    case STEMMA_OBJECT_PLACE: stm_sql_text(context, object->as.place.raw); break;
    case STEMMA_OBJECT_QUANTITY:
        stm_sql_text(context, object->as.quantity.raw.size != 0 ? object->as.quantity.raw
                                                                : object->as.quantity.amount);
        break;
    default: break;
    }
    return STEMMA_OK;
}

static void time_column(sqlite3_context *context, const stemma_time *time,
                        enum stm_sql_object_column column)
{
    stemma_time_bounds bounds;
    if (column == STM_SQL_OBJECT_EDTF) {
        stm_sql_text(context, time->edtf);
    } else if (stemma_edtf_bounds(time->edtf, &bounds) == STEMMA_OK) {
        bool latest = column == STM_SQL_OBJECT_LATEST;
        stm_sql_time(context, latest ? bounds.end_latest : bounds.start_earliest, latest);
    }
}

static void quantity_column(sqlite3_context *context, const stemma_quantity *quantity,
                            enum stm_sql_object_column column)
{
    switch (column) {
    case STM_SQL_OBJECT_AMOUNT: stm_sql_decimal(context, quantity->amount); break;
    case STM_SQL_OBJECT_LOWER: stm_sql_decimal(context, quantity->lower); break;
    case STM_SQL_OBJECT_UPPER: stm_sql_decimal(context, quantity->upper); break;
    case STM_SQL_OBJECT_UNIT: stm_sql_text(context, quantity->unit); break;
    case STM_SQL_OBJECT_COUNTED: stm_sql_text(context, quantity->counted); break;
    default: stm_sql_word(context, STM_ENUM_MODIFIER, quantity->modifier, false); break;
    }
}

stemma_status stm_sql_object_column(struct stm_sql_cursor *cursor, sqlite3_context *context,
                                    const stemma_object *object, struct stm_sql_named named,
                                    enum stm_sql_object_column column)
{
    bool names = named.number != STEMMA_NONE;
    if (column == STM_SQL_OBJECT_KIND) {
        sqlite3_result_text(context, kind_of(object, named), -1, SQLITE_STATIC);
    } else if (column == STM_SQL_OBJECT_TEXT) {
        return words_of(cursor, context, object, named);
    } else if (column == STM_SQL_OBJECT_ENTITY) {
        stm_sql_number(context, names && named.kind == STEMMA_REFERENT_ENTITY ? named.number
                                                                              : STEMMA_NONE);
    } else if (column == STM_SQL_OBJECT_EVENT) {
        stm_sql_number(context, names && named.kind == STEMMA_REFERENT_EVENT ? named.number
                                                                             : STEMMA_NONE);
    } else if (column <= STM_SQL_OBJECT_LATEST) {
        if (object->kind == STEMMA_OBJECT_TIME) {
            time_column(context, &object->as.time, column);
        }
    } else if (object->kind == STEMMA_OBJECT_QUANTITY) {
        quantity_column(context, &object->as.quantity, column);
    }
    return STEMMA_OK;
}
