/* SPDX-License-Identifier: MIT */
/* Pages: visible text in blocks, furniture by element, metadata; hostile pages end quickly. */
#include "test_read_support.h"

#include <time.h>

static stm_problems problems;

static stm_source_document *read_page(const char *html)
{
    return read_string(STM_ENTRY_HTML, html);
}

static const char page[] =
    "<!DOCTYPE html><html lang=\"en-GB\"><head><title>Forty freed | The Verania Tidings</title>"
    "<meta property=\"og:site_name\" content=\"The Verania Tidings\">"
    "<meta name=\"description\" content=\"not part of the text\">"
    "<link rel=\"canonical\" href=\"https://tidings.example/forty\">"
    "<script type=\"application/ld+json\">{\"@graph\":[{\"@type\":\"WebSite\",\"name\":\"x\"},"
    "{\"@type\":\"NewsArticle\",\"headline\":\"Forty fishermen freed\","
    "\"datePublished\":\"2031-03-12T10:32:00+01:00\",\"author\":[{\"name\":\"Lena Marsh\"},"
    "{\"name\":\"Per Holt\"}],\"publisher\":{\"name\":\"Tidings Group\"}}]}</script>"
    "<style>p{color:red}</style></head><body>"
    "<nav><a href=/>Home</a> <a href=/w>World</a></nav>"
    "<header class=site>The Tidings</header>"
    "<article><header><h1>Forty fishermen freed</h1></header>"
    "<figure><img src=a.jpg alt=boat><figcaption>A boat at the quay.</figcaption></figure>"
    "<p>The government of <b>Verania</b>\n freed forty&nbsp;men &amp; two women.<p>They sailed home"
    "<br>on Tuesday.<script>alert(1)</script>"
    "<div class=\"share-bar\"><button>Like</button> Tell a friend.</div>"
    "<p hidden>Secret.</p><p style=\"display:none\">Also secret.</p>"
    "<table><tr><td>Almar</td><td>forty</td></tr></table>"
    "<pre>  two\n  lines</pre></article>"
    "<aside><p>Other stories of the day.</p></aside>"
    "<form><label>Mail</label><input></form><footer>All about us.</footer></body></html>";

static void a_page_becomes_blocks_of_visible_text(void **state)
{
    (void)state;
    stm_source_document *source = read_page(page);
    assert_sound(source);
    assert_text(source->text, "Home World\n\nThe Tidings\n\nForty fishermen freed\n\n"
                              "A boat at the quay.\n\nThe government of Verania freed forty\xC2\xA0"
                              "men & two women.\n\nThey sailed home\non Tuesday.\n\n"
                              "Like\n\nTell a friend.\n\nAlmar\tforty\n\n  two\n  lines\n\n"
                              "Other stories of the day.\n\nMail\n\nAll about us.");
    stm_source_free(source);
}

static void elements_of_the_page_are_furniture_and_the_article_is_not(void **state)
{
    (void)state;
    static const char *const furniture[] = {"Home World", "The Tidings",   "A boat at",
                                            "Like",       "Tell a friend", "Other stories",
                                            "Mail",       "All about us"};
    static const char *const kept[] = {"Forty fishermen", "The government", "They sailed", "Almar",
                                       "two\n"};
    stm_source_document *source = read_page(page);
    for (size_t i = 0; i < sizeof furniture / sizeof *furniture; i++) {
        assert_true(is_marked(source, furniture[i]));
    }
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        assert_false(is_marked(source, kept[i]));
    }
    stm_source_free(source);
}

static void a_page_tells_its_title_date_author_publisher_and_address(void **state)
{
    (void)state;
    stm_source_document *source = read_page(page);
    assert_text(source->fields.title, "Forty fishermen freed");
    assert_text(source->fields.published.edtf, "2031-03-12T10:32:00+01:00");
    assert_text(source->fields.byline, "Lena Marsh, Per Holt");
    assert_text(source->fields.publisher, "Tidings Group");
    assert_text(source->fields.uri, "https://tidings.example/forty");
    assert_text(source->fields.language, "en-GB");
    assert_text(source->fields.media_type, "text/html");
    stm_source_free(source);
}

static void meta_elements_stand_in_for_linked_data(void **state)
{
    (void)state;
    stm_source_document *source = read_page(
        "<title>Storm over Almar - The Tidings</title>"
        "<meta property=\"article:author\" content=\"https://social.example/holt\">"
        "<meta property=\"og:url\" content=\"/relative\"><meta name=author content=\"Per Holt\">"
        "<meta property=\"og:site_name\" content=\"The Tidings\">"
        "<meta property=\"article:published_time\" content=\"2031-04-01\">"
        "<script type=\"application/ld+json\">{broken</script>"
        "<p>The storm took two boats, the harbour master said on Monday.");
    assert_text(source->fields.title, "Storm over Almar");
    assert_text(source->fields.byline, "Per Holt");
    assert_text(source->fields.publisher, "The Tidings");
    assert_text(source->fields.published.edtf, "2031-04-01");
    assert_text(source->fields.uri, "sample");
    stm_source_free(source);
    source =
        read_page("<time datetime=soon>soon</time><time datetime=\"2031-04-02T08:00Z\">x</time>"
                  "<p>The storm took two boats, the harbour master said on Monday.");
    assert_text(source->fields.published.edtf, "2031-04-02T08:00Z");
    stm_source_free(source);
}

static void character_references_of_linked_data_are_decoded(void **state)
{
    (void)state;
    stm_source_document *source = read_page(
        "<script type=\"application/ld+json\">{\"headline\":\"Truce signed: &quot;Ink &amp;amp; "
        "paper&#8221; &#x2013; &lt;b&gt; A&T; &nothing; &#0; &#55296; &#99999999; &\","
        "\"author\":[{\"name\":\"Se&aacute;n O&apos;Hale\"}],"
        "\"publisher\":{\"name\":\"Marsh &amp; Sons\"}}</script>"
        "<p>The storm took two boats, the harbour master said on Monday.");
    assert_text(source->fields.title,
                "Truce signed: \"Ink &amp; paper\xE2\x80\x9D \xE2\x80\x93 <b> A&T; &nothing; &#0; "
                "&#55296; &#99999999; &");
    assert_text(source->fields.byline, "Se\xC3\xA1n O'Hale");
    assert_text(source->fields.publisher, "Marsh & Sons");
    stm_source_free(source);
}

static void a_wrapper_that_holds_the_article_is_not_furniture(void **state)
{
    (void)state;
    stm_source_document *source =
        read_page("<body><form id=aspnet><div class=\"page has-sidebar share related\">"
                  "<p>The first man was freed in May.<p>The second was freed in June."
                  "<p class=\"lead related\">The third was freed in July.<p>The fourth was freed "
                  "in August.</div></form>");
    assert_int_equal(source->furniture_count, 0);
    stm_source_free(source);
}

static void a_page_without_text_is_refused(void **state)
{
    (void)state;
    static const char html[] = "<html><script>x</script><p> </p></html>";
    stm_problems_to_buffer(&problems);
    assert_null(read_sized(STM_ENTRY_HTML, html, sizeof html - 1, &problems));
    assert_true(has_code(&problems, "EMPTY_FILE"));
    stm_problems_free(&problems);
}

/* `head`, then `piece` again and again up to `size` bytes, then `tail`. */
static void assert_survives(const char *head, const char *piece, size_t size, const char *tail)
{
    char *html = malloc(size + strlen(head) + strlen(tail) + 1);
    assert_non_null(html);
    size_t used = strlen(head);
    memcpy(html, head, used);
    size_t step = strlen(piece);
    while (used + step <= size) {
        memcpy(html + used, piece, step);
        used += step;
    }
    memcpy(html + used, tail, strlen(tail));
    used += strlen(tail);
    stm_problems_to_buffer(&problems);
    clock_t begin = clock();
    stm_source_document *source = read_sized(STM_ENTRY_HTML, html, used, &problems);
    double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
    if (source != NULL) {
        assert_sound(source);
    } else {
        assert_int_equal(problems.counts[STM_SEVERITY_ERROR], 1);
    }
    if (seconds > 60) {
        fail_msg("%.40s took %.1f seconds", piece, seconds);
    }
    if (getenv("STEMMA_TEST_TIMES") != NULL) {
        print_message("%8.2f s  %zu bytes of %.40s\n", seconds, used, piece);
    }
    stm_source_free(source);
    stm_problems_free(&problems);
    free(html);
}

static void hostile_pages_neither_crash_nor_hang(void **state)
{
    (void)state;
    size_t small = 1u << 19;
    assert_survives("", "<", 10u << 20, "");
    assert_survives("<p>before", "<div>", 500000, "after");
    assert_survives("<p>before", "<div><p>x", 900000, "");
    assert_survives("<p>x", "</b>", small, "");
    assert_survives("<p>x", "<b><i>", small, "</b></i>");
    assert_survives("<p>x", "<a href='", small, "");
    assert_survives("<p>x", "&amp;&lt;&bogus;&#0;&#x110000;", small, "");
    assert_survives("<p>x", "&", small, "");
    assert_survives("<p>x<!--", "--!>", small, "");
    assert_survives("<p>x<script>", "</scrip", small, "");
    assert_survives("<p>x<b ", "a=b ", small, ">y");
    assert_survives("<p>x", "<p class=share>y", small, "");
    assert_survives("<p>x", "<table><tr><td>", small, "");
    assert_survives("<p>x", "<h1>t", small, "");
    assert_survives("<p>x", "<!DOCTYPE a [<!ENTITY b 'c'>]>&b;", small, "");
    assert_survives("<p>x<script type='application/ld+json'>", "[", small, "</script>");
    assert_survives("<p>x", "<time datetime=2031-01-01>", small, "");
    assert_survives("<p>x", "<meta name=author content=A>", small, "");
}

static void a_page_that_is_too_deep_is_read_in_part_and_reported(void **state)
{
    (void)state;
    size_t depth = 100000;
    char *html = malloc(depth * 5 + 64);
    assert_non_null(html);
    size_t used = (size_t)sprintf(html, "<p>Verania freed forty men.");
    for (size_t i = 0; i < depth; i++) {
        memcpy(html + used, "<div>", 5);
        used += 5;
    }
    stm_problems_to_buffer(&problems);
    stm_source_document *source = read_sized(STM_ENTRY_HTML, html, used, &problems);
    assert_non_null(source);
    assert_text(source->text, "Verania freed forty men.");
    assert_true(has_code(&problems, "HTML_TOO_DEEP"));
    stm_source_free(source);
    stm_problems_free(&problems);
    free(html);
}

static int set_up(void **state)
{
    (void)state;
    stm_read_initialize();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_becomes_blocks_of_visible_text),
        cmocka_unit_test(elements_of_the_page_are_furniture_and_the_article_is_not),
        cmocka_unit_test(a_page_tells_its_title_date_author_publisher_and_address),
        cmocka_unit_test(meta_elements_stand_in_for_linked_data),
        cmocka_unit_test(character_references_of_linked_data_are_decoded),
        cmocka_unit_test(a_wrapper_that_holds_the_article_is_not_furniture),
        cmocka_unit_test(a_page_without_text_is_refused),
        cmocka_unit_test(hostile_pages_neither_crash_nor_hang),
        cmocka_unit_test(a_page_that_is_too_deep_is_read_in_part_and_reported),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
