/*
 * Mail on both databases, handed to a real SMTP server (test/harness/smtp.py) by the real thread: links to
 * new passwords, invitations, personal links, reminders; and servers that do not take them at once.
 */
#include "http/campaign_scene.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/timing.h"
#include "mail/mail.h"
#include "phases/mails.h"

enum { WAIT_MS = 20 * 1000, FILE_MAX = 64 * 1024, TOKEN = 22 };

struct post {
	struct visit *v;
	struct product *p;
	struct arena *a;
	struct mail_settings settings;
	struct mailer *mailer;
	int n_reports;
	struct scene s; /* whose mails they are */
};

static void count_report(void *arg, const struct mail_report *report)
{
	struct post *post = arg;

	(void)report;
	post->n_reports++;
}

/* The mails that the server took before this test: it serves all of them. */
static int n_taken(struct arena *a)
{
	int n = 0;

	while (access(str_fmt(a, "%s/%04d.txt", getenv("TEST_SMTP_MAILS"), n + 1).data, F_OK) == 0)
		n++;
	return n;
}

/* The n-th mail, from 1, as Python's email package reads it. */
static struct str mail_text(struct arena *a, int n)
{
	const char *path = str_fmt(a, "%s/%04d.txt", getenv("TEST_SMTP_MAILS"), n).data;
	char *text = arena_new(a, char, FILE_MAX);
	FILE *f = fopen(path, "r");
	size_t len;

	assert_non_null(f);
	len = fread(text, 1, FILE_MAX - 1, f);
	(void)fclose(f);
	return str_make(text, len);
}

/* The mail to `address` among those after the first `before`: several may come in any order. */
static struct str mail_to(struct arena *a, int before, const char *address)
{
	const char *envelope = str_fmt(a, "Envelope: jalon@test.local %s\n", address).data;

	for (int n = n_taken(a); n > before; n--)
		if (str_starts(mail_text(a, n), str_from(envelope)))
			return mail_text(a, n);
	fail_msg("no mail to %s", address);
	return (struct str){ "", 0 };
}

static void start(struct post *post)
{
	const struct mailer_config config = {
		.settings = &post->settings,
		.site = { S("http://test.local"), hmac_key(post->p->config.secret) },
		.pool = post->p->pool,
		.kinds = all_mails,
		.report = count_report,
		.report_arg = post,
		.poll_ms = 20,
		.retry_ms = 50,
		.timeout_ms = 5000,
	};
	struct err err;

	assert_ok(mail_init(&err), &err);
	assert_ok(mailer_start(post->a, &config, &post->mailer, &err), &err);
}

static struct post *post_of(void **state)
{
	struct visit *v = *state;
	struct post *post = arena_new(v->a, struct post, 1);
	struct str why;

	*post = (struct post){ .v = v, .p = v->product, .a = v->a };
	post->p->config.has_mail = true;
	post->p->site = site_make(post->a, &post->p->config);
	if (mail_settings_read(post->a, LANG_EN,
			       &(struct mail_words){
				       .smtp = str_fmt(post->a, "smtp://127.0.0.1:%s",
						       getenv("TEST_SMTP_PORT")),
				       .security = S("off"),
				       .from = S("Jalon d’essai <jalon@test.local>"),
			       },
			       &post->settings, &why) != 0)
		fail_msg("%.*s", STR_ARG(why));
	post->s = scene_of(state);
	return post;
}

/* Until no mail waits. */
static void wait_sent(struct post *post)
{
	int64_t until = time_mono_ms() + WAIT_MS;

	while (store_sql(post->v->store, "SELECT count(*) FROM mail WHERE state = 'waiting'") > 0) {
		assert_true(time_mono_ms() < until);
		(void)usleep(10 * 1000);
	}
}

/* Sends what waits and ends the thread. */
static void deliver(struct post *post)
{
	start(post);
	wait_sent(post);
	mailer_stop(post->mailer);
}

/* The path that the mail's link has after "http://test.local". */
static const char *link_in(struct post *post, struct str mail, const char *kind)
{
	const char *before = str_fmt(post->a, "http://test.local%s", kind).data;
	const char *at = memmem(mail.data, mail.len, before, strlen(before));

	if (!at)
		fail_msg("no %s in: %.*s", before, STR_ARG(mail));
	return str_c(post->a, str_make(at + strlen("http://test.local"), strlen(kind) + TOKEN));
}

static void assert_has(struct str text, const char *part)
{
	if (!str_contains(text, str_from(part)))
		fail_msg("no \"%s\" in: %.*s", part, STR_ARG(text));
}

static void assert_lacks(struct str text, const char *part)
{
	if (str_contains(text, str_from(part)))
		fail_msg("\"%s\" in: %.*s", part, STR_ARG(text));
}

/* ---- a forgotten password ---- */

static struct response forgot(struct post *post, struct str email)
{
	return site_post(post->p->site, "/sign-in/forgotten",
			 str_fmt(post->a, "email=%.*s", STR_ARG(email)).data);
}

static void a_forgotten_password(void **state)
{
	struct post *post = post_of(state);
	int before = n_taken(post->a);
	struct response known = forgot(post, post->s.owner.email);
	struct response unknown = forgot(post, S("nobody@example.org"));
	const char *link;
	struct str mail, page;

	/* The same answer, and the same writes. */
	assert_status(&known, 303);
	assert_status(&unknown, 303);
	assert_true(str_eq(answer_header(&known, "Location"), answer_header(&unknown, "Location")));
	assert_true(known.headers.n == unknown.headers.n);
	assert_int_equal(store_sql(post->v->store, "SELECT count(*) FROM mail"), 2);
	assert_int_equal(store_sql(post->v->store, "SELECT count(*) FROM account_link"), 2);
	page = site_get(post->p->site, "/sign-in/forgotten?sent=1").body;
	assert_has(page, "Si cette adresse a un compte");

	deliver(post);
	assert_int_equal(n_taken(post->a), before + 1);
	assert_int_equal(store_sql(post->v->store, "SELECT count(*) FROM mail"), 0);
	mail = mail_text(post->a, before + 1);
	assert_has(mail, str_fmt(post->a, "Envelope: jalon@test.local %.*s\n",
				 STR_ARG(post->s.owner.email))
				 .data);
	assert_has(mail, "From: Jalon d’essai <jalon@test.local>\n");
	assert_has(mail, "Subject: Your new password on Jalon\n");
	assert_has(mail, "Auto-Submitted: auto-generated\n");
	link = link_in(post, mail, "/reset/");
	known = site_get(post->p->site, link);
	assert_status(&known, 200);
	known = site_post(post->p->site, link, "password=quatre+chevaux+bleus+dansent");
	assert_status(&known, 303);
	known = site_get(post->p->site, link);
	assert_status(&known, 410);
}

static void a_link_is_not_mailed_twice_in_a_row(void **state)
{
	struct post *post = post_of(state);
	int before = n_taken(post->a);
	const char *link;
	struct response got;

	(void)forgot(post, post->s.owner.email);
	deliver(post);
	(void)forgot(post, post->s.owner.email);
	deliver(post);
	assert_int_equal(n_taken(post->a), before + 1);
	/* What came first still works. */
	link = link_in(post, mail_text(post->a, before + 1), "/reset/");
	got = site_get(post->p->site, link);
	assert_status(&got, 200);
}

static void a_closed_account_gets_nothing(void **state)
{
	struct post *post = post_of(state);
	int before = n_taken(post->a);

	(void)store_sql(post->v->store,
			str_fmt(post->a, "UPDATE account SET disabled_ms = 1 WHERE id = %lld",
				(long long)post->s.owner.account_id)
				.data);
	(void)forgot(post, post->s.owner.email);
	deliver(post);
	assert_int_equal(n_taken(post->a), before);
	assert_int_equal(store_sql(post->v->store, "SELECT count(*) FROM mail"), 0);
}

/* A stranger's typing never becomes a row that somebody sees. */
static void a_refused_address_is_forgotten(void **state)
{
	struct post *post = post_of(state);

	(void)store_sql(post->v->store,
			str_fmt(post->a,
				"UPDATE account SET email = 'gone@example.org' WHERE id = %lld",
				(long long)post->s.owner.account_id)
				.data);
	(void)forgot(post, S("gone@example.org"));
	deliver(post);
	assert_int_equal(store_sql(post->v->store, "SELECT count(*) FROM mail"), 0);
}

static void requests_are_bounded(void **state)
{
	struct post *post = post_of(state);
	struct response got;

	(void)store_sql(
		post->v->store,
		str_fmt(post->a,
			"INSERT INTO mail (org_id, id, kind, object_id, language, state, attempts, next_ms,"
			" created_ms, expires_ms) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL"
			" SELECT i + 1 FROM n WHERE i < %d)"
			" SELECT 1, i, 'reset', i, '', 'waiting', 0, 0, 0, 0 FROM n",
			MAIL_PRIVATE_WAITING_MAX)
			.data);
	got = forgot(post, post->s.owner.email);
	assert_status(&got, 503);
	got = forgot(post, S("nobody@example.org"));
	assert_status(&got, 503);
}

static void nonsense_is_refused(void **state)
{
	static const char *const wrong[] = {
		"nobody",    "a%0D%0ABcc:%20b@example.org", "",
		"a@b@c.org", "%22a%22@example.org",         "a@ex%C3%A9mple.org"
	};
	struct post *post = post_of(state);

	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct response got = forgot(post, str_from(wrong[i]));

		if (got.status != 422 && got.status != 400)
			fail_msg("%s: %d", wrong[i], got.status);
	}
	assert_int_equal(store_sql(post->v->store, "SELECT count(*) FROM mail"), 0);
}

static void without_a_server_links_are_copied(void **state)
{
	struct visit *v = *state;
	struct response got = site_get(v->product->site, "/sign-in/forgotten");

	assert_status(&got, 200);
	assert_has(got.body, "Ce site n’envoie pas de courriels");
	assert_lacks(got.body, "<form class=\"flow\"");
	got = site_post(v->product->site, "/sign-in/forgotten", "email=a@example.org");
	assert_status(&got, 404);
	got = site_get(v->product->site, "/sign-in");
	assert_lacks(got.body, "/sign-in/forgotten");
	got = member_get(v->product, &v->owner, "/members");
	assert_lacks(got.body, "name=\"email\"");
	got = member_post(v->product, &v->owner, "/members/invite",
			  "role=viewer&days=7&label=x&email=a@example.org");
	assert_status(&got, 303);
	assert_int_equal(store_sql(v->store, "SELECT count(*) FROM mail"), 0);
}

/* ---- an invitation to an organisation ---- */

static void an_invitation(void **state)
{
	struct post *post = post_of(state);
	int before = n_taken(post->a);
	struct response got = member_post(post->p, &post->s.owner, "/members/invite",
					  "role=editor&days=7&label=&email=Lea@Example.org");
	struct str mail;
	const char *link;

	assert_status(&got, 303);
	got = member_get(post->p, &post->s.owner, "/members");
	assert_has(got.body, "En route vers lea@example.org");
	deliver(post);
	mail = mail_text(post->a, before + 1);
	assert_has(mail, "To: lea@example.org\n");
	assert_has(mail, "vous invite sur Jalon, dans Maison Belloy");
	link = link_in(post, mail, "/join/");
	got = site_get(post->p->site, link);
	assert_status(&got, 200);
	assert_has(got.body, "Maison Belloy");
	got = member_get(post->p, &post->s.owner, "/members");
	assert_has(got.body, "Envoyé à lea@example.org");
	/* The link rests nowhere. */
	assert_lacks(store_rows(post->v->store, "SELECT * FROM mail"), link + strlen("/join/"));
}

static void a_withdrawn_invitation_is_not_sent(void **state)
{
	struct post *post = post_of(state);
	int before = n_taken(post->a);

	(void)member_post(post->p, &post->s.owner, "/members/invite",
			  "role=editor&days=7&label=&email=lea@example.org");
	(void)store_sql(post->v->store, "UPDATE org_invitation SET revoked_ms = 1");
	deliver(post);
	assert_int_equal(n_taken(post->a), before);
	assert_int_equal(store_sql(post->v->store, "SELECT count(*) FROM mail"), 0);
}

/* ---- a campaign ---- */

static struct response page_of(struct post *post)
{
	return get(&post->s, "/participants");
}

static struct response act(struct post *post, const char *form)
{
	return member_post(post->p, &post->s.owner,
			   str_fmt(post->a, "%s/participants/mail", post->s.round).data, form);
}

/* An open campaign with those people. */
static void campaign(struct post *post, const char *mode, const char *people)
{
	launch(&post->s,
	       str_fmt(post->a,
		       "title=%%C3%%89t%%C3%%A9+%%3A+o%%C3%%B9+en+%%C3%%AAtes-vous%%E2%%80%%AF%%3F"
		       "&threshold=5&mode=%s&access=both&language=fr",
		       mode)
		       .data,
	       people);
}

static int64_t count(struct post *post, const char *where)
{
	return store_sql(post->v->store,
			 str_fmt(post->a,
				 "SELECT count(*) FROM participant WHERE org_id = %lld AND %s",
				 (long long)post->s.owner.org_id, where)
				 .data);
}

static void personal_links(void **state)
{
	struct post *post = post_of(state);
	int before = n_taken(post->a);
	struct response got;
	struct str mail;

	campaign(
		post, "anonymous",
		"%C3%89lo%C3%AFse+Brun;eloise@example.org;;fr%0ABob;bob@example.org;;en%0APaper+only");
	got = page_of(post);
	assert_has(got.body, "Envoyer le lien à 2 personnes");
	got = act(post, "act=all");
	assert_status(&got, 303);
	/* Pressed twice: nobody gets two. */
	got = act(post, "act=all");
	assert_true(str_ends(answer_header(&got, "Location"), S("?nobody=1")));
	deliver(post);
	assert_int_equal(n_taken(post->a), before + 2);
	mail = mail_to(post->a, before, "eloise@example.org");
	assert_has(mail, "To: Éloïse Brun <eloise@example.org>\n");
	assert_has(mail, "Subject: Votre avis est attendu\u00a0: Été : où en êtes-vous\u202f?\n");
	assert_has(mail, "Bonjour Éloïse Brun,");
	assert_has(mail, "Claire Renoux");
	got = site_get(post->p->site, link_in(post, mail, "/p/"));
	assert_status(&got, 200);
	mail = mail_to(post->a, before, "bob@example.org");
	assert_has(mail, "Hello Bob,");
	assert_has(mail, "?lang=en");
	assert_int_equal(count(post, "invited_ms IS NOT NULL"), 2);
	assert_int_equal(store_sql(post->v->store, "SELECT count(*) FROM mail"), 0);
	/* A day has not passed. */
	got = act(post, "act=remind");
	assert_true(str_ends(answer_header(&got, "Location"), S("?nobody=1")));
}

static void only_those_who_have_not_answered_are_reminded(void **state)
{
	struct post *post = post_of(state);
	int before = n_taken(post->a);
	struct response got;

	campaign(post, "anonymous",
		 "Ann;ann@example.org%0ABob;bob@example.org%0ACid;cid@example.org");
	(void)store_sql(post->v->store, "UPDATE participant SET invited_ms = 1");
	(void)store_sql(
		post->v->store,
		"UPDATE participant SET state = 'answered', answered_day = 0 WHERE name = 'Ann'");
	got = act(post, "act=remind");
	assert_true(str_ends(answer_header(&got, "Location"), S("?mailed=2")));
	/* Cid answers while the reminder waits. */
	(void)store_sql(
		post->v->store,
		"UPDATE participant SET state = 'answered', answered_day = 0 WHERE name = 'Cid'");
	deliver(post);
	assert_int_equal(n_taken(post->a), before + 1);
	assert_has(mail_text(post->a, before + 1), "To: Bob <bob@example.org>\n");
	assert_has(mail_text(post->a, before + 1), "Votre avis manque encore");
	assert_int_equal(count(post, "reminded_ms IS NOT NULL"), 1);
	/* Nothing is left that would say when Cid's was dropped. */
	assert_int_equal(store_sql(post->v->store, "SELECT count(*) FROM mail"), 0);
	got = act(post, "act=remind");
	assert_true(str_ends(answer_header(&got, "Location"), S("?nobody=1")));
	(void)store_sql(post->v->store,
			"UPDATE participant SET reminded_ms = reminded_ms - 86400001");
	got = act(post, "act=remind");
	assert_true(str_ends(answer_header(&got, "Location"), S("?mailed=1")));
}

/* What changed while a link waited counts. */
static void links_nobody_needs_any_more_are_not_sent(void **state)
{
	static const char *const changes[] = {
		"UPDATE participant SET state = 'answered', answered_day = 0",
		"UPDATE participant SET revoked_ms = 1",
		"UPDATE participant SET email = NULL",
		"UPDATE round SET state = 'closed', closed_ms = 1",
	};
	struct post *post = post_of(state);
	int before = n_taken(post->a);

	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		campaign(post, "nominative", "Ann;ann@example.org");
		(void)act(post, "act=all");
		assert_int_equal(store_sql(post->v->store, "SELECT count(*) FROM mail"), 1);
		(void)store_sql(post->v->store, changes[i]);
		deliver(post);
		assert_int_equal(n_taken(post->a), before);
		assert_int_equal(store_sql(post->v->store, "SELECT count(*) FROM mail"), 0);
	}
}

static void some_of_them(void **state)
{
	struct post *post = post_of(state);
	int before = n_taken(post->a);
	struct response got;
	struct str page;
	const char *box;

	campaign(post, "nominative", "Ann;ann@example.org%0ABob;bob@example.org");
	page = page_of(post).body;
	box = memmem(page.data, page.len, "name=\"p-", strlen("name=\"p-"));
	assert_non_null(box);
	got = act(post, str_fmt(post->a, "act=chosen&%.15s=1", box + strlen("name=\"")).data);
	assert_true(str_ends(answer_header(&got, "Location"), S("?mailed=1")));
	deliver(post);
	assert_int_equal(n_taken(post->a), before + 1);
	assert_int_equal(count(post, "invited_ms IS NOT NULL"), 1);
	got = act(post, "act=nonsense");
	assert_status(&got, 400);
	got = act(post, "act=chosen&p-0000000000000=1");
	assert_true(str_ends(answer_header(&got, "Location"), S("?nobody=1")));
}

static void what_became_of_them_is_shown(void **state)
{
	struct post *post = post_of(state);
	int before = n_taken(post->a);
	struct response got;

	campaign(post, "nominative",
		 "Ann;gone@example.org%0ABob;full@example.org%0ACid;grey-c@example.org"
		 "%0ADan;dan@example.org");
	(void)act(post, "act=all");
	deliver(post);
	/* The one who was asked to come back did. */
	assert_int_equal(n_taken(post->a), before + 2);
	(void)mail_to(post->a, before, "grey-c@example.org");
	assert_int_equal(count(post, "invited_ms IS NOT NULL"), 2);
	got = page_of(post);
	assert_has(visit_unescape(post->a, got.body),
		   "courriel non remis\u00a0: 550 5.1.1 No such person here");
	assert_has(visit_unescape(post->a, got.body),
		   "courriel non remis\u00a0: 552 5.2.2 Mailbox full");
	assert_has(got.body, "lien envoyé le");
	assert_has(got.body, "2 non remis");
	/* They are tried again when asked for, and only they. */
	got = act(post, "act=all");
	assert_true(str_ends(answer_header(&got, "Location"), S("?mailed=2")));
}

static void hostile_names_are_just_names(void **state)
{
	struct post *post = post_of(state);
	int before = n_taken(post->a);
	struct str mail;

	campaign(post, "nominative",
		 "%3D%3FUTF-8%3FQ%3Fx%3F%3D;one@example.org%0AEve;two@example.org");
	/* No list has such a name: it would be an address. */
	(void)store_sql(post->v->store,
			"UPDATE participant SET name = 'Eve, <evil@example.org>\\\"' "
			"WHERE email = 'two@example.org'");
	(void)act(post, "act=all");
	deliver(post);
	mail = mail_to(post->a, before, "one@example.org");
	assert_has(mail, "Bonjour =?UTF-8?Q?x?=,");
	mail = mail_to(post->a, before, "two@example.org");
	assert_has(mail, "<two@example.org>\n");
	/* A line end in a name, past every form: the mail is refused, not sent with another header. */
	(void)store_sql(post->v->store,
			"UPDATE participant SET invited_ms = NULL, "
			"name = 'Eve\r\nBcc: all@example.org' WHERE email = 'two@example.org'");
	(void)act(post, "act=all");
	deliver(post);
	assert_int_equal(n_taken(post->a), before + 2);
	assert_has(page_of(post).body, "a line end or another control character");
}

/* ---- servers and programs that end ---- */

static void a_mail_broken_off_is_sent_by_the_next(void **state)
{
	struct post *post = post_of(state);
	int before = n_taken(post->a);

	campaign(post, "nominative", "Sam;slow@example.org");
	(void)act(post, "act=all");
	start(post);
	(void)usleep(400 * 1000); /* the server thinks it over for longer */
	mailer_stop(post->mailer);
	assert_int_equal(
		store_sql(post->v->store, "SELECT count(*) FROM mail WHERE state = 'waiting'"), 1);
	/* What was being sent is due at once on a file's database, else when its time is over. */
	if (post->v->store->is_postgres)
		(void)store_sql(post->v->store, "UPDATE mail SET next_ms = 0");
	deliver(post);
	assert_true(n_taken(post->a) > before);
	assert_int_equal(count(post, "invited_ms IS NOT NULL"), 1);
}

static void a_server_that_is_away_is_waited_for(void **state)
{
	struct post *post = post_of(state);
	int before = n_taken(post->a);
	struct mail_settings right = post->settings;
	struct response got;

	campaign(post, "nominative", "Ann;ann@example.org");
	(void)act(post, "act=all");
	post->settings.url = S("smtp://127.0.0.1:1");
	start(post);
	while (store_sql(post->v->store, "SELECT count(*) FROM mail WHERE attempts > 0") == 0)
		(void)usleep(10 * 1000);
	mailer_stop(post->mailer);
	got = page_of(post);
	assert_has(got.body, "nouvelle tentative bientôt");
	assert_int_equal(n_taken(post->a), before);
	post->settings = right;
	(void)store_sql(post->v->store, "UPDATE mail SET next_ms = 0");
	deliver(post);
	assert_int_equal(n_taken(post->a), before + 1);
}

static void what_is_too_old_is_given_up(void **state)
{
	struct post *post = post_of(state);

	campaign(post, "nominative", "Ann;ann@example.org");
	(void)act(post, "act=all");
	(void)store_sql(post->v->store, "UPDATE mail SET expires_ms = 1");
	post->settings.url = S("smtp://127.0.0.1:1");
	deliver(post);
	/* A month later it is forgotten too. */
	assert_int_equal(
		store_sql(post->v->store, "SELECT count(*) FROM mail WHERE state = 'failed'"), 1);
	start(post);
	while (store_sql(post->v->store, "SELECT count(*) FROM mail") > 0)
		(void)usleep(10 * 1000);
	mailer_stop(post->mailer);
}

TEST_MAIN(visit_test(a_forgotten_password), visit_test(a_link_is_not_mailed_twice_in_a_row),
	  visit_test(a_closed_account_gets_nothing), visit_test(a_refused_address_is_forgotten),
	  visit_test(requests_are_bounded), visit_test(nonsense_is_refused),
	  visit_test(without_a_server_links_are_copied), visit_test(an_invitation),
	  visit_test(a_withdrawn_invitation_is_not_sent), visit_test(personal_links),
	  visit_test(only_those_who_have_not_answered_are_reminded),
	  visit_test(links_nobody_needs_any_more_are_not_sent), visit_test(some_of_them),
	  visit_test(what_became_of_them_is_shown), visit_test(hostile_names_are_just_names),
	  visit_test(a_mail_broken_off_is_sent_by_the_next),
	  visit_test(a_server_that_is_away_is_waited_for), visit_test(what_is_too_old_is_given_up))
