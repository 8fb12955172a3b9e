/* SPDX-License-Identifier: MIT */
#include "judge_builder.h"

#include <stdio.h>

static const char *const STORY =
    "The mayor of Norvan opened the new harbour bridge on Tuesday after six years of works that "
    "cost "
    "the city twice what it had planned. Thousands of people walked over the river in light rain, "
    "among them masons who had lost colleagues in the collapse of the first pillar. “We promised a "
    "bridge that our grandchildren will still use,” the mayor told the crowd, before she cut a "
    "ribbon in the colours of the town. The opposition stayed away from the ceremony and called "
    "the "
    "toll for lorries a tax on honest trade. Engineers said the bridge would be inspected every "
    "spring, and that the old ferry would keep running for as long as farmers needed it. Trains "
    "are "
    "expected to cross from next summer, when the northern line is finished and the station at the "
    "fish market has been rebuilt.";

static const char *const OTHER_STORY =
    "Harvests in the eastern valleys of Sudravia were the poorest in a decade, the farmers' union "
    "said, after a spring without rain and a summer of hail. Prices of barley rose by a third. The "
    "government promised loans to villages that lost their seed, but the union wants gifts.";

static const stemma_derivation *find_derivation(const struct corpus *corpus, uint32_t from,
                                                uint32_t to)
{
    for (uint32_t i = 0; i < corpus->result.derivation_count; i++) {
        const stemma_derivation *d = &corpus->result.derivations[i];
        if (d->from == from && d->to == to) {
            return d;
        }
    }
    return NULL;
}

/* Replaces every `step`-th word of `text` by another; the result lives in the corpus. */
static const char *edited(struct corpus *corpus, const char *text, int step)
{
    char *out = stm_arena_alloc(&corpus->arena, 2 * strlen(text) + 16, 1);
    assert_non_null(out);
    size_t size = 0;
    int word = 0;
    for (const char *in = text; *in != '\0';) {
        size_t length = strcspn(in, " ");
        if (++word % step == 0) {
            memcpy(out + size, "changed", 7);
            size += 7;
        } else {
            memcpy(out + size, in, length);
            size += length;
        }
        in += length;
        if (*in == ' ') {
            out[size++] = *in++;
        }
    }
    return out;
}

static const char *joined(struct corpus *corpus, const char *a, const char *b)
{
    char *out = stm_arena_alloc(&corpus->arena, strlen(a) + strlen(b) + 2, 1);
    assert_non_null(out);
    memcpy(out, a, strlen(a));
    out[strlen(a)] = ' ';
    memcpy(out + strlen(a) + 1, b, strlen(b));
    return out;
}

static const char *beginning(struct corpus *corpus, const char *text, size_t size)
{
    char *out = stm_arena_alloc(&corpus->arena, size + 1, 1);
    assert_non_null(out);
    memcpy(out, text, size);
    return out;
}

static void a_copy_points_to_what_was_published_first(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t late = add_document(corpus, "2031-05-03", STORY);
    uint32_t early = add_document(corpus, "2031-05-02", STORY);
    judge_corpus(corpus);
    const stemma_derivation *d = find_derivation(corpus, late, early);
    assert_non_null(d);
    assert_int_equal(d->kind, STEMMA_DERIVATION_COPY);
    assert_int_equal(d->score, 1000);
    assert_int_equal(d->range_count, 1);
    assert_int_equal(d->ranges[0].from.start, 0);
    corpus_free(corpus);
}

static void an_edited_copy_is_found_with_its_ranges(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = add_document(corpus, "2031-05-02", STORY);
    uint32_t b = add_document(corpus, "2031-05-03", edited(corpus, STORY, 15));
    judge_corpus(corpus);
    const stemma_derivation *d = find_derivation(corpus, b, a);
    assert_non_null(d);
    assert_int_equal(d->kind, STEMMA_DERIVATION_COPY);
    assert_true(d->range_count > 3);
    for (uint32_t i = 0; i < d->range_count; i++) {
        stemma_span from = d->ranges[i].from;
        stemma_span to = d->ranges[i].to;
        assert_true(from.start < from.end && from.end <= corpus->documents[b]->text.size);
        assert_int_equal(from.end - from.start, to.end - to.start);
        assert_memory_equal(corpus->documents[b]->text.data + from.start,
                            corpus->documents[a]->text.data + to.start, from.end - from.start);
        assert_true(i == 0 || d->ranges[i - 1].from.end <= from.start);
    }
    corpus_free(corpus);
}

static void an_excerpt_points_to_the_whole(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t whole = add_document(corpus, "2031-05-02", STORY);
    uint32_t part = add_document(corpus, "2031-05-02", beginning(corpus, STORY, 300));
    judge_corpus(corpus);
    const stemma_derivation *d = find_derivation(corpus, part, whole);
    assert_non_null(d);
    assert_int_equal(d->kind, STEMMA_DERIVATION_EXCERPT);
    assert_true(d->score >= 950);
    corpus_free(corpus);
}

static void half_a_story_among_foreign_text_is_a_quotation(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = add_document(corpus, "2031-05-02", STORY);
    uint32_t b = add_document(corpus, "2031-05-03",
                              joined(corpus, OTHER_STORY, beginning(corpus, STORY, 280)));
    judge_corpus(corpus);
    const stemma_derivation *d = find_derivation(corpus, b, a);
    assert_non_null(d);
    assert_int_equal(d->kind, STEMMA_DERIVATION_QUOTES);
    assert_true(d->score > 300 && d->score < 800);
    corpus_free(corpus);
}

static void a_later_edition_of_one_publisher_is_a_revision(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = add_document(corpus, "2031-05-02", STORY);
    uint32_t b = add_document(corpus, "2031-05-03", edited(corpus, STORY, 20));
    for (uint32_t d = 0; d < 2; d++) {
        corpus->built[d]->document.publisher = stemma_text_of(d ? "NORVAN POST" : "Norvan Post");
        corpus->built[d]->document.uri =
            stemma_text_of(d ? "https://post.example/bridge?v=2" : "https://post.example/bridge");
    }
    judge_corpus(corpus);
    const stemma_derivation *d = find_derivation(corpus, b, a);
    assert_non_null(d);
    assert_int_equal(d->kind, STEMMA_DERIVATION_REVISION);
    corpus_free(corpus);
}

static void two_papers_that_took_parts_of_one_agency_report_are_told(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = add_document(corpus, "2031-05-02", STORY);
    uint32_t b = add_document(corpus, "2031-05-02",
                              joined(corpus, beginning(corpus, STORY, 250), OTHER_STORY));
    corpus->built[a]->document.agency = stemma_text_of("Norvan Wire");
    corpus->built[b]->document.agency = stemma_text_of("NORVAN WIRE");
    judge_corpus(corpus);
    assert_int_equal(corpus->result.derivation_count, 1);
    assert_int_equal(corpus->result.derivations[0].kind, STEMMA_DERIVATION_SAME_AGENCY);
    corpus_free(corpus);
}

static void on_one_day_the_paper_that_credits_the_agency_derives_from_it(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t paper = add_document(corpus, "2031-05-02", STORY);
    uint32_t wire = add_document(corpus, "2031-05-02", STORY);
    corpus->built[paper]->document.agency = stemma_text_of("Norvan Wire");
    corpus->built[paper]->document.publisher = stemma_text_of("Norvan Post");
    corpus->built[wire]->document.agency = stemma_text_of("Norvan Wire");
    corpus->built[wire]->document.publisher = stemma_text_of("Norvan Wire");
    judge_corpus(corpus);
    assert_non_null(find_derivation(corpus, paper, wire));
    corpus_free(corpus);
}

static void an_agency_is_the_source_of_who_credits_it_whatever_the_dates(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t paper = add_document(corpus, "2031-05-01", STORY);
    uint32_t wire = add_document(corpus, "2031-05-02", STORY);
    corpus->built[paper]->document.agency = stemma_text_of("Norvan Wire");
    corpus->built[paper]->document.publisher = stemma_text_of("Norvan Post");
    corpus->built[wire]->document.publisher = stemma_text_of("Norvan Wire");
    judge_corpus(corpus);
    assert_non_null(find_derivation(corpus, paper, wire));
    corpus_free(corpus);
}

static void on_one_day_the_agency_precedes_a_paper_that_credits_nobody(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t paper = add_document(corpus, "2031-05-02", joined(corpus, "Norvan.", STORY));
    uint32_t wire = add_document(corpus, "2031-05-02", beginning(corpus, STORY, 700));
    corpus->built[paper]->document.publisher = stemma_text_of("Norvan Post");
    corpus->built[wire]->document.agency = stemma_text_of("Norvan Wire");
    corpus->built[wire]->document.publisher = stemma_text_of("Norvan Wire");
    judge_corpus(corpus);
    assert_non_null(find_derivation(corpus, paper, wire));
    corpus_free(corpus);
}

static void on_one_day_the_shorter_text_derives_from_the_longer(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t part = add_document(corpus, "2031-05-02T08:00:00Z", beginning(corpus, STORY, 300));
    uint32_t whole = add_document(corpus, "2031-05-02", STORY);
    judge_corpus(corpus);
    const stemma_derivation *d = find_derivation(corpus, part, whole);
    assert_non_null(d);
    assert_int_equal(d->kind, STEMMA_DERIVATION_EXCERPT);
    corpus_free(corpus);
}

static void half_a_text_under_a_new_title_is_a_revision_by_its_publisher_only(void **state)
{
    (void)state;
    for (int other = 0; other < 2; other++) {
        struct corpus *corpus = corpus_new();
        uint32_t a = add_document(corpus, "2031-05-02", STORY);
        uint32_t b = add_document(corpus, "2031-05-03",
                                  joined(corpus, beginning(corpus, STORY, 560), OTHER_STORY));
        corpus->built[a]->document.title = stemma_text_of("The bridge is open");
        corpus->built[b]->document.title = stemma_text_of("Rain on the bridge");
        corpus->built[a]->document.publisher = stemma_text_of("Norvan Post");
        corpus->built[b]->document.publisher =
            stemma_text_of(other ? "Eastern Gazette" : "Norvan Post");
        judge_corpus(corpus);
        const stemma_derivation *d = find_derivation(corpus, b, a);
        assert_non_null(d);
        assert_int_equal(d->kind, other ? STEMMA_DERIVATION_QUOTES : STEMMA_DERIVATION_REVISION);
        corpus_free(corpus);
    }
}

static void the_same_story_in_other_words_is_no_copy(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    add_document(corpus, "2031-05-02", STORY);
    add_document(
        corpus, "2031-05-02",
        "Norvan has a new bridge over its harbour: the mayor cut the ribbon on Tuesday, six "
        "years after building began. It cost double the first estimate. The collapse of a "
        "pillar had killed several masons, and their friends were among the thousands who "
        "crossed in the rain. Opposition parties, who dislike the lorry toll, did not come. "
        "The old ferry stays in service, according to engineers.");
    add_document(corpus, "2031-05-02", OTHER_STORY);
    judge_corpus(corpus);
    assert_int_equal(corpus->result.derivation_count, 0);
    corpus_free(corpus);
}

static void short_notes_with_a_phrase_in_common_raise_no_alarm(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    add_document(corpus, "2031-05-02",
                 "The prime minister said on Tuesday that the harbour of Norvan would be dredged "
                 "before the winter storms.");
    add_document(corpus, "2031-05-03",
                 "The prime minister said on Tuesday that schools in the valleys would stay closed "
                 "until the roads are clear.");
    judge_corpus(corpus);
    assert_int_equal(corpus->result.derivation_count, 0);
    corpus_free(corpus);
}

static void a_copied_short_note_is_found(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    const char *note =
        "The prime minister said on Tuesday that the harbour of Norvan would be dredged "
        "before the winter storms.";
    uint32_t a = add_document(corpus, "2031-05-02", note);
    uint32_t b = add_document(corpus, "2031-05-03", note);
    judge_corpus(corpus);
    assert_non_null(find_derivation(corpus, b, a));
    corpus_free(corpus);
}

static void furniture_in_common_is_not_read(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    static const char FOOTER[] =
        "Read the whole article on our site and subscribe to the letter that "
        "we send every morning to forty thousand readers in Sudravia";
    const char *a = joined(corpus, FOOTER, beginning(corpus, STORY, 200));
    const char *b = joined(corpus, FOOTER, OTHER_STORY);
    add_document(corpus, "2031-05-02", a);
    add_document(corpus, "2031-05-03", b);
    stemma_span furniture = {0, (uint32_t)strlen(FOOTER)};
    for (uint32_t d = 0; d < 2; d++) {
        corpus->built[d]->document.furniture = &furniture;
        corpus->built[d]->document.furniture_count = 1;
    }
    judge_corpus(corpus);
    assert_int_equal(corpus->result.derivation_count, 0);
    corpus->built[0]->document.furniture_count = 0;
    corpus->built[1]->document.furniture_count = 0;
    judge_corpus(corpus);
    assert_int_equal(corpus->result.derivation_count, 1);
    corpus_free(corpus);
}

static void quotation_marks_and_case_do_not_hide_a_copy(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = add_document(corpus, "2031-05-02",
                              "“It's done,” the mayor of Norvan said—after six years of works that "
                              "cost the city twice what it had planned.");
    uint32_t b =
        add_document(corpus, "2031-05-03",
                     "\"It's DONE\", the mayor of Norvan said, after six years of works that "
                     "cost the city twice what it had planned");
    judge_corpus(corpus);
    assert_non_null(find_derivation(corpus, b, a));
    corpus_free(corpus);
}

static void two_hundred_copies_are_tied_to_the_first_few(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    for (int i = 0; i < 200; i++) {
        add_document(corpus, "2031-05-02", STORY);
    }
    judge_corpus(corpus);
    assert_true(corpus->result.derivation_count >= 199);
    assert_true(corpus->result.derivation_count <= 200 * 16);
    for (uint32_t i = 1; i < 200; i++) {
        assert_non_null(find_derivation(corpus, i, 0));
    }
    corpus_free(corpus);
}

static void texts_that_repeat_themselves_are_no_burden(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    size_t size = 600000;
    char *text = stm_arena_alloc(&corpus->arena, size + 1, 1);
    assert_non_null(text);
    for (size_t i = 0; i < size; i++) {
        text[i] = i % 2 ? ' ' : 'a';
    }
    uint32_t a = add_document(corpus, "2031-05-02", text);
    uint32_t b = add_document(corpus, "2031-05-03", text);
    judge_corpus(corpus);
    assert_non_null(find_derivation(corpus, b, a));
    corpus_free(corpus);
}

static void a_derivation_that_came_in_is_kept_and_not_doubled(void **state)
{
    (void)state;
    struct corpus *corpus = corpus_new();
    uint32_t a = add_document(corpus, "2031-05-02", STORY);
    uint32_t b = add_document(corpus, "2031-05-03", STORY);
    stemma_derivation known;
    memset(&known, 0, sizeof known);
    known.from = a;
    known.to = b;
    known.kind = STEMMA_DERIVATION_QUOTES;
    known.author = stemma_text_of("a reader");
    corpus->input.derivations = &known;
    corpus->input.derivation_count = 1;
    judge_corpus(corpus);
    assert_int_equal(corpus->result.derivation_count, 1);
    assert_int_equal(corpus->result.derivations[0].from, a);
    assert_int_equal(corpus->result.derivations[0].author.size, 8);
    corpus_free(corpus);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_copy_points_to_what_was_published_first),
        cmocka_unit_test(an_edited_copy_is_found_with_its_ranges),
        cmocka_unit_test(an_excerpt_points_to_the_whole),
        cmocka_unit_test(half_a_story_among_foreign_text_is_a_quotation),
        cmocka_unit_test(a_later_edition_of_one_publisher_is_a_revision),
        cmocka_unit_test(two_papers_that_took_parts_of_one_agency_report_are_told),
        cmocka_unit_test(on_one_day_the_paper_that_credits_the_agency_derives_from_it),
        cmocka_unit_test(an_agency_is_the_source_of_who_credits_it_whatever_the_dates),
        cmocka_unit_test(on_one_day_the_agency_precedes_a_paper_that_credits_nobody),
        cmocka_unit_test(on_one_day_the_shorter_text_derives_from_the_longer),
        cmocka_unit_test(half_a_text_under_a_new_title_is_a_revision_by_its_publisher_only),
        cmocka_unit_test(the_same_story_in_other_words_is_no_copy),
        cmocka_unit_test(short_notes_with_a_phrase_in_common_raise_no_alarm),
        cmocka_unit_test(a_copied_short_note_is_found),
        cmocka_unit_test(furniture_in_common_is_not_read),
        cmocka_unit_test(quotation_marks_and_case_do_not_hide_a_copy),
        cmocka_unit_test(two_hundred_copies_are_tied_to_the_first_few),
        cmocka_unit_test(texts_that_repeat_themselves_are_no_burden),
        cmocka_unit_test(a_derivation_that_came_in_is_kept_and_not_doubled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
