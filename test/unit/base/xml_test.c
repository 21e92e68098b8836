/* XML 1.0: what must be escaped, and what may not stand in it at all. */
#include "base/xml.h"

#include "../test.h"

enum { ROOM = 256 };

static struct str escaped(struct arena *a, struct str s)
{
	struct buf b = buf_make(a, ROOM);

	xml_text(&b, s);
	return buf_str(&b);
}

static void escapes_markup(void **state)
{
	assert_str(escaped(*state, S("<a href=\"x\">&amp;</a>")),
		   "&lt;a href=&quot;x&quot;&gt;&amp;amp;&lt;/a&gt;");
	assert_str(escaped(*state, S("]]>")), "]]&gt;");
}

static void keeps_what_stands_for_itself(void **state)
{
	assert_str(escaped(*state, S("")), "");
	assert_str(escaped(*state, S("plain, it's")), "plain, it's");
	assert_str(escaped(*state, S("été\x7F & 😀!")), "été\x7F &amp; 😀!");
	assert_str(escaped(*state, S("&é")), "&amp;é");
	assert_str(escaped(*state, S("é&")), "é&amp;");
}

static void keeps_spaces_in_attributes(void **state)
{
	assert_str(escaped(*state, S("a\tb\r\nc")), "a&#9;b&#13;&#10;c");
}

static void shows_what_is_lost(void **state)
{
	assert_str(escaped(*state, S("a\x01z\x1F")), "a\uFFFDz\uFFFD");
	assert_str(escaped(*state, S("\xEF\xBF\xBE\xEF\xBF\xBF")), "\uFFFD\uFFFD");
	assert_str(escaped(*state, S("a\xFFz\xC3")), "a\uFFFDz\uFFFD");
}

TEST_MAIN(unit_test(escapes_markup), unit_test(keeps_what_stands_for_itself),
	  unit_test(keeps_spaces_in_attributes), unit_test(shows_what_is_lost))
