/* Mails as text, against RFC 5322, 2045 and 2047. */
#include "unit/test.h"

#include "base/buf.h"
#include "mail/message.h"

static struct arena arena;

static int set_up(void **state)
{
	(void)state;
	arena_init(&arena, 8 << 20);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static int write_it(struct mail_letter letter, struct str *ret, const char **ret_why)
{
	if (!letter.to.address.len)
		letter.to.address = S("lea@example.org");
	return message_write(&arena,
			     &(struct message){ .from = { S("Jalon"), S("jalon@example.org") },
						.letter = &letter,
						.id = 1,
						.date_ms = 1795641600000 + 3723000 },
			     ret, ret_why);
}

static struct str written(struct mail_letter letter)
{
	struct str text = { "", 0 };
	const char *why;

	if (write_it(letter, &text, &why) != 0)
		fail_msg("%s", why);
	return text;
}

/* What every server takes: ASCII, no line over 78, each ended by \r\n. */
static void assert_wire(struct str text)
{
	size_t line = 0;

	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.data[i];

		assert_true(c < 0x7F && (c >= ' ' || c == '\r' || c == '\n'));
		assert_int_equal(c == '\r', i + 1 < text.len && text.data[i + 1] == '\n');
		if (c == '\n')
			line = 0;
		else
			assert_true(++line <= 79);
	}
	assert_true(str_ends(text, S("\r\n")));
}

static void a_plain_one(void **state)
{
	(void)state;
	assert_str(written((struct mail_letter){ .to = { S("Lea"), S("lea@example.org") },
						 .language = LANG_EN,
						 .subject = S("Hello"),
						 .body = S("One.\n.\nThree = 3 \n") }),
		   "Date: Wed, 25 Nov 2026 22:22:03 +0000\r\n"
		   "From: \"Jalon\"\r\n <jalon@example.org>\r\n"
		   "To: \"Lea\"\r\n <lea@example.org>\r\n"
		   "Subject: Hello\r\n"
		   "Message-ID: <0000000000001@example.org>\r\n"
		   "Auto-Submitted: auto-generated\r\n"
		   "Content-Language: en\r\n"
		   "MIME-Version: 1.0\r\n"
		   "Content-Type: text/plain; charset=UTF-8\r\n"
		   "Content-Transfer-Encoding: quoted-printable\r\n"
		   "\r\nOne.\r\n.\r\nThree =3D 3=20\r\n");
}

static void names_and_subjects_in_any_script(void **state)
{
	static const char name[] =
		"Éloïse Müller-Œuvrard\u202f! 日本語 عربى 👩🏽‍🚀 ";
	struct buf b = buf_make(&arena, 4096);
	struct str text;

	(void)state;
	for (int i = 0; i < 8; i++)
		buf_puts(&b, name);
	text = written((struct mail_letter){ .to = { buf_str(&b), S("lea@example.org") },
					     .subject = buf_str(&b),
					     .body = buf_str(&b) });
	assert_wire(text);
	assert_true(str_contains(text, S("=?UTF-8?Q?=C3=89lo=C3=AFse_M=C3=BCller")));
	/* What looks like an encoded word is encoded itself. */
	text = written((struct mail_letter){ .subject = S("=?UTF-8?Q?x?=") });
	assert_true(str_contains(text, S("Subject: =?UTF-8?Q?=3D=3FUTF=2D8=3FQ=3Fx=3F=3D?=\r\n")));
	text = written(
		(struct mail_letter){ .to = { S("a\" <b@c.org>, \\"), S("lea@example.org") } });
	assert_true(str_contains(text, S("To: =?UTF-8?Q?a=22_=3Cb=40c=2Eorg=3E=2C_=5C?=\r\n")));
}

static void long_lines_are_broken_softly(void **state)
{
	struct buf b = buf_make(&arena, 1 << 16);

	(void)state;
	for (int i = 0; i < 5000; i++)
		buf_puts(&b, i % 7 ? "x" : "é");
	assert_wire(written((struct mail_letter){ .subject = S("x"), .body = buf_str(&b) }));
}

static void no_header_can_be_added(void **state)
{
	static const char *const wrong[] = {
		"a\nBcc: b@c.org", "a\r\nBcc: b@c.org", "a\rb", "\n", "a\x01", "a\x7f"
	};
	struct str text;
	const char *why;

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct mail_letter letter = { .to = { str_from(wrong[i]), S("lea@example.org") } };

		assert_int_equal(write_it(letter, &text, &why), 1);
		assert_non_null(strstr(why, "control character"));
		letter = (struct mail_letter){ .subject = str_from(wrong[i]) };
		assert_int_equal(write_it(letter, &text, &why), 1);
		letter = (struct mail_letter){ .to.address = str_fmt(&arena, "lea@example.org%s",
								     wrong[i]) };
		assert_int_equal(write_it(letter, &text, &why), 1);
		assert_non_null(strstr(why, "address"));
	}
}

static void an_endless_text_is_refused(void **state)
{
	enum { HUGE = MESSAGE_MAX + 1 };
	char *data = arena_new(&arena, char, HUGE);
	struct str text;
	const char *why;

	(void)state;
	memset(data, 'x', HUGE);
	assert_int_equal(
		write_it((struct mail_letter){ .body = str_make(data, HUGE) }, &text, &why), 1);
	assert_non_null(strstr(why, "too long"));
}

#define in_arena(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
TEST_MAIN(in_arena(a_plain_one), in_arena(names_and_subjects_in_any_script),
	  in_arena(long_lines_are_broken_softly), in_arena(no_header_can_be_added),
	  in_arena(an_endless_text_is_refused))
