/* SPDX-License-Identifier: MIT */
#include "extract_helpers.h"

static void a_surname_joins_the_full_name(void **state)
{
    (void)state;
    struct reading r;
    read_text(
        &r,
        "President Rodrigo Almonte left on Monday. Almonte will return, Mr Almonte's office said. "
        "President Almonte was ill.");
    assert_same(&r, "Rodrigo Almonte", "Almonte");
    uint32_t referent = referent_named(&r, "person", "Rodrigo Almonte");
    assert_true(stemma_text_equal(r.output.referents[referent].names[0].text,
                                  stemma_text_of("Rodrigo Almonte")));
    end_reading(&r);
}

static void one_person_in_two_spellings_is_one(void **state)
{
    (void)state;
    struct reading r;
    read_text(
        &r, "Activist Hanna Verenskaya was freed. Her lawyer thanked all who wrote to Verenskaia. "
            "Hanna Verenskaia had been held for a year. Taras Bialyatchuk was freed too. "
            "Bialiatchuk went home.");
    assert_same(&r, "Hanna Verenskaya", "Hanna Verenskaia");
    assert_same(&r, "Hanna Verenskaya", "Verenskaia");
    assert_same(&r, "Taras Bialyatchuk", "Bialiatchuk");
    end_reading(&r);
}

static void husband_and_wife_stay_two(void **state)
{
    (void)state;
    struct reading r;
    read_text(
        &r,
        "Pavel Orlovsky was freed. His wife, Elena Orlovskaya, met him in Riga. Orlovskaya wept. "
        "Orlovsky said nothing.");
    assert_apart(&r, "Pavel Orlovsky", "Elena Orlovskaya");
    assert_same(&r, "Elena Orlovskaya", "Orlovskaya");
    assert_same(&r, "Pavel Orlovsky", "Orlovsky");
    end_reading(&r);
}

static void siblings_with_one_surname_stay_two(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Anna Brandt and Peter Brandt were held. Mr Brandt was freed on Monday. "
                  "Mrs Brandt was freed on Friday. Brandt spoke to reporters.");
    assert_apart(&r, "Anna Brandt", "Peter Brandt");
    uint32_t peter = referent_named(&r, "person", "Peter Brandt");
    uint32_t anna = referent_named(&r, "person", "Anna Brandt");
    const char *text = r.input.text.data;
    uint32_t of[3] = {0};
    static const char *const before[] = {"Mr Brandt", "Mrs Brandt", ". Brandt"};
    for (int i = 0; i < 3; i++) {
        uint32_t start = (uint32_t)(strstr(text, before[i]) - text + strlen(before[i]) - 6);
        of[i] = STEMMA_NONE;
        for (uint32_t k = 0; k < r.output.mention_count; k++) {
            if (r.output.mentions[k].spans[0].start == start) {
                of[i] = r.output.mentions[k].referent;
            }
        }
    }
    assert_int_equal(of[0], peter);
    assert_int_equal(of[1], anna);
    assert_true(of[2] != peter && of[2] != anna);
    end_reading(&r);
}

static void the_end_of_a_long_name_joins_it(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "The opposition leader Hla San Myo Win was freed. Myo Win thanked the crowd, and "
                  "Mohammed bin Rashid "
                  "waved.");
    assert_same(&r, "Hla San Myo Win", "Myo Win");
    assert_named(&r, "person", "Mohammed bin Rashid");
    end_reading(&r);
}

static void names_that_differ_after_a_hyphen_stay_two(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "The winners were Wong Tak-kin and Wong Tak-hing of the Harbour Party.");
    assert_apart(&r, "Wong Tak-kin", "Wong Tak-hing");
    end_reading(&r);
}

static void a_surname_that_is_a_city_is_the_person_here(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "Anna Lyon was held on a ship. Lyon wrote letters. She was moved to Lyon in 2031.");
    uint32_t person = referent_named(&r, "person", "Anna Lyon");
    assert_int_equal(referent_of_words(&r, "Lyon", 1), person);
    end_reading(&r);
}

static void a_pronoun_fixes_the_gender(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Zefrin Kalu was freed. She thanked the crowd. He left early.");
    uint32_t person = referent_named(&r, "person", "Zefrin Kalu");
    assert_int_equal(referent_of_words(&r, "She", 0), person);
    assert_int_equal(referent_of_words(&r, "He", 0), STEMMA_NONE);
    end_reading(&r);
}

static void a_relative_clause_is_about_its_antecedent(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Rodrigo Almonte met Luis Carranza, who has long quarrelled with his party.");
    assert_int_equal(referent_of_words(&r, "his", 0),
                     referent_named(&r, "person", "Luis Carranza"));
    end_reading(&r);
}

static void acronyms_join_what_they_stand_for(void **state)
{
    (void)state;
    struct reading r;
    read_text(
        &r, "The Union of Free Miners (UFM) called a strike. The UFM wrote to the European Union. "
            "The EU was silent, as was the Centre for Human Dignity Zarnica. Zarnica is banned.");
    assert_same(&r, "Union of Free Miners", "UFM");
    assert_same(&r, "European Union", "EU");
    assert_same(&r, "Centre for Human Dignity Zarnica", "Zarnica");
    end_reading(&r);
}

static void names_of_one_country_are_one(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "The US and Peru met. The United States agreed, a U.S. envoy said in America. "
                  "The UK did not. Britain waited for Kyiv, once called Kiev.");
    assert_same(&r, "United States", "US");
    assert_same(&r, "United States", "U.S.");
    assert_same(&r, "United States", "America");
    assert_same(&r, "UK", "Britain");
    assert_same(&r, "Kyiv", "Kiev");
    assert_apart(&r, "US", "Peru");
    end_reading(&r);
}

static void an_apposed_nominal_is_the_person(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "The Chilean president, Rodrigo Almonte, met an envoy of the Peruvian president, "
                  "Luis Carranza. The envoy left. The Chilean president smiled.");
    uint32_t almonte = referent_named(&r, "person", "Rodrigo Almonte");
    uint32_t carranza = referent_named(&r, "person", "Luis Carranza");
    assert_int_equal(referent_of_words(&r, "The Chilean president", 0), almonte);
    assert_int_equal(referent_of_words(&r, "the Peruvian president", 0), carranza);
    assert_int_equal(referent_of_words(&r, "The Chilean president", 1), almonte);
    end_reading(&r);
}

static void a_role_that_two_hold_resolves_to_neither(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r,
              "President Rodrigo Almonte met President Luis Carranza. The president was tired.");
    uint32_t found = referent_of_words(&r, "The president", 0);
    assert_true(found == STEMMA_NONE || (found != referent_named(&r, "person", "Rodrigo Almonte") &&
                                         found != referent_named(&r, "person", "Luis Carranza")));
    end_reading(&r);
}

static void kin_is_followed_both_ways(void **state)
{
    (void)state;
    struct reading r;
    read_text(
        &r,
        "Verenska's sister, Tamara Holm, said that her sister was well. Nadia Verenska was freed.");
    uint32_t tamara = referent_named(&r, "person", "Tamara Holm");
    uint32_t nadia = referent_named(&r, "person", "Nadia Verenska");
    assert_int_equal(referent_of_words(&r, "Verenska's sister", 0), tamara);
    assert_int_equal(referent_of_words(&r, "her sister", 0), nadia);
    end_reading(&r);
}

static void pronouns_resolve_to_the_only_candidate(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Oksana Verenchuk was freed on Friday. She thanked the crowd. "
                  "Rodrigo Almonte met Luis Carranza, and his guard fell asleep.");
    assert_int_equal(referent_of_words(&r, "She", 0),
                     referent_named(&r, "person", "Oksana Verenchuk"));
    assert_int_equal(referent_of_words(&r, "his", 0), STEMMA_NONE);
    end_reading(&r);
}

static void a_pronoun_never_takes_the_other_gender(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Rodrigo Almonte was late. She left the room.");
    assert_int_equal(referent_of_words(&r, "She", 0), STEMMA_NONE);
    end_reading(&r);
}

#define ZANA                                                                                       \
    "\xC5\xBD"                                                                                     \
    "ana \xC5\xA0imi\xC4\x87"

static void every_mention_re_slices_and_one_is_canonical(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "Minister " ZANA " (ZU) met the UFM in T\xC3\xBCrkiye\xE2\x80\x99s capital.\n\n"
                  "\xC5\xA0imi\xC4\x87, who is 51, said \xE2\x80\x9C"
                  "he left\xE2\x80\x9D. The minister slept.");
    static uint32_t canonical[64];
    memset(canonical, 0, sizeof canonical);
    static uint32_t mentions[64];
    memset(mentions, 0, sizeof mentions);
    assert_true(r.output.referent_count > 1 && r.output.referent_count < 64);
    for (uint32_t i = 0; i < r.output.mention_count; i++) {
        const stemma_mention *m = &r.output.mentions[i];
        stemma_span span = m->spans[0];
        assert_true(span.start < span.end && span.end <= r.input.text.size);
        assert_true(((unsigned char)r.input.text.data[span.start] & 0xC0) != 0x80);
        assert_true(span.end == r.input.text.size ||
                    ((unsigned char)r.input.text.data[span.end] & 0xC0) != 0x80);
        if (m->referent != STEMMA_NONE) {
            mentions[m->referent]++;
            canonical[m->referent] += m->canonical;
        }
    }
    for (uint32_t i = 0; i < r.output.referent_count; i++) {
        assert_int_equal(canonical[i], mentions[i] != 0);
    }
    assert_named(&r, "person", ZANA);
    end_reading(&r);
}

static void the_same_text_gives_the_same_testimony(void **state)
{
    (void)state;
    static const char text[] = "The UFM met Rodrigo Almonte in Lima. Almonte said he would return. "
                               "The president of Peru and the US envoy, Paul Hendry, agreed.";
    struct reading a;
    struct reading b;
    read_text(&a, text);
    read_text(&b, text);
    assert_int_equal(a.output.referent_count, b.output.referent_count);
    assert_int_equal(a.output.mention_count, b.output.mention_count);
    for (uint32_t i = 0; i < a.output.mention_count; i++) {
        assert_memory_equal(a.output.mentions[i].spans, b.output.mentions[i].spans,
                            sizeof(stemma_span));
        assert_int_equal(a.output.mentions[i].referent, b.output.mentions[i].referent);
        assert_int_equal(a.output.mentions[i].canonical, b.output.mentions[i].canonical);
    }
    end_reading(&a);
    end_reading(&b);
}

/* Deterministic noise of marks, capitals and half words: nothing may go out of bounds or hang. */
static void noise_is_survived(void **state)
{
    (void)state;
    static const char *const pieces[] = {"\"",
                                         "\xE2\x80\x9C",
                                         "\xE2\x80\x9D",
                                         "'",
                                         "\xE2\x80\x99",
                                         "(",
                                         ")",
                                         "[",
                                         ".",
                                         ",",
                                         " ",
                                         "\n",
                                         "-",
                                         "A",
                                         "President",
                                         "of",
                                         "the",
                                         "Ivan",
                                         "Orlov",
                                         "'s",
                                         "his",
                                         "sister",
                                         "said",
                                         "U.S.",
                                         "1,000",
                                         "\xC3\x89",
                                         "\xE8\x99\x8E",
                                         "Ministry",
                                         "&",
                                         "van",
                                         "UN",
                                         "\t"};
    uint32_t seed = 12345;
    for (int round = 0; round < 300; round++) {
        char text[1200];
        size_t size = 0;
        while (size + 16 < sizeof text) {
            seed = seed * 1664525u + 1013904223u;
            const char *piece = pieces[(seed >> 16) % (sizeof pieces / sizeof *pieces)];
            memcpy(text + size, piece, strlen(piece));
            size += strlen(piece);
            if ((seed >> 28) % 3 != 0) {
                text[size++] = ' ';
            }
        }
        text[size] = '\0';
        struct reading r;
        read_text(&r, text);
        for (uint32_t i = 0; i < r.output.mention_count; i++) {
            assert_true(r.output.mentions[i].spans[0].end <= size);
        }
        end_reading(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_surname_joins_the_full_name),
        cmocka_unit_test(one_person_in_two_spellings_is_one),
        cmocka_unit_test(husband_and_wife_stay_two),
        cmocka_unit_test(siblings_with_one_surname_stay_two),
        cmocka_unit_test(the_end_of_a_long_name_joins_it),
        cmocka_unit_test(names_that_differ_after_a_hyphen_stay_two),
        cmocka_unit_test(a_surname_that_is_a_city_is_the_person_here),
        cmocka_unit_test(a_pronoun_fixes_the_gender),
        cmocka_unit_test(a_relative_clause_is_about_its_antecedent),
        cmocka_unit_test(acronyms_join_what_they_stand_for),
        cmocka_unit_test(names_of_one_country_are_one),
        cmocka_unit_test(an_apposed_nominal_is_the_person),
        cmocka_unit_test(a_role_that_two_hold_resolves_to_neither),
        cmocka_unit_test(kin_is_followed_both_ways),
        cmocka_unit_test(pronouns_resolve_to_the_only_candidate),
        cmocka_unit_test(a_pronoun_never_takes_the_other_gender),
        cmocka_unit_test(every_mention_re_slices_and_one_is_canonical),
        cmocka_unit_test(the_same_text_gives_the_same_testimony),
        cmocka_unit_test(noise_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
