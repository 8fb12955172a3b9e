/* SPDX-License-Identifier: MIT */
#include "pack/read/html_meta.h"

#include "common/json_memory.h"
#include "pack/read/field.h"
#include "pack/read/html_entity.h"
#include "pack/read/words.h"

#define SCRIPT_LIMIT (1u << 20) /* bytes of a JSON-LD block */
#define SCRIPT_COUNT 8u
#define GRAPH_LIMIT  64u /* objects of a JSON-LD graph that are looked at */
#define AUTHOR_LIMIT 8u

static stemma_text attribute_of(const xmlNode *element, const char *name)
{
    for (const xmlAttr *attribute = element->properties; attribute != NULL;
         attribute = attribute->next) {
        if (strcmp((const char *)attribute->name, name) == 0) {
            const xmlNode *value = attribute->children;
            return stemma_text_of(value != NULL ? (const char *)value->content : NULL);
        }
    }
    return (stemma_text){NULL, 0};
}

void stm_html_meta_init(stm_html_meta *meta, struct stm_arena *arena)
{
    memset(meta, 0, sizeof *meta);
    meta->arena = arena;
}

static void set(stm_html_meta *meta, stm_source_fields *fields, stm_field field, stemma_text value)
{
    stm_problem nowhere = {STM_SEVERITY_WARNING, {NULL, 0}, 0, 0, ""};
    if (meta->status != STEMMA_OK || stm_trim(value).size == 0) {
        return;
    }
    /* A date that cannot be read must not stand in the way of a better one. */
    stm_source_fields found;
    memset(&found, 0, sizeof found);
    meta->status = stm_field_set(&found, field, value, meta->arena, NULL, nowhere);
    stm_source_fields_complete(fields, &found);
}

static bool is_address(stemma_text text)
{
    return stm_begins(text, "http://") || stm_begins(text, "https://");
}

static void take_meta(stm_html_meta *meta, const xmlNode *element)
{
    static const struct {
        const char *name;
        stm_field field;
    } names[] = {{"og:title", STM_FIELD_TITLE},
                 {"og:site_name", STM_FIELD_PUBLISHER},
                 {"og:url", STM_FIELD_URI},
                 {"article:published_time", STM_FIELD_PUBLISHED},
                 {"og:published_time", STM_FIELD_PUBLISHED},
                 {"datepublished", STM_FIELD_PUBLISHED},
                 {"date", STM_FIELD_PUBLISHED},
                 {"pubdate", STM_FIELD_PUBLISHED},
                 {"publishdate", STM_FIELD_PUBLISHED},
                 {"publish-date", STM_FIELD_PUBLISHED},
                 {"publication_date", STM_FIELD_PUBLISHED},
                 {"parsely-pub-date", STM_FIELD_PUBLISHED},
                 {"sailthru.date", STM_FIELD_PUBLISHED},
                 {"dc.date", STM_FIELD_PUBLISHED},
                 {"dc.date.issued", STM_FIELD_PUBLISHED},
                 {"dcterms.date", STM_FIELD_PUBLISHED},
                 {"dcterms.created", STM_FIELD_PUBLISHED},
                 {"citation_publication_date", STM_FIELD_PUBLISHED},
                 {"author", STM_FIELD_BYLINE},
                 {"article:author", STM_FIELD_BYLINE},
                 {"dc.creator", STM_FIELD_BYLINE},
                 {"parsely-author", STM_FIELD_BYLINE},
                 {"dc.publisher", STM_FIELD_PUBLISHER},
                 {"dc.rights", STM_FIELD_LICENCE},
                 {"dc.language", STM_FIELD_LANGUAGE}};
    static const char *const keys[] = {"property", "name", "itemprop"};
    stemma_text content = stm_trim(attribute_of(element, "content"));
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        stemma_text key = stm_trim(attribute_of(element, keys[k]));
        for (size_t i = 0; key.size != 0 && i < sizeof names / sizeof *names; i++) {
            if (!stm_is_word(key, names[i].name)) {
                continue;
            }
            bool address = is_address(content);
            if ((names[i].field == STM_FIELD_URI) == address) {
                set(meta, &meta->named, names[i].field, content);
            }
        }
    }
}

static void take_link(stm_html_meta *meta, const xmlNode *element)
{
    stemma_text target = stm_trim(attribute_of(element, "href"));
    stemma_text relation = stm_trim(attribute_of(element, "rel"));
    if (stm_is_word(relation, "canonical") && is_address(target)) {
        set(meta, &meta->named, STM_FIELD_URI, target);
    } else if (stm_is_word(relation, "license") && is_address(target)) {
        set(meta, &meta->named, STM_FIELD_LICENCE, target);
    }
}

static void take_language(stm_html_meta *meta, const xmlNode *element)
{
    stemma_text language = stm_trim(attribute_of(element, "lang"));
    if (language.size < 2 || language.size > 35) {
        return;
    }
    for (size_t i = 0; i < language.size; i++) {
        char c = language.data[i];
        if (!(stm_is_upper(c) || stm_is_lower(c) || stm_is_digit(c) || c == '-')) {
            return;
        }
    }
    set(meta, &meta->named, STM_FIELD_LANGUAGE, language);
}

static stemma_text json_text(const json_t *value)
{
    stemma_text text = {NULL, 0};
    if (json_is_string(value)) {
        text.data = json_string_value(value);
        text.size = json_string_length(value);
    } else if (json_is_object(value)) {
        return json_text(json_object_get(value, "name"));
    }
    return text;
}

/* A script is not markup, so the parser leaves its "&quot;" as it is; most sites write it so. */
static void set_linked(stm_html_meta *meta, stm_field field, stemma_text value)
{
    set(meta, &meta->linked, field, stm_html_decode(meta->arena, value, &meta->status));
}

/* "A", {"name": "A"}, ["A", {"name": "B"}] */
static void take_authors(stm_html_meta *meta, const json_t *value)
{
    if (!json_is_array(value)) {
        stemma_text author =
            json_text(json_is_object(value) ? json_object_get(value, "name") : value);
        if (!is_address(author)) {
            set_linked(meta, STM_FIELD_BYLINE, author);
        }
        return;
    }
    char joined[1024];
    size_t size = 0;
    for (size_t i = 0; i < json_array_size(value) && i < AUTHOR_LIMIT; i++) {
        const json_t *item = json_array_get(value, i);
        stemma_text author =
            json_is_object(item) ? json_text(json_object_get(item, "name")) : json_text(item);
        if (author.size == 0 || is_address(author) || author.size + 2 > sizeof joined - size) {
            continue;
        }
        if (size != 0) {
            memcpy(joined + size, ", ", 2);
            size += 2;
        }
        memcpy(joined + size, author.data, author.size);
        size += author.size;
    }
    set_linked(meta, STM_FIELD_BYLINE, (stemma_text){joined, size});
}

static void take_object(stm_html_meta *meta, const json_t *object)
{
    const json_t *published = json_object_get(object, "datePublished");
    const json_t *headline = json_object_get(object, "headline");
    if (published == NULL && headline == NULL) {
        return;
    }
    set_linked(meta, STM_FIELD_PUBLISHED, json_text(published));
    set_linked(meta, STM_FIELD_TITLE, json_text(headline));
    const json_t *publisher = json_object_get(object, "publisher");
    stemma_text name = json_is_object(publisher) ? json_text(json_object_get(publisher, "name"))
                                                 : json_text(publisher);
    if (!is_address(name)) {
        set_linked(meta, STM_FIELD_PUBLISHER, name);
    }
    take_authors(meta, json_object_get(object, "author"));
}

static void take_script(stm_html_meta *meta, const xmlNode *element)
{
    if (!stm_is_word(stm_trim(attribute_of(element, "type")), "application/ld+json") ||
        element->children == NULL || meta->scripts++ >= SCRIPT_COUNT) {
        return;
    }
    stemma_text text = stemma_text_of((const char *)element->children->content);
    if (text.size == 0 || text.size > SCRIPT_LIMIT) {
        return;
    }
    json_t *root = stm_json_load(text.data, text.size, 0, NULL);
    const json_t *graph = json_is_object(root) ? json_object_get(root, "@graph") : root;
    if (json_is_object(root)) {
        take_object(meta, root);
    }
    for (size_t i = 0; json_is_array(graph) && i < json_array_size(graph) && i < GRAPH_LIMIT; i++) {
        take_object(meta, json_array_get(graph, i));
    }
    json_decref(root);
}

void stm_html_meta_take(stm_html_meta *meta, const xmlNode *element)
{
    stemma_text name = stemma_text_of((const char *)element->name);
    if (stm_is_word(name, "meta")) {
        take_meta(meta, element);
    } else if (stm_is_word(name, "link")) {
        take_link(meta, element);
    } else if (stm_is_word(name, "html")) {
        take_language(meta, element);
    } else if (stm_is_word(name, "script")) {
        take_script(meta, element);
    } else if (stm_is_word(name, "time")) {
        set(meta, &meta->shown, STM_FIELD_PUBLISHED, attribute_of(element, "datetime"));
    } else if (stm_is_word(name, "title") && element->children != NULL) {
        set(meta, &meta->shown, STM_FIELD_TITLE,
            stemma_text_of((const char *)element->children->content));
    }
}

/* "Headline | The Paper" without the name of the paper. */
static stemma_text without_publisher(stemma_text title, stemma_text publisher)
{
    static const char *const marks[] = {" | ", " - ", " \xE2\x80\x93 ", " \xE2\x80\x94 "};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t tail = strlen(marks[i]) + publisher.size;
        if (publisher.size != 0 && title.size > tail &&
            memcmp(title.data + title.size - publisher.size, publisher.data, publisher.size) == 0 &&
            memcmp(title.data + title.size - tail, marks[i], strlen(marks[i])) == 0) {
            return stm_trim(stm_slice(title, 0, title.size - tail));
        }
    }
    return title;
}

stemma_status stm_html_meta_finish(stm_html_meta *meta, stm_source_fields *fields)
{
    stm_source_fields_complete(&meta->linked, &meta->named);
    stm_source_fields_complete(fields, &meta->linked);
    meta->shown.title = without_publisher(meta->shown.title, fields->publisher);
    stm_source_fields_complete(fields, &meta->shown);
    return meta->status;
}
