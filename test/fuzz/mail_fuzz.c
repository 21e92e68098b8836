/*
 * Any text as address, name, subject and body of a mail, a line each and the rest: a message has exactly its headers,
 * every line is short ASCII, and what was put in is read back. And as the settings of a server.
 */
#include "mail/message.h"

#include <assert.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "fuzz.h"

enum { INPUT_MAX = 16384, LINE_BYTES_MAX = 78, HEADER_BYTES_MAX = 400 };

static int hex(char c)
{
	static const char digits[] = "0123456789ABCDEF";
	const char *at = c ? strchr(digits, c) : NULL;

	assert(at);
	return (int)(at - digits);
}

/* Undoes "=41", and in a header "_". */
static struct str decoded(struct arena *a, struct str s, bool is_header)
{
	struct buf b = buf_make(a, s.len + 1);

	for (size_t i = 0; i < s.len; i++) {
		if (s.data[i] == '=') {
			assert(i + 2 < s.len);
			buf_putc(&b, (char)(hex(s.data[i + 1]) * 16 + hex(s.data[i + 2])));
			i += 2;
		} else {
			buf_putc(&b, is_header && s.data[i] == '_' ? ' ' : s.data[i]);
		}
	}
	return buf_str(&b);
}

/* A header's value: plain, or encoded words with nothing but a fold between them. */
static struct str words_of(struct arena *a, struct str s)
{
	static const struct str begin = STR("=?UTF-8?Q?");
	struct buf b = buf_make(a, s.len + 1);

	if (!str_starts(s, begin))
		return s;
	while (s.len) {
		size_t end = begin.len;

		assert(str_starts(s, begin));
		while (!str_starts(str_slice(s, end, s.len), S("?=")))
			assert(++end < s.len);
		buf_put(&b, decoded(a, str_slice(s, begin.len, end), true));
		assert(utf8_valid(buf_str(&b)));
		s = str_slice(s, end + 2, s.len);
		if (str_starts(s, S(" ")))
			s = str_slice(s, 1, s.len);
	}
	return buf_str(&b);
}

static struct str next_line(struct str *rest)
{
	struct str line = str_cut(rest, '\n');

	assert(rest->data && str_ends(line, S("\r")));
	line.len--;
	for (size_t i = 0; i < line.len; i++)
		assert(line.data[i] >= ' ' && line.data[i] <= '~');
	return line;
}

/* The headers in their order, each once; what is folded is joined. */
static void check_headers(struct arena *a, struct str *rest, const struct mail_letter *l)
{
	static const char *const names[] = {
		"Date",
		"From",
		"To",
		"Subject",
		"Message-ID",
		"Auto-Submitted",
		"Content-Language",
		"MIME-Version",
		"Content-Type",
		"Content-Transfer-Encoding",
	};
	struct str line = next_line(rest);

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct buf value = buf_make(a, 4 * INPUT_MAX);
		struct str name = str_cut(&line, ':');

		assert(str_is(name, names[i]) && str_starts(line, S(" ")));
		buf_put(&value, str_slice(line, 1, line.len));
		for (line = next_line(rest); str_starts(line, S(" ")); line = next_line(rest)) {
			assert(line.len <= HEADER_BYTES_MAX);
			buf_put(&value, line);
		}
		if (strcmp(names[i], "Subject") == 0)
			assert(str_eq(words_of(a, buf_str(&value)), l->subject));
		if (strcmp(names[i], "To") == 0)
			assert(str_ends(buf_str(&value),
					str_fmt(a, "<%.*s>", STR_ARG(l->to.address))));
	}
	assert(line.len == 0);
}

static struct str body_of(struct arena *a, struct str rest)
{
	struct buf b = buf_make(a, 4 * INPUT_MAX);

	while (rest.len) {
		struct str line = next_line(&rest);
		bool goes_on = str_ends(line, S("="));

		assert(line.len <= LINE_BYTES_MAX && !str_ends(line, S(" ")));
		buf_put(&b, decoded(a, str_slice(line, 0, line.len - goes_on), false));
		if (!goes_on)
			buf_putc(&b, '\n');
	}
	return buf_str(&b);
}

static void check_settings(struct arena *a, struct str one, struct str two, struct str three)
{
	struct mail_words words = { one, S(""), two, S("secret"), S(""), three };
	struct mail_settings settings;
	struct str why = { "", 0 };

	if (mail_settings_read(a, LANG_EN, &words, &settings, &why) != 0) {
		assert(why.len > 0);
		return;
	}
	assert(one.len == 0 || settings.host.len > 0);
	assert(settings.url.len == 0 || mail_address_ok(settings.from.address));
	assert(mail_is_one_line(settings.url) && mail_is_one_line(settings.from.name));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str rest = str_make((const char *)data, size), text, body;
	struct mail_letter letter = { .language = LANG_FR };
	struct message m = { { S("Jalon"), S("jalon@example.org") }, &letter, 7, 1700000000000 };
	const char *why = NULL;
	struct arena a;

	if (size > INPUT_MAX || !utf8_valid(rest))
		return 0;
	arena_init(&a, (size_t)64 << 20);
	letter.to.address = str_cut(&rest, '\n');
	letter.to.name = str_cut(&rest, '\n');
	letter.subject = str_cut(&rest, '\n');
	letter.body = rest;
	check_settings(&a, letter.to.address, letter.to.name, letter.subject);
	if (message_write(&a, &m, &text, &why) != 0) {
		assert(why);
	} else {
		check_headers(&a, &text, &letter);
		body = body_of(&a, text);
		if (!str_ends(letter.body, S("\n")) && body.len)
			body.len--;
		assert(str_eq(body, letter.body));
	}
	arena_release(&a);
	return 0;
}
