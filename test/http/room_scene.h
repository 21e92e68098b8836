/* What the tests of workshops share: an organisation with a round, its desk, its room and the phones in it. */
#ifndef JALON_TEST_HTTP_ROOM_SCENE_H
#define JALON_TEST_HTTP_ROOM_SCENE_H

#include "http/visit.h"

#include "base/buf.h"
#include "rounds/tally.h"

#define NOTICE "controller=Belloy&contact=Claire&purpose=To+know&retention=Two+years"

enum { PHONES_MAX = 8 };

struct scene {
	struct visit *v;
	struct product *p;
	struct site *site;
	struct arena *a;
	struct member owner;
	const char *round;            /* "/rounds/…" */
	struct str room;              /* "/w/…" */
	struct str phone[PHONES_MAX]; /* their cookies */
};

static inline struct scene scene_of(void **state)
{
	struct visit *v = *state;
	struct scene s = { .v = v, .p = v->product, .site = v->product->site, .a = v->a };

	(void)store_sql(v->store,
			"DELETE FROM workshop_item; DELETE FROM workshop; DELETE FROM participant; "
			"DELETE FROM round; "
			"DELETE FROM audit WHERE object_kind = 'round'");
	s.owner = product_member(s.p, "Maison Belloy", ROLE_OWNER);
	return s;
}

/* ---- asking ---- */

static inline const char *desk_path(struct scene *s, const char *page)
{
	return str_fmt(s->a, "%s/workshop%s", s->round, page).data;
}

static inline struct response desk(struct scene *s, const char *page)
{
	return member_get(s->p, &s->owner, desk_path(s, page));
}

static inline int64_t version(struct scene *s)
{
	return store_sql(s->v->store, "SELECT version FROM workshop");
}

/* A button of the desk, on the version that there is now. */
static inline struct response press(struct scene *s, const char *page, const char *form)
{
	return member_post(
		s->p, &s->owner, desk_path(s, page),
		str_fmt(s->a, "version=%lld%s%s", (long long)version(s), *form ? "&" : "", form)
			.data);
}

static inline void do_it(struct scene *s, const char *page, const char *form)
{
	struct response got = press(s, page, form);

	assert_status(&got, 303);
}

static inline void open_vote(struct scene *s, const char *item)
{
	const char *form = str_fmt(s->a, "item=%s", item).data;

	do_it(s, "/go", form);
	do_it(s, "/open", form);
}

static inline struct response ask(struct scene *s, const char *method, struct str path,
				  struct str cookie, const char *more, const char *form)
{
	const char *headers =
		str_fmt(s->a, "Sec-Fetch-Site: same-origin\n%s%s%.*s%s", more,
			cookie.len ? "Cookie: " : "", STR_ARG(cookie), cookie.len ? "\n" : "")
			.data;

	return site_request(s->site, method, str_c(s->a, path), headers, str_from(form));
}

static inline struct response see(struct scene *s, int phone)
{
	return ask(s, "GET", s->room, s->phone[phone], "", "");
}

static inline struct response vote(struct scene *s, int phone, const char *item, int number,
				   const char *answer)
{
	return ask(s, "POST", str_fmt(s->a, "%.*s/vote", STR_ARG(s->room)), s->phone[phone], "",
		   str_fmt(s->a, "item=%s&vote=%d&answer=%s", item, number, answer).data);
}

static inline void votes(struct scene *s, int phone, const char *item, int number,
			 const char *answer)
{
	struct response got = vote(s, phone, item, number, answer);

	assert_status(&got, 303);
}

/* ---- a scene ---- */

static inline void make_round(struct scene *s, const char *fields)
{
	struct response got = member_post(
		s->p, &s->owner, "/rounds",
		str_fmt(s->a, "title=Printemps&threshold=3&access=public&%s&" NOTICE, fields).data);
	struct str to = answer_header(&got, "Location");

	assert_status(&got, 303);
	s->round = str_c(s->a, str_slice(to, s->owner.org.len, to.len));
	got = member_post(s->p, &s->owner, str_fmt(s->a, "%s/open", s->round).data, "version=1");
	assert_status(&got, 303);
}

static inline void start(struct scene *s, const char *form)
{
	struct response got = member_post(s->p, &s->owner, desk_path(s, ""), form);
	struct str code;

	assert_status(&got, 303);
	code = store_rows(s->v->store, "SELECT code FROM workshop");
	s->room = str_fmt(s->a, "/w/%.*s", STR_ARG(str_slice(code, 0, 6)));
}

static inline void join(struct scene *s, int n, const char *form)
{
	for (int i = 0; i < n; i++) {
		struct response got = ask(s, "POST", s->room, S(""), "", form);
		struct str cookie = answer_header(&got, "Set-Cookie");

		assert_status(&got, 303);
		assert_true(str_contains(cookie, str_fmt(s->a, "; Path=%.*s;", STR_ARG(s->room))));
		assert_true(str_contains(cookie, S("HttpOnly; SameSite=Lax")));
		s->phone[i] = str_cut(&cookie, ';');
	}
}

/* A workshop in an open campaign that nobody has answered, with `n` in the room. */
static inline void live(struct scene *s, const char *mode, int n)
{
	make_round(s, str_fmt(s->a, "mode=%s", mode).data);
	start(s, "names=1");
	join(s, n, str_is(str_from(mode), "nominative") ? "name=Ada" : "");
}

static inline int64_t counted(struct scene *s, int number, const char *value)
{
	return store_sql(s->v->store,
			 str_fmt(s->a,
				 "SELECT coalesce(sum(n), 0) FROM tally WHERE vote = %d AND "
				 "item = 'lineage' AND value = '%s'",
				 number, value)
				 .data);
}

static inline void assert_shows(const struct response *got, const char *text)
{
	if (!str_contains(got->body, str_from(text)))
		print_error("# %s is not in:\n%.*s\n", text, (int)got->body.len, got->body.data);
	assert_true(str_contains(got->body, str_from(text)));
}

static inline void assert_hides(const struct response *got, const char *text)
{
	assert_false(str_contains(got->body, str_from(text)));
}

#endif
