/* SPDX-License-Identifier: MIT */
/* questions KB NAME OTHER DATE: each question that one asks a knowledge base, asked through the
   library as an application would that knows it only as it was installed. */
#include <stdio.h>
#include <stdlib.h>

#include <stemma/stemma.h>

static stemma_error error;

/* Ends the program, telling what went wrong, unless all is well. */
static void must(stemma_status status, const char *what)
{
    if (status != STEMMA_OK) {
        fprintf(stderr, "%s: %s: %s [%s]\n", what, stemma_status_text(status),
                status < 0 ? error.message : "", status < 0 ? error.code : "");
        exit(1);
    }
}

static void print(const char *before, stemma_text text)
{
    printf("%s%.*s", before, (int)text.size, text.data != NULL ? text.data : "");
}

static void print_entity(stemma_snapshot *s, const char *before, uint32_t entity)
{
    stemma_text name;
    must(stemma_entity_label(s, entity, &name, &error), "label");
    print(before, name);
}

static void print_object(stemma_snapshot *s, const stemma_claim *claim)
{
    stemma_text words;
    must(stemma_object_label(s, claim, &words, &error), "object");
    print(" ", words);
}

/* Who is meant? */
static uint32_t find(stemma_snapshot *s, const char *name)
{
    const stemma_found *found;
    uint32_t count;
    stemma_entity entity;
    must(stemma_find(s, stemma_text_of(name), NULL, &found, &count, &error), "find");
    if (count == 0) {
        fprintf(stderr, "nobody is called %s\n", name);
        exit(1);
    }
    must(stemma_entity_get(s, found[0].entity, &entity, &error), "entity");
    print("find: ", entity.name);
    printf(": %u documents, %u names\n", entity.documents, entity.name_count);
    return entity.number;
}

/* What happened to whom? Gives the event that most documents tell of. */
static uint32_t events(stemma_snapshot *s, const uint32_t *who, uint32_t count)
{
    stemma_event_query wanted = STEMMA_EVENT_QUERY_INIT;
    stemma_event_cursor *cursor;
    uint32_t number, best = STEMMA_NONE, most = 0;
    stemma_status status;
    wanted.entities = who;
    wanted.entity_count = count;
    must(stemma_events(&cursor, s, &wanted, &error), "events");
    while ((status = stemma_event_next(cursor, &number, &error)) == STEMMA_OK) {
        stemma_event event;
        char day[11] = "";
        must(stemma_event_get(s, number, &event, &error), "event");
        if (event.bounds.start_earliest != STEMMA_TIME_UNKNOWN_EARLY) {
            stemma_day_text(event.bounds.start_earliest, day);
        }
        print(count > 1 ? "both: " : "event: ", event.type);
        printf(" %s, %u documents, %u independent:", day, event.documents, event.independent);
        for (uint32_t i = 0; i < event.participant_count; i++) {
            print(" ", event.participants[i].role);
            print_entity(s, "=", event.participants[i].entity);
        }
        printf("\n");
        if (event.documents > most) {
            most = event.documents;
            best = number;
        }
    }
    must(status == STEMMA_END ? STEMMA_OK : status, "next event");
    return best;
}

/* When, day by day? */
static void timeline(stemma_snapshot *s, const uint32_t *who)
{
    stemma_timeline_options options = STEMMA_TIMELINE_OPTIONS_INIT;
    stemma_event_query wanted = STEMMA_EVENT_QUERY_INIT;
    stemma_timeline *days;
    stemma_timeline_entry entry;
    stemma_status status;
    wanted.entities = who;
    wanted.entity_count = 1;
    options.query = &wanted;
    must(stemma_timeline_begin(&days, s, &options, &error), "timeline");
    while ((status = stemma_timeline_next(days, &entry, &error)) == STEMMA_OK) {
        char day[11] = "";
        stemma_text label;
        if (entry.from != STEMMA_TIME_UNKNOWN_EARLY) {
            stemma_day_text(entry.from, day);
        }
        must(stemma_event_label(s, entry.events[0], &label, &error), "label");
        printf("day: %s, %u events, %u independent: ", day, entry.event_count, entry.independent);
        print("", label);
        printf("\n");
    }
    must(status == STEMMA_END ? STEMMA_OK : status, "next day");
}

/* What ties two? */
static void between(stemma_snapshot *s, uint32_t from, uint32_t to)
{
    stemma_paths *paths;
    const stemma_path *path;
    stemma_status status;
    must(stemma_paths_begin(&paths, s, from, to, NULL, &error), "paths");
    while ((status = stemma_paths_next(paths, &path, &error)) == STEMMA_OK) {
        print_entity(s, "between: ", path->nodes[0]);
        for (uint32_t i = 0; i < path->hops; i++) {
            stemma_reference edge = {path->edges[i].kind, path->edges[i].number};
            stemma_text label;
            must(stemma_label(s, edge, &label, &error), "label");
            print(" - ", label);
            print_entity(s, " - ", path->nodes[i + 1]);
        }
        printf(", %u independent\n", path->independent);
    }
    must(status == STEMMA_END ? STEMMA_OK : status, "next path");
}

/* Who says so, and in which words? */
static void why(stemma_snapshot *s, uint32_t number)
{
    stemma_event event;
    must(stemma_event_get(s, number, &event, &error), "event");
    for (uint32_t c = 0; c < event.claim_count; c++) {
        stemma_claim claim;
        stemma_status status = stemma_claim_get(s, event.claim_first + c, &claim, &error);
        if (status == STEMMA_NOT_FOUND) {
            continue; /* said by none of the documents known */
        }
        must(status, "claim");
        for (uint32_t w = 0; w < claim.witness_count; w++) {
            stemma_trace trace;
            stemma_text words = {NULL, 0};
            must(stemma_trace_get(s, &claim, w, NULL, &trace, &error), "trace");
            if (trace.assertion.evidence_count != 0) {
                must(stemma_text_get(s, trace.witness.document,
                                     trace.assertion.evidence[0].spans[0], &words, &error),
                     "text");
            }
            print("why: ", claim.predicate);
            print_object(s, &claim);
            print(" because \"", words);
            printf("\"");
            if (trace.speaker != STEMMA_NONE) {
                print_entity(s, ", says ", trace.speaker);
            }
            if (trace.copied.to != STEMMA_NONE) {
                printf(", copied from document %u", trace.copied.to);
            }
            printf("\n");
        }
    }
}

static void sources(stemma_snapshot *s)
{
    stemma_sources *forest;
    stemma_source source;
    stemma_status status;
    must(stemma_sources_all(&forest, s, &error), "sources");
    while ((status = stemma_sources_next(forest, &source, &error)) == STEMMA_OK) {
        stemma_document document;
        must(stemma_document_get(s, source.document, &document, &error), "document");
        printf("source: %*s", (int)(2 * source.depth), "");
        print("", document.uri);
        printf(", group %u\n", source.group);
    }
    must(status == STEMMA_END ? STEMMA_OK : status, "next source");
}

static void conflicts(stemma_snapshot *s)
{
    stemma_conflict_cursor *cursor;
    stemma_conflict conflict;
    stemma_status status;
    must(stemma_conflicts(&cursor, s, NULL, &error), "conflicts");
    while ((status = stemma_conflict_next(cursor, &conflict, &error)) == STEMMA_OK) {
        stemma_conflict_sides sides;
        must(stemma_conflict_get(s, &conflict, &sides, &error), "conflict");
        print("conflict: ", sides.predicate);
        for (uint32_t i = 0; i < sides.side_count; i++) {
            printf(" |");
            print_object(s, &sides.sides[i].claims[0]);
            printf(" (%u)", sides.sides[i].standing.independent);
        }
        printf("\n");
    }
    must(status == STEMMA_END ? STEMMA_OK : status, "next conflict");
}

static void agree(stemma_snapshot *s, uint32_t entity)
{
    stemma_reference subject = {STEMMA_REFERENCE_ENTITY, entity};
    stemma_attested_cursor *cursor;
    stemma_attested position;
    stemma_status status;
    must(stemma_best_attested(&cursor, s, subject, &error), "attested");
    while ((status = stemma_attested_next(cursor, &position, &error)) == STEMMA_OK) {
        stemma_claim claim;
        must(stemma_claim_get(s, position.claim, &claim, &error), "claim");
        print("agree: ", claim.predicate);
        print_object(s, &claim);
        printf(", %u independent\n", position.independent);
    }
    must(status == STEMMA_END ? STEMMA_OK : status, "next attested");
}

static void search(stemma_snapshot *s, const char *words)
{
    const stemma_hit *hits;
    uint32_t count;
    must(stemma_search(s, stemma_text_of(words), NULL, &hits, &count, &error), "search");
    for (uint32_t i = 0; i < count; i++) {
        stemma_text snippet;
        must(stemma_text_get(s, hits[i].document, hits[i].snippet, &snippet, &error), "text");
        printf("search: %.3f ", hits[i].score);
        print("", snippet);
        printf("\n");
    }
}

/* The same snapshot, as if only what was published by the end of a day were there. */
static void as_of(stemma_snapshot *s, const char *date, uint32_t entity)
{
    stemma_time_bounds bounds;
    uint32_t until;
    must(stemma_edtf_bounds(stemma_text_of(date), &bounds), "date");
    must(stemma_documents_until(s, bounds.end_latest, &until, &error), "documents until");
    stemma_snapshot_as_of(s, until);
    printf("as of %s:\n", date);
    (void)events(s, &entity, 1);
    stemma_snapshot_as_of(s, STEMMA_NONE);
}

static void doubts(stemma_snapshot *s)
{
    const stemma_doubt *list;
    stemma_doubts_found found;
    must(stemma_doubts(s, NULL, &list, &found, &error), "doubts");
    for (uint32_t i = 0; i < found.count; i++) {
        printf("doubt: judgement %u, %u documents at stake\n", list[i].number, list[i].stake);
    }
    printf("doubts: %u of %u judgements looked at\n", found.seen, found.total);
}

int main(int argc, char **argv)
{
    stemma_file *file = NULL;
    stemma_snapshot *s = NULL;
    uint32_t both[2], event;
    char id[STEMMA_ID_SIZE];
    if (argc != 5) {
        fprintf(stderr, "usage: questions KB NAME OTHER DATE\n");
        return 2;
    }
    must(stemma_open(&file, argv[1], NULL, &error), "open");
    must(stemma_snapshot_begin(&s, file, &error), "snapshot");
    both[0] = find(s, argv[2]);
    both[1] = find(s, argv[3]);
    event = events(s, both, 1);
    (void)events(s, both, 2);
    timeline(s, both);
    between(s, both[0], both[1]);
    if (event != STEMMA_NONE) {
        stemma_reference reference = {STEMMA_REFERENCE_EVENT, event}, again;
        must(stemma_id_text(s, reference, id, &error), "id");
        must(stemma_resolve(s, stemma_text_of(id), &again, &error), "resolve");
        printf("id: %s is event %u again\n", id, again.number == event ? event : STEMMA_NONE);
        why(s, event);
    }
    sources(s);
    conflicts(s);
    agree(s, both[0]);
    search(s, "prisoners");
    doubts(s);
    as_of(s, argv[4], both[0]);
    stemma_snapshot_reset(s);
    /* A wrong answer is told, not a crash. */
    if (stemma_entity_label(s, STEMMA_NONE, &(stemma_text){NULL, 0}, &error) != STEMMA_NOT_FOUND) {
        return 1;
    }
    stemma_snapshot_end(s);
    stemma_close(file);
    return 0;
}
