/* SPDX-License-Identifier: MIT */
#include "pack/read/html.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <stdbool.h>

#include <jansson.h>

#include "common/refusal.h"
#include "limits.h"
#include "pack/read/builder.h"
#include "pack/read/html_memory.h"
#include "pack/read/html_meta.h"
#include "pack/read/html_tags.h"
#include "pack/read/words.h"

/* Where memory is refused, the library would say so itself, and we do. */
static void keep_quiet(void *context, const char *format, ...)
{
    (void)context;
    (void)format;
}

void stm_html_initialize(void)
{
    stm_html_memory_begin();
    xmlInitParser();
    xmlSetGenericErrorFunc(NULL, keep_quiet);
    xmlThrDefSetGenericErrorFunc(NULL, keep_quiet);
    json_object_seed(0);
}

/* How an element is read. */
enum {
    BLOCK = 1,       /* stands apart */
    DROP = 2,        /* is not shown */
    FURNITURE = 4,   /* belongs to the page, unless the article is inside */
    CONTROL = 8,     /* belongs to the page, whatever is inside */
    BREAK = 16,      /* ends a line */
    CELL = 32,       /* apart from its neighbour by a tab */
    KEEP_SPACE = 64, /* white space counts */
    PROSE = 128      /* its class says nothing about furniture */
};

static unsigned element_kind(stemma_text name)
{
    static const struct {
        const char *name;
        unsigned kind;
    } kinds[] = {{"p", BLOCK | PROSE},
                 {"div", BLOCK},
                 {"a", 0},
                 {"span", 0},
                 {"br", BREAK},
                 {"li", BLOCK},
                 {"ul", BLOCK},
                 {"ol", BLOCK},
                 {"h1", BLOCK | PROSE},
                 {"h2", BLOCK | PROSE},
                 {"h3", BLOCK | PROSE},
                 {"h4", BLOCK | PROSE},
                 {"h5", BLOCK | PROSE},
                 {"h6", BLOCK | PROSE},
                 {"html", PROSE},
                 {"body", BLOCK | PROSE},
                 {"main", BLOCK | PROSE},
                 {"article", BLOCK | PROSE},
                 {"section", BLOCK},
                 {"blockquote", BLOCK | PROSE},
                 {"pre", BLOCK | KEEP_SPACE | PROSE},
                 {"address", BLOCK},
                 {"dl", BLOCK},
                 {"dt", BLOCK},
                 {"dd", BLOCK},
                 {"table", BLOCK},
                 {"caption", BLOCK},
                 {"tr", BLOCK},
                 {"td", CELL},
                 {"th", CELL},
                 {"hr", BLOCK},
                 {"figure", BLOCK},
                 {"fieldset", BLOCK},
                 {"details", BLOCK},
                 {"summary", BLOCK},
                 {"figcaption", BLOCK | CONTROL},
                 {"nav", BLOCK | CONTROL},
                 {"button", BLOCK | CONTROL},
                 {"menu", BLOCK | CONTROL},
                 {"dialog", BLOCK | CONTROL},
                 {"label", CONTROL},
                 {"header", BLOCK | FURNITURE},
                 {"footer", BLOCK | FURNITURE},
                 {"aside", BLOCK | FURNITURE},
                 {"form", BLOCK | FURNITURE},
                 {"script", DROP},
                 {"style", DROP},
                 {"noscript", DROP},
                 {"template", DROP},
                 {"head", DROP},
                 {"title", DROP},
                 {"svg", DROP},
                 {"math", DROP},
                 {"iframe", DROP},
                 {"object", DROP},
                 {"canvas", DROP},
                 {"audio", DROP},
                 {"video", DROP},
                 {"select", DROP},
                 {"option", DROP},
                 {"datalist", DROP},
                 {"textarea", DROP}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (stm_is_word(name, kinds[i].name)) {
            return kinds[i].kind;
        }
    }
    return 0;
}

/* What lies below an element, counted once for the whole page and kept in `_private`. */
#define HOLDS_ARTICLE ((uintptr_t)1 << 30) /* a main heading, article or main element */
#define PARAGRAPHS    ((uintptr_t)0xFFFFFF)

static uintptr_t below(const xmlNode *node)
{
    return (uintptr_t)node->_private;
}

static void count_below(xmlNode *root, stm_html_meta *meta)
{
    xmlNode *node = root;
    while (node != NULL) {
        if (node->type == XML_ELEMENT_NODE) {
            stm_html_meta_take(meta, node);
        }
        if (node->type == XML_ELEMENT_NODE && node->children != NULL) {
            node = node->children;
            continue;
        }
        while (node != NULL) {
            stemma_text name = stemma_text_of((const char *)node->name);
            uintptr_t sum = below(node);
            if (node->type == XML_ELEMENT_NODE) {
                bool article = stm_is_word(name, "h1") || stm_is_word(name, "article") ||
                               stm_is_word(name, "main");
                sum += stm_is_word(name, "p") && (sum & PARAGRAPHS) < PARAGRAPHS;
                sum |= article ? HOLDS_ARTICLE : 0;
            }
            if (node == root) {
                return;
            }
            uintptr_t up = below(node->parent);
            uintptr_t both = (up & PARAGRAPHS) + (sum & PARAGRAPHS);
            up = (both < PARAGRAPHS ? both : PARAGRAPHS) | ((up | sum) & HOLDS_ARTICLE);
            node->parent->_private = (void *)up;
            if (node->next != NULL) {
                node = node->next;
                break;
            }
            node = node->parent;
        }
    }
}

static bool is_hidden(const xmlNode *element)
{
    for (const xmlAttr *attribute = element->properties; attribute != NULL;
         attribute = attribute->next) {
        stemma_text name = stemma_text_of((const char *)attribute->name);
        const xmlNode *node = attribute->children;
        stemma_text value = stemma_text_of(node != NULL ? (const char *)node->content : NULL);
        if (stm_is_word(name, "hidden") && !stm_is_word(value, "until-found")) {
            return true;
        }
        if (stm_is_word(name, "style") && value.size < 1000 &&
            (stm_find(value, "display:none") != SIZE_MAX ||
             stm_find(value, "display: none") != SIZE_MAX ||
             stm_find(value, "visibility:hidden") != SIZE_MAX)) {
            return true;
        }
    }
    return false;
}

static bool class_names(stemma_text value, const char *const *words, size_t count)
{
    size_t at = 0;
    while (at < value.size && at < 1000) {
        size_t end = at;
        while (end < value.size &&
               (stm_is_letter(value.data[end]) || stm_is_digit(value.data[end]))) {
            end++;
        }
        if (end > at && stm_is_one_of(stm_slice(value, at, end), words, count)) {
            return true;
        }
        at = end + 1;
    }
    return false;
}

/* Whether class, id or role call the element a part of the page. */
static bool is_called_furniture(const xmlNode *element, unsigned kind)
{
    static const char *const captions[] = {"caption", "credit", "credits", "copyright"};
    static const char *const parts[] = {"share",      "sharing",       "social",
                                        "newsletter", "subscribe",     "subscription",
                                        "related",    "recommended",   "recommendations",
                                        "comments",   "respond",       "cookie",
                                        "cookies",    "consent",       "gdpr",
                                        "breadcrumb", "breadcrumbs",   "sidebar",
                                        "advert",     "advertisement", "ad",
                                        "ads",        "promo",         "sponsored",
                                        "toolbar",    "pagination",    "navbar",
                                        "navigation", "nav",           "popup",
                                        "modal",      "outbrain",      "taboola",
                                        "disqus",     "footer",        "skip",
                                        "trending"};
    static const char *const roles[] = {"navigation", "banner",      "contentinfo", "complementary",
                                        "search",     "dialog",      "toolbar",     "menu",
                                        "menubar",    "alertdialog", "button"};
    for (const xmlAttr *attribute = element->properties; attribute != NULL;
         attribute = attribute->next) {
        stemma_text name = stemma_text_of((const char *)attribute->name);
        const xmlNode *node = attribute->children;
        stemma_text value = stemma_text_of(node != NULL ? (const char *)node->content : NULL);
        bool naming = stm_is_word(name, "class") || stm_is_word(name, "id");
        if (naming && class_names(value, captions, sizeof captions / sizeof *captions)) {
            return true;
        }
        if (naming && (kind & PROSE) == 0 &&
            class_names(value, parts, sizeof parts / sizeof *parts)) {
            return true;
        }
        if (stm_is_word(name, "role") &&
            stm_is_one_of(stm_trim(value), roles, sizeof roles / sizeof *roles)) {
            return true;
        }
    }
    return false;
}

/* Where the walk over the tree stands. */
typedef struct html_page {
    stm_builder builder;
    uintptr_t all_paragraphs;
    unsigned keep_space;
    size_t title_start;
    size_t title_end;
} html_page;

/* An element that holds the article, or half of what is said on the page, is not furniture. */
static bool holds_article(const html_page *page, const xmlNode *element)
{
    uintptr_t sum = below(element);
    uintptr_t own = sum & PARAGRAPHS;
    return (sum & HOLDS_ARTICLE) != 0 ||
           (page->all_paragraphs >= 4 && own * 2 >= page->all_paragraphs);
}

static bool is_furniture(const html_page *page, const xmlNode *element, unsigned kind)
{
    if ((kind & CONTROL) != 0) {
        return true;
    }
    return ((kind & FURNITURE) != 0 || is_called_furniture(element, kind)) &&
           !holds_article(page, element);
}

/* Returns false when what is below is not to be read. */
static bool enter(html_page *page, const xmlNode *node)
{
    stm_builder *builder = &page->builder;
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
        stemma_text text = stemma_text_of((const char *)node->content);
        if (page->keep_space != 0) {
            stm_builder_verbatim(builder, text);
        } else {
            stm_builder_text(builder, text);
        }
        return false;
    }
    if (node->type != XML_ELEMENT_NODE) {
        return false;
    }
    stemma_text name = stemma_text_of((const char *)node->name);
    unsigned kind = element_kind(name);
    if ((kind & DROP) != 0 || is_hidden(node)) {
        return false;
    }
    if ((kind & BLOCK) != 0) {
        stm_builder_break(builder, 2);
    } else if ((kind & BREAK) != 0) {
        stm_builder_break(builder, 1);
    }
    if (is_furniture(page, node, kind)) {
        stm_builder_break(builder, 1);
        stm_builder_furniture_begin(builder);
    }
    page->keep_space += (kind & KEEP_SPACE) != 0;
    if (page->title_start == SIZE_MAX && stm_is_word(name, "h1")) {
        page->title_start = builder->size;
    }
    return true;
}

static void leave(html_page *page, const xmlNode *node)
{
    stm_builder *builder = &page->builder;
    stemma_text name = stemma_text_of((const char *)node->name);
    unsigned kind = element_kind(name);
    if (page->title_end == SIZE_MAX && stm_is_word(name, "h1")) {
        page->title_end = builder->size;
    }
    page->keep_space -= (kind & KEEP_SPACE) != 0;
    if (is_furniture(page, node, kind)) {
        stm_builder_furniture_end(builder);
        stm_builder_break(builder, 1);
    }
    if ((kind & BLOCK) != 0) {
        stm_builder_break(builder, 2);
    } else if ((kind & CELL) != 0 && node->next != NULL) {
        stm_builder_verbatim(builder, stemma_text_of("\t"));
    }
}

static void walk(html_page *page, const xmlNode *root)
{
    const xmlNode *node = root;
    while (node != NULL) {
        bool inside = enter(page, node);
        if (inside && node->children != NULL) {
            node = node->children;
            continue;
        }
        if (inside) {
            leave(page, node);
        }
        while (node != root && node->next == NULL) {
            node = node->parent;
            leave(page, node);
        }
        if (node == root) {
            return;
        }
        node = node->next;
    }
}

static stemma_status read_tree(xmlNode *root, stm_source_document *source)
{
    html_page page;
    memset(&page, 0, sizeof page);
    page.title_start = SIZE_MAX;
    page.title_end = SIZE_MAX;
    stm_html_meta meta;
    stm_html_meta_init(&meta, &source->arena);
    count_below(root, &meta);
    page.all_paragraphs = below(root) & PARAGRAPHS;
    stm_builder_init(&page.builder, STEMMA_LIMIT_TEXT);
    walk(&page, root);
    stemma_status status = stm_builder_finish(&page.builder, source);
    stm_builder_free(&page.builder);
    if (status != STEMMA_OK) {
        return status;
    }
    if (page.title_end != SIZE_MAX && meta.named.title.size == 0 && meta.linked.title.size == 0) {
        meta.named.title =
            stm_collapse(&source->arena, stm_slice(source->text, page.title_start, page.title_end),
                         STEMMA_LIMIT_FIELD, &meta.status);
    }
    return stm_html_meta_finish(&meta, &source->fields);
}

struct parsing {
    stemma_text html;
    htmlDocPtr document;
    bool no_memory;
    bool halted; /* before its end */
};

static void parse(void *context)
{
    struct parsing *parsing = context;
    htmlParserCtxt *parser = htmlNewParserCtxt();
    if (parser == NULL) {
        parsing->no_memory = true;
        return;
    }
    parsing->document =
        htmlCtxtReadMemory(parser, parsing->html.data, (int)parsing->html.size, NULL, "UTF-8",
                           HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                               HTML_PARSE_NONET | HTML_PARSE_COMPACT);
    parsing->no_memory = parser->lastError.code == XML_ERR_NO_MEMORY;
    parsing->halted = parser->disableSAX != 0 || parser->lastError.code == XML_ERR_INTERNAL_ERROR;
    htmlFreeParserCtxt(parser);
}

stemma_status stm_html_read(stemma_text html, stemma_text file, stm_source_document *source,
                            stm_problems *problems)
{
    if (html.size > INT32_MAX) {
        return STEMMA_E_LIMIT;
    }
    size_t tags;
    if (!stm_html_tags_are_small(html, &tags)) {
        stm_problem problem = {STM_SEVERITY_ERROR, file, 0, 0, "HTML_TAG_TOO_LARGE"};
        stm_problems_add(problems, &problem, "a tag has more than %u attributes",
                         STM_HTML_ATTRIBUTES_MOST);
        return STEMMA_E_INVALID;
    }
    if (tags > STM_HTML_TAGS_MOST) {
        stm_problem problem = {STM_SEVERITY_ERROR, file, 0, 0, "HTML_TOO_COMPLEX"};
        stm_problems_add(problems, &problem, "the page has more than %u tags", STM_HTML_TAGS_MOST);
        return STEMMA_E_INVALID;
    }
    struct parsing parsing = {.html = html};
    if (!stm_html_guard(parse, &parsing)) {
        return STEMMA_E_NO_MEMORY;
    }
    htmlDocPtr document = parsing.document;
    xmlNode *root = document != NULL ? xmlDocGetRootElement(document) : NULL;
    stemma_status status =
        parsing.no_memory || stm_refusal_met() ? STEMMA_E_NO_MEMORY : STEMMA_OK;
    if (status == STEMMA_OK && parsing.halted) {
        stm_problem problem = {STM_SEVERITY_WARNING, file, 0, 0, "HTML_TOO_DEEP"};
        stm_problems_add(problems, &problem,
                         "the page is nested too deeply and was read only in part");
    }
    if (status == STEMMA_OK && root != NULL) {
        status = read_tree(root, source);
    }
    xmlFreeDoc(document);
    return status;
}
