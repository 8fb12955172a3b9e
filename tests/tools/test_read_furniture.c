/* SPDX-License-Identifier: MIT */
/* Page furniture: what the page put around the article is marked, what the article says never is.
   The articles are invented. */
#include "test_read_support.h"

static const char article[] =
    "Home > News > Verania\n"
    "\n"
    "Verania frees forty fishermen after talks in Port Almar\n"
    "\n"
    "By Lena Marsh and Tomas Ilves in Port Almar\n"
    "\n"
    "Published: 12 March 2031 10:32 GMT\n"
    "\n"
    "Share Tweet Email Print\n"
    "3 min read\n"
    "\n"
    "DPA/ Alamy Two men in orange coats step off a boatDPA/ Alamy\n"
    "\n"
    "The men were met by relatives on the quay\n"
    "\n"
    "PORT ALMAR, March 12 (Northwire) - The government of Verania freed forty fishermen on "
    "Tuesday, "
    "the foreign ministry said.\n"
    "\n"
    "Sign up for our daily newsletter and get the news straight to your inbox.\n"
    "\n"
    "\"We share this joy,\" said President Oda Renn. \"Read more poetry, and print less money.\"\n"
    "\n"
    "Advertisement\n"
    "\n"
    "Read more: Five things to know about the Almar talks\n"
    "\n"
    "@renn_oda/X A woman waves from a balcony @renn_oda/X\n"
    "\n"
    "A woman waves from a balcony of the palace.\n"
    "\n"
    "The ministry gave no date for the return of the boats.\n"
    "\n"
    "(Reporting by Lena Marsh in Port Almar; Editing by Tomas Ilves)\n"
    "\n"
    "Related stories\n"
    "Almar talks: what both sides want\n"
    "Why the fishermen were arrested\n"
    "\n"
    "Leave a Reply\n"
    "Your email address will not be published. Required fields are marked *\n"
    "Name\n"
    "\n"
    "\xC2\xA9 2031 The Verania Tidings. All rights reserved.\n"
    "Tidings | Weather | | |\n";

static void an_article_loses_its_page_and_keeps_its_sentences(void **state)
{
    (void)state;
    static const char *const furniture[] = {"Home > News",
                                            "By Lena Marsh",
                                            "Published: 12",
                                            "Share Tweet",
                                            "3 min read",
                                            "DPA/ Alamy Two",
                                            "The men were met",
                                            "Sign up for our",
                                            "Advertisement",
                                            "Read more: Five",
                                            "@renn_oda/X A",
                                            "A woman waves from a balcony of the palace",
                                            "(Reporting by",
                                            "Related stories",
                                            "Almar talks: what",
                                            "Why the fishermen",
                                            "Leave a Reply",
                                            "Your email address",
                                            "Name\n",
                                            "\xC2\xA9 2031",
                                            "Tidings | Weather"};
    static const char *const kept[] = {"Verania frees forty", "PORT ALMAR, March 12",
                                       "\"We share this joy", "The ministry gave no date"};
    stm_source_document *source = read_string(STM_ENTRY_TEXT, article);
    assert_sound(source);
    for (size_t i = 0; i < sizeof furniture / sizeof *furniture; i++) {
        if (!is_marked(source, furniture[i])) {
            fail_msg("\"%s\" was not seen as furniture", furniture[i]);
        }
    }
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        if (is_marked(source, kept[i])) {
            fail_msg("\"%s\" was lost", kept[i]);
        }
    }
    stm_source_free(source);
}

static void what_the_lines_say_of_the_article_is_not_lost(void **state)
{
    (void)state;
    stm_source_document *source = read_string(STM_ENTRY_TEXT, article);
    assert_text(source->fields.title, "Verania frees forty fishermen after talks in Port Almar");
    assert_text(source->fields.byline, "Lena Marsh and Tomas Ilves");
    assert_text(source->fields.agency, "Northwire");
    assert_text(source->fields.published.edtf, "2031-03-12T10:32Z");
    assert_text(source->fields.published.raw, "12 March 2031 10:32 GMT");
    assert_text(source->text, article);
    stm_source_free(source);
}

/* Each of these lines stands in the middle of an article. */
static void assert_lines(const char *const *lines, size_t count, bool furniture)
{
    for (size_t i = 0; i < count; i++) {
        char text[1024];
        snprintf(text, sizeof text,
                 "Verania council meets\n\nThe council of Verania met on Monday to vote.\n\n%s\n\n"
                 "The vote was close, and the mayor thanked all members for their patience.\n",
                 lines[i]);
        stm_source_document *source = read_string(STM_ENTRY_TEXT, text);
        assert_sound(source);
        assert_false(is_marked(source, "The council of"));
        assert_false(is_marked(source, "The vote was"));
        if (is_marked(source, lines[i]) != furniture) {
            fail_msg("\"%s\" %s", lines[i], furniture ? "was not seen as furniture" : "was lost");
        }
        stm_source_free(source);
    }
}

static void lines_that_pages_repeat_are_furniture(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "Page views: 1,280",
        "5 hours ago 12",
        "an hour ago",
        "Updated 15 minutes ago",
        "Zoom In Zoom Out Save Print",
        "Facebook Twitter WhatsApp",
        "Read Entire Article",
        "Read the full story on the Tidings website",
        "Continue reading",
        "Many more to follow\xE2\x80\xA6",
        "Edited by Tomas Ilves",
        "Reporting by Lena Marsh; additional reporting by Per Holt",
        "Click here to subscribe",
        "Subscribe to our newsletter for more stories like this.",
        "By signing up you agree to our terms of service and privacy policy.",
        "We use cookies to improve your experience on this site.",
        "Accept all cookies",
        "Cookie policy",
        "Terms of use",
        "Copyright 2031 Verania Tidings",
        "You must be logged in to post a comment.",
        "Save my name, email, and website in this browser for the next time I comment.",
        "This site uses Akismet to reduce spam.",
        "12 Comments",
        "Follow us on Facebook and Telegram",
        "Back to top",
        "ADVERTISEMENT",
        "Story continues below",
        "Sponsored content",
        "Skip to main content",
        "FILE PHOTO: Fishermen mend nets in Port Almar, Verania",
        "Photograph: Lena Marsh/AFP",
        "Boats lie idle in the harbour [File: Lena Marsh/Reuters]",
        "Reuters Two boats in the harbour of Port AlmarReuters",
        "AFP Two boats in the harbour AFP",
        "Getty Images",
        "REUTERS/Lena Marsh",
        "Tags: Verania, fishing, talks",
        "Home | News | Sport | Contact",
        "www.tidings.example/fishermen",
        "Source: AFP",
        "With inputs from Reuters",
        "Thank you for reading!",
        "March 12, 2031 10:32 GMT",
        "Last updated: 13 March 2031",
        "* * *",
    };
    assert_lines(lines, sizeof lines / sizeof *lines, true);
}

static void sentences_that_only_resemble_furniture_are_kept(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "Two hours ago the fleet left the harbour, the ministry said.",
        "Total views on the matter differ.",
        "Readers were asked to share this story with their families, the mayor said.",
        "By Monday, forty men had been freed.",
        "By Tuesday evening the square was empty.",
        "The company changed its privacy policy in May.",
        "The ministry's website uses cookies to follow its visitors, a court found.",
        "Threats were delivered to the inbox of the minister.",
        "\"Sign up for our cause and get justice in your inbox,\" he told Reuters.",
        "Comments by the president angered Verania.",
        "Shares fell 5 percent on Monday.",
        "Reuters said that it had spoken to two people in the palace.",
        "Reuters was told by two officials, according to Reuters.",
        "Image matters more than words, said Renn.",
        "Follow-up talks are planned for June in Port Almar.",
        "More than 40 people were held",
        "Related charges were dropped against Lena Marsh.",
        "Subscribers of the paper were questioned by the police.",
        "Print workers went on strike, and the search for a deal began.",
        "Twelve comments by the judge were struck from the record.",
        "Editing by the censors had changed the report.",
        "Edited by hand, the list named forty men.",
        "She was born on 12 March 2001.",
        "In March 2031 the court met.",
        "Leave a reply to the court within ten days, the letter said.",
        "Advertisement of tobacco was banned.",
        "Renn | the president | said no.",
        "It is the latest news from Port Almar that worries Verania most.",
        "They were told to \"read more\" and \"click here\".",
        "More from Renn is expected.",
        "Comments.",
        "Copyright law protects the painter, the judge ruled.",
        "Why did the talks fail?",
        "\xE2\x80\x9CWe use cookies as bait,\xE2\x80\x9D the fisherman said.",
    };
    assert_lines(lines, sizeof lines / sizeof *lines, false);
}

static void rows_of_a_table_are_not_a_menu(void **state)
{
    (void)state;
    stm_source_document *source = read_string(
        STM_ENTRY_TEXT, "Results of the vote in Verania\n\n"
                        "| town | yes | no |\n| Almar | many | few |\n\n"
                        "The results were read out on the quay by the mayor of Almar.\n");
    assert_false(is_marked(source, "| town"));
    assert_false(is_marked(source, "| Almar"));
    stm_source_free(source);
}

static void datelines_name_the_agency_and_stay(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"(Reuters) - The men were freed on Tuesday, the ministry of Verania said.", "Reuters"},
        {"PORT ALMAR, Verania (AP) \xE2\x80\x94 The men were freed on Tuesday.", "AP"},
        {"Port Almar (AFP) \xE2\x80\x93 The men were freed on Tuesday, the ministry said.", "AFP"},
        {"PORT ALMAR, Sept 11 (Northwire) - The men were freed on Tuesday.", "Northwire"},
        {"PORT ALMAR, 11 Sept. (Anadolu Agency): The men were freed on Tuesday.", "Anadolu Agency"},
        {"Oda Renn (Harbour Party) - the president - spoke for an hour on Tuesday.", ""},
        {"The men (forty in all) - most of them old - were freed on Tuesday.", ""},
        {"PORT ALMAR \xE2\x80\x94 The men were freed on Tuesday.", ""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        stm_source_document *source = read_string(STM_ENTRY_TEXT, cases[i][0]);
        assert_text(source->fields.agency, cases[i][1]);
        assert_int_equal(source->furniture_count, 0);
        stm_source_free(source);
    }
}

static void credits_at_the_foot_are_furniture(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"Northwire writer Max Roe in Lund contributed to this report.", "Northwire"},
        {"Associated Press writers Max Roe in Lund and Ana Ruiz in Almar contributed.",
         "Associated Press"},
        {"Max Roe and Ana Ruiz contributed reporting from Lund.", ""},
        {"With additional reporting by Ana Ruiz", ""},
        {"(Reporting by Max Roe; Editing by Ana Ruiz)", ""},
        {"Editor: Ana Ruiz", ""},
        {"\xE2\x80\x94 AFP", "AFP"},
        {"(This story has not been edited by our staff and comes from a syndicated feed.)", ""}};
    static const char *const sentences[] = {
        "He contributed to the report, the ministry said.",
        "Max Roe contributed $5 million to the party.",
        "The story was first published in the spring, and nobody read it then."};
    char text[512];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        snprintf(text, sizeof text, "Forty freed\n\nThe men were freed, the ministry said.\n\n%s\n",
                 cases[i][0]);
        stm_source_document *source = read_string(STM_ENTRY_TEXT, text);
        assert_true(is_marked(source, cases[i][0]));
        assert_text(source->fields.agency, cases[i][1]);
        stm_source_free(source);
    }
    for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++) {
        snprintf(text, sizeof text, "Forty freed\n\nThe men were freed, the ministry said.\n\n%s\n",
                 sentences[i]);
        stm_source_document *source = read_string(STM_ENTRY_TEXT, text);
        assert_false(is_marked(source, sentences[i]));
        stm_source_free(source);
    }
}

static void the_day_of_a_dateline_is_that_of_publication_when_no_other_is_told(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"PORT ALMAR, Sept. 11, 2025 (Northwire) - The men were freed on Tuesday.", "2025-09-11"},
        {"PORT ALMAR, Sept 11 (Northwire) - The men were freed on Tuesday.", ""},
        {"The men, freed on 3 May 2024 - or so they said - were home.", ""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        stm_source_document *source = read_string(STM_ENTRY_TEXT, cases[i][0]);
        assert_text(source->fields.published.edtf, cases[i][1]);
        stm_source_free(source);
    }
}

static void a_date_of_update_is_not_the_date_of_publication(void **state)
{
    (void)state;
    stm_source_document *source =
        read_string(STM_ENTRY_TEXT, "Updated: 14 March 2031\n2031-03-12\n\n"
                                    "The men were freed on Tuesday, the ministry said.\n");
    assert_text(source->fields.published.edtf, "2031-03-12");
    stm_source_free(source);
}

static void a_line_of_parts_gives_each_of_them(void **state)
{
    (void)state;
    static const char *const cases[][3] = {
        {"By Lena Marsh | 12 March 2031 | 3 min read", "Lena Marsh", "2031-03-12"},
        {"12 March 2031 | By Lena Marsh", "Lena Marsh", "2031-03-12"},
        {"World \xE2\x80\xA2 Published: March 12, 2031 10:32 GMT", "", "2031-03-12T10:32Z"},
        {"By Lena Marsh on 12 March 2031", "Lena Marsh", "2031-03-12"},
        {"By Lena Marsh in Port Almar", "Lena Marsh", ""},
        {"By Reuters | Updated: 12 March 2031", "", ""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[512];
        snprintf(text, sizeof text,
                 "Forty freed\n%s\nThe men were freed, the ministry of Verania "
                 "said in a short note to the press.\n",
                 cases[i][0]);
        stm_source_document *source = read_string(STM_ENTRY_TEXT, text);
        assert_true(is_marked(source, cases[i][0]));
        assert_text(source->fields.byline, cases[i][1]);
        assert_text(source->fields.published.edtf, cases[i][2]);
        assert_text(source->fields.title, "Forty freed");
        stm_source_free(source);
    }
}

static void notes_of_agencies_to_editors_are_no_part_of_the_story(void **state)
{
    (void)state;
    stm_source_document *source = read_string(
        STM_ENTRY_TEXT,
        "UPDATE 2-Kolm refinery halts output; 3 hurt (adds quotes, details)\n\n"
        "May 14 (Northwire) - The company shut its refinery on Tuesday after a fire broke out in a tank. (Adds "
        "comments from union)\n\nThe blaze (put out by noon) hurt three.\n");
    assert_text(source->fields.title, "Kolm refinery halts output; 3 hurt");
    assert_true(is_marked(source, "UPDATE 2-"));
    assert_false(is_marked(source, "Kolm refinery"));
    assert_true(is_marked(source, "(adds quotes"));
    assert_false(is_marked(source, "broke out in a tank"));
    assert_true(is_marked(source, "(Adds comments"));
    assert_false(is_marked(source, "(put out"));
    assert_sound(source);
    stm_source_free(source);
    source = read_string(STM_ENTRY_TEXT,
                         "UPDATE: Update law passes in Lund\n\nThe parliament of Lund passed the law on updates on "
                         "Tuesday, by 40 votes to 12.\n");
    assert_text(source->fields.title, "Update law passes in Lund");
    stm_source_free(source);
    source = read_string(STM_ENTRY_TEXT,
                         "Orbit names chief\n\nOrbit Metals (ORB.L) named a chief on Tuesday, as did Zentra (NYSE: ZNT) and "
                         "the union (UN) of its men (A.B. says: no).\n");
    assert_true(is_marked(source, "(ORB.L)"));
    assert_true(is_marked(source, "(NYSE: ZNT)"));
    assert_false(is_marked(source, "(UN)"));
    assert_false(is_marked(source, "(A.B. says"));
    stm_source_free(source);
}

static void hostile_texts_are_read_in_linear_time(void **state)
{
    (void)state;
    static const char *const pieces[] = {"|",  "Reuters ", "a\n",          "\n\n\n", "by ",  "@/ ",
                                         "1 ", "(",        "\xE2\x80\xA2", "share ", "AFP/", "\r"};
    size_t size = 1u << 19;
    char *text = malloc(size);
    assert_non_null(text);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        size_t step = strlen(pieces[i]);
        size_t used = (size_t)sprintf(text, "Title\n\nSentence.\n\n");
        while (used + step < size - 1) {
            memcpy(text + used, pieces[i], step);
            used += step;
        }
        text[used++] = '.';
        stm_source_document *source = read_sized(STM_ENTRY_TEXT, text, used, NULL);
        assert_non_null(source);
        assert_sound(source);
        stm_source_free(source);
    }
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_article_loses_its_page_and_keeps_its_sentences),
        cmocka_unit_test(what_the_lines_say_of_the_article_is_not_lost),
        cmocka_unit_test(lines_that_pages_repeat_are_furniture),
        cmocka_unit_test(sentences_that_only_resemble_furniture_are_kept),
        cmocka_unit_test(rows_of_a_table_are_not_a_menu),
        cmocka_unit_test(datelines_name_the_agency_and_stay),
        cmocka_unit_test(credits_at_the_foot_are_furniture),
        cmocka_unit_test(the_day_of_a_dateline_is_that_of_publication_when_no_other_is_told),
        cmocka_unit_test(a_date_of_update_is_not_the_date_of_publication),
        cmocka_unit_test(a_line_of_parts_gives_each_of_them),
        cmocka_unit_test(notes_of_agencies_to_editors_are_no_part_of_the_story),
        cmocka_unit_test(hostile_texts_are_read_in_linear_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
