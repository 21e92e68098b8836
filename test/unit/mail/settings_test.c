/* The settings of mail: what they mean together, and what is refused. */
#include "unit/test.h"

#include "mail/mail.h"

static struct arena arena;

static int set_up(void **state)
{
	(void)state;
	arena_init(&arena, 1 << 20);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static struct mail_words words(const char *smtp, const char *security)
{
	return (struct mail_words){
		.smtp = str_from(smtp),
		.security = str_from(security),
		.from = S("jalon@example.org"),
	};
}

static void assert_url(const char *smtp, const char *security, const char *url,
		       enum mail_security expected)
{
	const struct mail_words w = words(smtp, security);
	struct mail_settings s;
	struct str why;

	if (mail_settings_read(&arena, LANG_EN, &w, &s, &why) != 0)
		fail_msg("%s: %.*s", smtp, STR_ARG(why));
	assert_str(s.url, url);
	assert_int_equal(s.security, expected);
}

static void assert_refused(const struct mail_words *w, const char *setting)
{
	struct mail_settings s;
	struct str why = { "", 0 };

	if (mail_settings_read(&arena, LANG_EN, w, &s, &why) == 0)
		fail_msg("taken: %.*s %.*s", STR_ARG(w->smtp), STR_ARG(w->from));
	if (!str_starts(why, str_from(setting)))
		fail_msg("%.*s: not about %s: %.*s", STR_ARG(w->smtp), setting, STR_ARG(why));
}

static void scheme_security_and_port_go_together(void **state)
{
	(void)state;
	assert_url("smtp://mail.example.org", "", "smtp://mail.example.org:587", MAIL_STARTTLS);
	assert_url("smtp://mail.example.org:2525/", "starttls", "smtp://mail.example.org:2525",
		   MAIL_STARTTLS);
	assert_url("smtps://mail.example.org", "", "smtps://mail.example.org:465", MAIL_TLS);
	assert_url("smtp://mail.example.org", "tls", "smtps://mail.example.org:465", MAIL_TLS);
	assert_url("smtp://localhost", "off", "smtp://localhost:25", MAIL_CLEAR);
	assert_url("smtp://[::1]:2525", "off", "smtp://[::1]:2525", MAIL_CLEAR);
}

static void servers_that_are_none_are_refused(void **state)
{
	static const char *const wrong[] = {
		"mail.example.org", "http://mail.example.org",
		"smtp://",          "smtp://a b",
		"smtp://a:0",       "smtp://a:65536",
		"smtp://a:x",       "smtp://a/b",
		"smtp://a?b",       "smtp://user:secret@a",
		"smtp://[::1",      "smtp://[x]:25",
		"smtp://[::1]25",   "smtp://a\r\nMAIL FROM:<b>",
	};

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		const struct mail_words w = words(wrong[i], "");

		assert_refused(&w, "smtp:");
	}
	assert_refused(&(struct mail_words){ .smtp = S("smtp://a"), .security = S("maybe") },
		       "smtp-security:");
	assert_refused(&(struct mail_words){ .smtp = S("smtps://a"), .security = S("starttls") },
		       "smtp-security:");
	assert_refused(&(struct mail_words){ .smtp = S("smtps://a"), .security = S("off") },
		       "smtp-security:");
}

static void name_and_password_go_together(void **state)
{
	struct mail_words w = words("smtp://mail.example.org", "");
	struct mail_settings s;
	struct str why;

	(void)state;
	w.user = S("jalon");
	assert_refused(&w, "smtp-password:");
	w.password = S("secret");
	assert_int_equal(mail_settings_read(&arena, LANG_EN, &w, &s, &why), 0);
	/* In clear only where nobody is in between. */
	w.security = S("off");
	assert_refused(&w, "smtp-security:");
	w.smtp = S("smtp://127.0.0.1:25");
	assert_int_equal(mail_settings_read(&arena, LANG_EN, &w, &s, &why), 0);
	w.user = (struct str){ "", 0 };
	assert_refused(&w, "smtp-user:");
	w.user = S("a\r\nb");
	assert_refused(&w, "smtp-user");
}

static void senders(void **state)
{
	static const char *const wrong[] = {
		"",
		"jalon",
		"Jalon <jalon@example.org",
		"<a@b.org> x",
		"a@b.org\r\nBcc: c",
		"J\nalon <a@b.org>",
		"Jalon <a@é.org>",
		"Jalon <a@b.org> <c@d>",
		"a@@b.org",
	};
	struct mail_words w = words("smtp://mail.example.org", "");
	struct mail_settings s;
	struct str why;

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		w.from = str_from(wrong[i]);
		assert_refused(&w, "mail-from:");
	}
	w.from = S("\"Conseil & Cie\" <jalon@example.org>");
	assert_int_equal(mail_settings_read(&arena, LANG_EN, &w, &s, &why), 0);
	assert_str(s.from.name, "Conseil & Cie");
	assert_str(s.from.address, "jalon@example.org");
}

static void nothing_without_a_server(void **state)
{
	struct mail_settings s = { .url = S("x") };
	struct str why;

	(void)state;
	assert_int_equal(mail_settings_read(&arena, LANG_EN,
					    &(struct mail_words){ .smtp = { "", 0 } }, &s, &why),
			 0);
	assert_int_equal(s.url.len, 0);
	assert_refused(&(struct mail_words){ .from = S("a@b.org") }, "smtp:");
	assert_refused(&(struct mail_words){ .password = S("secret") }, "smtp:");
}

static void addresses(void **state)
{
	static const char *const right[] = { "a@b.org", "a.b+c=d@e-f.org", "o'neil@localhost" };
	static const char *const wrong[] = {
		"",          "a",       "@b.org",      "a@",         "a b@c.org",
		"a@b c",     "a@b,c",   "a<b@c.org",   "a@b.org>",   "a\r@b.org",
		"a@b\n.org", "é@b.org", "\"a\"@b.org", "a@b..org",   "a@b.org.",
		"a@.org",    "a@b@c",   "a;b@c.org",   "a@[1.2.3.4]"
	};

	(void)state;
	for (size_t i = 0; i < sizeof right / sizeof *right; i++)
		if (!mail_address_ok(str_from(right[i])))
			fail_msg("refused: %s", right[i]);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		if (mail_address_ok(str_from(wrong[i])))
			fail_msg("taken: %s", wrong[i]);
}

#define in_arena(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
TEST_MAIN(in_arena(scheme_security_and_port_go_together),
	  in_arena(servers_that_are_none_are_refused), in_arena(name_and_password_go_together),
	  in_arena(senders), in_arena(nothing_without_a_server), in_arena(addresses))
