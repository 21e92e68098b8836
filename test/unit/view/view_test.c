#include "view/view.h"

#include <string.h>

#include "page.h"
#include "request.h"
#include "sample.h"
#include "sample_tpl.h"

static const struct sample_item ITEMS[] = { { STR("one & two") }, { STR("three") } };
static const struct sample SAMPLE = {
	.text = STR("<b>\"'&"),
	.c_text = "c",
	.number = 1234567,
	.count = 2,
	.small = 1,
	.items = ITEMS,
	.n_items = 2,
	.raw = { STR("<hr>") },
};

static struct str render(struct arena *a, enum language l, const struct sample *sample)
{
	struct req rq = request_make(a, l);
	struct view v = view_make(&rq);

	sample_page(&v, sample);
	return view_html(&v).markup;
}

static void escapes_by_place(void **state)
{
	struct str page = render(*state, LANG_EN, &SAMPLE);

	assert_has(page, "<p id=\"text\">&lt;b&gt;&#34;&#39;&amp;</p>");
	assert_has(page, " title=\"&lt;b&gt;&#34;&#39;&amp;\"");
	assert_has(page, "aria-label=\"About &lt;b&gt;&#34;&#39;&amp;\">About &lt;b&gt;");
	assert_has(page, "<a id=\"whole\" href=\"%3Cb%3E%22%27&amp;\"");
	assert_has(page, "href=\"/data/c/%3Cb%3E%22%27%26/q?x=c&amp;y=1#%3Cb%3E%22%27%26\"");
	assert_has(page, "<textarea name=\"t\">\n&lt;b&gt;");
	assert_has(page, "name=\"csrf\" value=\"t&lt;oken\">");
	assert_has(page, "<hr>\n<svg class=\"ic\" aria-hidden=\"true\" focusable=\"false\">"
			 "<use href=\"/data/assets/icons.svg#i-next\"/></svg>\n</body>");
}

static void speaks_the_language(void **state)
{
	struct sample sample = SAMPLE;
	struct str english = render(*state, LANG_EN, &sample);
	struct str french = render(*state, LANG_FR, &sample);

	assert_has(english, "data-n=\"1234567\" class=\"a off\">1,234,567</p>");
	assert_has(french, "data-n=\"1234567\" class=\"a off\">1\u202f234\u202f567</p>");
	assert_has(english, "<p id=\"plural\">1 sheet</p>");
	sample.small = 0;
	assert_has(render(*state, LANG_EN, &sample), "<p id=\"plural\">0 sheets</p>");
}

static void follows_branches_and_loops(void **state)
{
	struct sample sample = SAMPLE;
	struct str page = render(*state, LANG_EN, &sample);

	assert_has(page, "<p id=\"first\">2</p>\n<p id=\"part-of\">one &amp; two</p>");
	assert_has(page, "<ol>\n<li>0 one &amp; two</li>\n<li>1 three</li>\n</ol>");
	sample.is_on = true;
	page = render(*state, LANG_EN, &sample);
	assert_has(page, "<p id=\"second\">2</p>");
	assert_has(page, "class=\"a on\"");
	assert_has(page, "value=\"c\" checked>");
	sample.count = 0;
	sample.n_items = 0;
	assert_has(render(*state, LANG_EN, &sample), "<ol>\n</ol>\n<p id=\"third\"></p>");
}

static void judges_addresses(void **state)
{
	static const struct {
		const char *address, *want;
	} cases[] = {
		{ "", "" },
		{ "/a?b=c&d#e", "/a?b=c&amp;d#e" },
		{ "https://example.org/%20", "https://example.org/%20" },
		{ "HTTP://example.org", "HTTP://example.org" },
		{ "mailto:a@example.org", "mailto:a@example.org" },
		{ "page:2", "#" },
		{ "?x=javascript:1", "?x=javascript:1" },
		{ "javascript:alert(1)", "#" },
		{ "JaVaScRiPt:alert(1)", "#" },
		{ " javascript:alert(1)", "#" },
		{ "java\tscript:alert(1)", "#" },
		{ "\1javascript:alert(1)", "#" },
		{ "data:text/html,x", "#" },
		{ "vbscript:x", "#" },
		{ "/\t/example.org", "/%09/example.org" },
		{ "\\\\example.org", "%5C%5Cexample.org" },
		{ "\"onclick=\"x", "%22onclick=%22x" },
		{ "é", "%C3%A9" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct req rq = request_make(*state, LANG_FR);
		struct view v = view_make(&rq);

		view_url(&v, str_from(cases[i].address));
		assert_str(buf_str(&v.out), cases[i].want);
	}
}

static void encodes_components(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "aZ09-._~", "aZ09-._~" },
		{ "a/b?c#d", "a%2Fb%3Fc%23d" },
		{ "a&b=c", "a%26b%3Dc" },
		{ "%", "%25" },
		{ ".", "-" },
		{ "..", "-" },
		{ "...", "..." },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct req rq = request_make(*state, LANG_FR);
		struct view v = view_make(&rq);

		view_component(&v, cases[i].text);
		assert_str(buf_str(&v.out), cases[i].want);
	}
}

/* What stands beside a name from right to left keeps its order. */
static void isolates_what_may_turn(void **state)
{
	struct req rq = request_make(*state, LANG_EN);
	struct view v = view_make(&rq);

	view_put(&v, S("Élan & fils"));
	view_put(&v, S("<שלום>"));
	view_put(&v, S("\u202Eabc"));
	view_put_plain(&v, S("שלום"));
	view_put_attribute(&v, S("שלום"));
	assert_str(buf_str(&v.out), "Élan &amp; fils<bdi>&lt;שלום&gt;</bdi><bdi>\u202Eabc</bdi>"
				    "שלוםשלום");
}

static void takes_every_integer(void **state)
{
	struct req rq = request_make(*state, LANG_EN);
	struct view v = view_make(&rq);

	view_put(&v, (short)-1);
	view_put(&v, 2u);
	view_put(&v, 3ul);
	view_put(&v, (uint8_t)4);
	view_put_attribute(&v, 5000ll);
	view_put_attribute(&v, (size_t)6000);
	view_put_attribute(&v, INT64_MIN);
	assert_str(buf_str(&v.out), "-123450006000-9223372036854775808");
}

/* As a body is put into its shell: what was written stays, wherever it now stands. */
static void puts_pages_into_pages(void **state)
{
	struct req rq = request_make(*state, LANG_EN);
	struct view body = view_make(&rq), first = view_make(&rq), again = view_make(&rq);
	struct str markup = render(*state, LANG_EN, &SAMPLE);
	struct html h;

	buf_put(&body.out, markup);
	h = view_html(&body);
	buf_puts(&first.out, "<before>");
	view_html_put(&first, h);
	buf_puts(&again.out, "<other>");
	view_html_put(&again, h);
	view_html_put(&again, h);
	buf_puts(&again.out, "<end>");
	assert_str(buf_str(&first.out), str_fmt(*state, "<before>%s", markup.data).data);
	assert_str(buf_str(&again.out),
		   str_fmt(*state, "<other>%s%s<end>", markup.data, markup.data).data);
	/* More than there was room for. */
	for (size_t i = 0; i < 80; i++)
		buf_put(&first.out, markup);
	assert_int_equal(first.out.len, 8 + 81 * markup.len);
	assert_str(h.markup, str_c(*state, markup));
}

/* What does not fit before a page is copied, and so is the page behind it. */
static void copies_what_has_no_room(void **state)
{
	struct req rq = request_make(*state, LANG_EN);
	struct view body = view_make(&rq), shell = view_make(&rq);
	char *long_text = arena_new(*state, char, 20001);

	memset(long_text, 'x', 20000);
	buf_puts(&body.out, long_text);
	buf_puts(&body.out, long_text);
	buf_puts(&shell.out, long_text);
	view_html_put(&shell, view_html(&body));
	buf_puts(&shell.out, "end");
	assert_int_equal(shell.out.len, 60003);
	assert_int_equal(strspn(shell.out.data, "x"), 60000);
}

TEST_MAIN(unit_test(escapes_by_place), unit_test(speaks_the_language),
	  unit_test(follows_branches_and_loops), unit_test(judges_addresses),
	  unit_test(encodes_components), unit_test(isolates_what_may_turn),
	  unit_test(takes_every_integer), unit_test(puts_pages_into_pages),
	  unit_test(copies_what_has_no_room))
