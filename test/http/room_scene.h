/* What the tests of workshops share besides: the desk of a campaign's workshop, its room and the phones in it. */
#ifndef JALON_TEST_HTTP_ROOM_SCENE_H
#define JALON_TEST_HTTP_ROOM_SCENE_H

#include "http/campaign_scene.h"

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
	return store_sql(s->v->store,
			 str_fmt(s->a, "SELECT version FROM workshop WHERE round_id = %lld",
				 (long long)s->id)
				 .data);
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

static inline struct response see(struct scene *s, int phone)
{
	return ask(s, "GET", s->room, s->phone[phone], "");
}

static inline struct response vote(struct scene *s, int phone, const char *item, int number,
				   const char *answer)
{
	return ask(s, "POST", str_fmt(s->a, "%.*s/vote", STR_ARG(s->room)), s->phone[phone],
		   str_fmt(s->a, "item=%s&vote=%d&answer=%s", item, number, answer).data);
}

static inline void votes(struct scene *s, int phone, const char *item, int number,
			 const char *answer)
{
	struct response got = vote(s, phone, item, number, answer);

	assert_status(&got, 303);
}

/* ---- a scene ---- */

/* An open campaign by the public link, with that besides. */
static inline void hold_open(struct scene *s, const char *fields)
{
	launch(s, str_fmt(s->a, "title=Printemps&threshold=3&access=public&%s", fields).data, NULL);
}

static inline void start(struct scene *s, const char *form)
{
	struct response got = member_post(s->p, &s->owner, desk_path(s, ""), form);
	struct str code;

	assert_status(&got, 303);
	code = store_rows(
		s->v->store,
		str_fmt(s->a, "SELECT code FROM workshop WHERE round_id = %lld", (long long)s->id)
			.data);
	s->room = str_fmt(s->a, "/w/%.*s", STR_ARG(str_slice(code, 0, 6)));
}

static inline void join(struct scene *s, int n, const char *form)
{
	for (int i = 0; i < n; i++) {
		struct response got = ask(s, "POST", s->room, S(""), form);
		struct str cookie = answer_header(&got, "Set-Cookie");

		assert_status(&got, 303);
		assert_true(str_contains(cookie, str_fmt(s->a, "; Path=%.*s;", STR_ARG(s->room))));
		assert_true(str_contains(cookie, S("HttpOnly; SameSite=Lax")));
		s->phone[i] = cookie_of(&got);
	}
}

/* A workshop in an open campaign that nobody has answered, with `n` in the room. */
static inline void live(struct scene *s, const char *mode, int n)
{
	hold_open(s, str_fmt(s->a, "mode=%s", mode).data);
	start(s, "names=1");
	join(s, n, s->is_named ? "name=Ada" : "");
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

#endif
