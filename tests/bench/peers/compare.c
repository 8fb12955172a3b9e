/* SPDX-License-Identifier: MIT */
/* compare: reads a dump (JSON Lines) and prints how many rows it holds and a sum over what they say
   (time, type, agents, patients, key, content), in whatever order and layout: equal for equal
   dumps. */
#include "text_table.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

/* What follows "name": on the line, or NULL. */
static const char *member(const char *line, const char *name)
{
    char quoted[40];
    const char *at;
    snprintf(quoted, sizeof quoted, "\"%s\":", name);
    at = strstr(line, quoted);
    return at == NULL ? NULL : at + strlen(quoted);
}

/* A string as it stands between its quotation marks; `*at` is then behind it. */
static bool string(const char **at, text *out)
{
    const char *end;
    if (**at != '"') {
        return false;
    }
    for (end = *at + 1; *end != '"'; end++) {
        end += *end == '\\';
        if (*end == '\0') {
            return false;
        }
    }
    out->data = *at + 1;
    out->size = (size_t)(end - out->data);
    *at = end + 1;
    return true;
}

/* Sum over the strings of a member: one string, or a list of them. 0 when there is none. */
static uint64_t strings(const char *line, const char *name)
{
    const char *at = member(line, name);
    uint64_t sum = 0, salt = XXH3_64bits(name, strlen(name));
    bool list;
    text one;
    if (at == NULL) {
        return 0;
    }
    list = *at == '[';
    at += list;
    while (string(&at, &one)) {
        const char *colon =
            strcmp(name, "external_id") == 0 ? memchr(one.data, ':', one.size) : NULL;
        if (colon != NULL) { /* the source of the key, which only Stemma writes */
            one.size -= (size_t)(colon + 1 - one.data);
            one.data = colon + 1;
        }
        sum += one.size == 0 ? 0 : XXH3_64bits_withSeed(one.data, one.size, salt);
        if (!list || *at != ',') {
            break;
        }
        at++;
    }
    return sum;
}

/* A type as a label or as a term made of it: without its name space, letters and digits only. */
static uint64_t type(const char *line)
{
    const char *at = member(line, "type");
    char plain[256];
    size_t size = 0, i = 0;
    text one;
    if (at == NULL || !string(&at, &one)) {
        return 0;
    }
    while (i < one.size && ((one.data[i] >= 'a' && one.data[i] <= 'z') || one.data[i] == '_')) {
        i++;
    }
    i = i < one.size && one.data[i] == '.' ? i + 1u : 0;
    for (; i < one.size && size < sizeof plain; i++) {
        char c = one.data[i];
        c = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            plain[size++] = c;
        }
    }
    return XXH3_64bits(plain, size);
}

int main(void)
{
    char *line = NULL;
    size_t room = 0;
    uint64_t rows = 0, sum = 0;
    while (getline(&line, &room, stdin) > 0) {
        uint64_t parts[6];
        if (strstr(line, "\"record\":\"row\"") == NULL) {
            continue;
        }
        parts[0] = strings(line, "time");
        parts[1] = type(line);
        parts[2] = strings(line, "agent");
        parts[3] = strings(line, "patient");
        parts[4] = strings(line, "external_id");
        parts[5] = strings(line, "content");
        sum += XXH3_64bits(parts, sizeof parts);
        rows++;
    }
    free(line);
    printf("%llu rows, %016llx\n", (unsigned long long)rows, (unsigned long long)sum);
    return 0;
}
