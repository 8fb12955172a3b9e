/* SPDX-License-Identifier: MIT */
#include "pack/read/html_tags.h"

#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Whether `word` (lower case) stands at `at`, in any case. */
static bool stands(stemma_text html, size_t at, const char *word)
{
    for (; *word != '\0'; word++, at++) {
        if (at >= html.size || lower(html.data[at]) != *word) {
            return false;
        }
    }
    return true;
}

/* The first place from `at` on where `word` stands; the end of the page when there is none. */
static size_t find(stemma_text html, size_t at, const char *word)
{
    for (; at < html.size; at++) {
        const char *next = memchr(html.data + at, word[0], html.size - at);
        if (next == NULL) {
            return html.size;
        }
        at = (size_t)(next - html.data);
        if (stands(html, at, word)) {
            return at;
        }
    }
    return html.size;
}

/* Passes over the value of an attribute behind its "=". */
static size_t pass_value(stemma_text html, size_t at)
{
    while (at < html.size && is_blank(html.data[at])) {
        at++;
    }
    if (at < html.size && (html.data[at] == '"' || html.data[at] == '\'')) {
        const char *end = memchr(html.data + at + 1, html.data[at], html.size - at - 1);
        return end != NULL ? (size_t)(end - html.data) + 1 : html.size;
    }
    while (at < html.size && !is_blank(html.data[at]) && html.data[at] != '>') {
        at++;
    }
    return at;
}

/* Passes over the attributes of a tag and counts them. */
static size_t pass_attributes(stemma_text html, size_t at, size_t *count)
{
    *count = 0;
    while (at < html.size && html.data[at] != '>') {
        char c = html.data[at];
        if (c == '=') {
            at = pass_value(html, at + 1);
        } else if (is_blank(c) || c == '/') {
            at++;
        } else {
            ++*count;
            while (at < html.size && !is_blank(html.data[at]) && html.data[at] != '=' &&
                   html.data[at] != '>' && html.data[at] != '/') {
                at++;
            }
        }
    }
    return at;
}

bool stm_html_tags_are_small(stemma_text html, size_t *tags)
{
    size_t at = 0;
    *tags = 0;
    while ((at = find(html, at, "<")) < html.size) {
        size_t name = ++at;
        size_t count;
        if (stands(html, at, "!--")) {
            at = find(html, at + 3, "-->");
            continue;
        }
        if (at >= html.size || !is_letter(html.data[at])) {
            continue;
        }
        ++*tags;
        while (at < html.size && !is_blank(html.data[at]) && html.data[at] != '>' &&
               html.data[at] != '/') {
            at++;
        }
        at = pass_attributes(html, at, &count);
        if (count > STM_HTML_ATTRIBUTES_MOST) {
            return false;
        }
        if (stands(html, name, "script")) {
            at = find(html, at, "</script");
        } else if (stands(html, name, "style")) {
            at = find(html, at, "</style");
        }
    }
    return true;
}
