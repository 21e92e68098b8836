/* Mails as text: see message.h. */
#include "mail/message.h"

#include <time.h>

#include "base/buf.h"
#include "base/token.h"
#include "base/utf8.h"

enum {
	LINE_MAX = 76,  /* of an encoded body, RFC 2045, 6.7 */
	PLAIN_MAX = 60, /* a longer header is encoded, and so folded */
	WORD_MAX = 63,  /* encoded bytes of one word: 75 less "=?UTF-8?Q?" and "?=" */
};

static bool is_plain(struct str s, const char *unwanted)
{
	if (s.len > PLAIN_MAX || str_contains(s, S("=?")))
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (s.data[i] < ' ' || s.data[i] > '~' ||
		    str_contains(str_from(unwanted), str_make(s.data + i, 1)))
			return false;
	return true;
}

/* One code point in the Q encoding; only what RFC 2047, 5 (3) allows in names stands for itself. */
static struct str encode_point(struct buf *b, struct str point)
{
	b->len = 0;
	for (size_t i = 0; i < point.len; i++) {
		unsigned char c = (unsigned char)point.data[i];

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
			buf_putc(b, (char)c);
		else if (c == ' ')
			buf_putc(b, '_');
		else
			buf_fmt(b, "=%02X", c);
	}
	return buf_str(b);
}

/* `s` as encoded words, none of which cuts a character in two. */
static void put_words(struct buf *b, struct str s)
{
	char memory[32];
	struct buf point = buf_fixed(memory, sizeof memory);
	size_t used = 0;

	buf_puts(b, "=?UTF-8?Q?");
	while (s.len > 0) {
		struct str rest = s, encoded;

		(void)utf8_next(&rest);
		encoded = encode_point(&point, str_make(s.data, s.len - rest.len));
		if (used + encoded.len > WORD_MAX) {
			buf_puts(b, "?=\r\n =?UTF-8?Q?");
			used = 0;
		}
		buf_put(b, encoded);
		used += encoded.len;
		s = rest;
	}
	buf_puts(b, "?=");
}

static void put_address(struct buf *b, const char *header, const struct mail_address *address)
{
	buf_fmt(b, "%s: ", header);
	if (address->name.len > 0) {
		if (is_plain(address->name, "\"\\"))
			buf_fmt(b, "\"%.*s\"", STR_ARG(address->name));
		else
			put_words(b, address->name);
		buf_puts(b, "\r\n ");
	}
	buf_fmt(b, "<%.*s>\r\n", STR_ARG(address->address));
}

static void put_date(struct buf *b, int64_t ms)
{
	static const char days[][4] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
	static const char months[][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
					  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	time_t seconds = (time_t)(ms / 1000);
	struct tm t;

	gmtime_r(&seconds, &t);
	buf_fmt(b, "Date: %s, %d %s %d %02d:%02d:%02d +0000\r\n", days[t.tm_wday], t.tm_mday,
		months[t.tm_mon], t.tm_year + 1900, t.tm_hour, t.tm_min, t.tm_sec);
}

/* One line of the body, in as many as it takes. */
static void put_line(struct buf *b, struct str line)
{
	size_t used = 0;

	for (size_t i = 0; i < line.len; i++) {
		unsigned char c = (unsigned char)line.data[i];
		bool is_last = i + 1 == line.len;
		bool is_bare = c >= ' ' && c <= '~' && c != '=' && !(c == ' ' && is_last);
		size_t takes = is_bare ? 1 : 3;

		/* One is kept for the mark that the line goes on. */
		if (used + takes > LINE_MAX - 1) {
			buf_puts(b, "=\r\n");
			used = 0;
		}
		if (is_bare)
			buf_putc(b, (char)c);
		else
			buf_fmt(b, "=%02X", c);
		used += takes;
	}
	buf_puts(b, "\r\n");
}

static const char *wrong(const struct message *m)
{
	const struct mail_letter *l = m->letter;

	if (!mail_address_ok(l->to.address))
		return "the address cannot be written to: name@host, in ASCII";
	if (!mail_address_ok(m->from.address))
		return "the sender's address cannot be used";
	if (!mail_is_one_line(l->to.name) || !mail_is_one_line(l->subject) ||
	    !mail_is_one_line(m->from.name))
		return "a line end or another control character in the name or the subject";
	return NULL;
}

int message_write(struct arena *a, const struct message *m, struct str *ret, const char **ret_why)
{
	const struct mail_letter *l = m->letter;
	struct str host = m->from.address, rest = l->body;
	struct buf b = buf_make(a, MESSAGE_MAX);

	*ret_why = wrong(m);
	if (*ret_why)
		return 1;
	(void)str_cut(&host, '@');
	put_date(&b, m->date_ms);
	put_address(&b, "From", &m->from);
	put_address(&b, "To", &l->to);
	buf_puts(&b, "Subject: ");
	if (is_plain(l->subject, ""))
		buf_put(&b, l->subject);
	else
		put_words(&b, l->subject);
	buf_fmt(&b,
		"\r\nMessage-ID: <%.*s@%.*s>\r\nAuto-Submitted: auto-generated\r\n"
		"Content-Language: %.*s\r\nMIME-Version: 1.0\r\n"
		"Content-Type: text/plain; charset=UTF-8\r\n"
		"Content-Transfer-Encoding: quoted-printable\r\n\r\n",
		STR_ARG(id_text(a, m->id)), STR_ARG(host), STR_ARG(language_code(l->language)));
	while (rest.data && rest.len > 0)
		put_line(&b, str_cut(&rest, '\n'));
	if (b.full) {
		*ret_why = "the text is too long";
		return 1;
	}
	*ret = buf_str(&b);
	return 0;
}
