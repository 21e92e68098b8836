/* What the tests of campaigns share: an organisation, a campaign, who runs it and who answers. */
#ifndef JALON_TEST_HTTP_CAMPAIGN_SCENE_H
#define JALON_TEST_HTTP_CAMPAIGN_SCENE_H

#include "http/visit.h"

#define NOTICE \
	"controller=Belloy&contact=Claire+Renoux&purpose=To+know+where+we+stand&retention=Two+years"

struct scene {
	struct visit *v;
	struct product *p;
	struct arena *a;
	struct member owner;
	const char *round; /* "/rounds/…" */
};

static inline struct scene scene_of(void **state)
{
	struct visit *v = *state;
	struct scene s = { .v = v, .p = v->product, .a = v->a };

	/* The visit's own campaign would be counted with the tests'. */
	(void)store_sql(v->store, "DELETE FROM participant; DELETE FROM round; "
				  "DELETE FROM audit WHERE object_kind = 'round'");
	s.owner = product_member(s.p, "Maison Belloy", ROLE_OWNER);
	visit_departments(v, &s.owner, 31, (const char *const[]){ "Ventes", "Logistique" }, 2);
	return s;
}

static inline struct response post(struct scene *s, const char *page, const char *form)
{
	return member_post(s->p, &s->owner, str_fmt(s->a, "%s%s", s->round, page).data, form);
}

static inline struct response get(struct scene *s, const char *page)
{
	return member_get(s->p, &s->owner, str_fmt(s->a, "%s%s", s->round, page).data);
}

/* Makes a campaign with those fields besides its name and threshold. */
static inline void make(struct scene *s, const char *fields)
{
	struct response got =
		member_post(s->p, &s->owner, "/rounds",
			    str_fmt(s->a, "title=Printemps&threshold=5&%s&" NOTICE, fields).data);
	struct str to = answer_header(&got, "Location");

	assert_status(&got, 303);
	s->round = str_c(s->a, str_slice(to, s->owner.org.len, to.len));
}

static inline void open_it(struct scene *s)
{
	struct response got = post(s, "/open", "version=1");

	assert_status(&got, 303);
	assert_str(store_rows(s->v->store, "SELECT state FROM round"), "open\n");
}

/* The path of the first link of that kind ("/r/", "/p/") that a page shows. */
static inline struct str link_in(struct scene *s, const struct response *got, const char *kind)
{
	enum { TOKEN = 22 };
	const char *before = str_fmt(s->a, "http://test.local%s", kind).data;
	const char *at = memmem(got->body.data, got->body.len, before, strlen(before));

	assert_non_null(at);
	return str_make(at + strlen("http://test.local"), strlen(kind) + TOKEN);
}

static inline struct str public_link(struct scene *s)
{
	struct response got = get(s, "");

	assert_status(&got, 200);
	return link_in(s, &got, "/r/");
}

/* A request of a respondent's browser, with a cookie or without. */
static inline struct response ask(struct scene *s, const char *method, struct str path,
				  struct str cookie, const char *form)
{
	const char *headers =
		str_fmt(s->a, "Sec-Fetch-Site: same-origin\n%s%.*s%s", cookie.len ? "Cookie: " : "",
			STR_ARG(cookie), cookie.len ? "\n" : "")
			.data;

	return site_request(s->p->site, method, str_c(s->a, path), headers, str_from(form));
}

static inline struct response visit_it(struct scene *s, struct str path)
{
	return ask(s, "GET", path, S(""), "");
}

/* Begins by a link: the sheet's path, "/c/…"; the cookie into *ret_cookie. */
static inline struct str begin(struct scene *s, struct str link, const char *form,
			       struct str *ret_cookie)
{
	struct response got = ask(s, "POST", link, S(""), form);
	struct str cookie = answer_header(&got, "Set-Cookie");

	assert_status(&got, 303);
	*ret_cookie = str_cut(&cookie, ';');
	return answer_header(&got, "Location");
}

static inline struct response answer(struct scene *s, struct str sheet, const char *question,
				     const char *value)
{
	return product_answer(s->p, sheet, question, value);
}

static inline struct response send(struct scene *s, struct str sheet)
{
	return product_post(s->p, sheet, "/send", "");
}

static inline struct response answer_and_send(struct scene *s, struct str sheet)
{
	(void)answer(s, sheet, "lineage", "yes");
	return send(s, sheet);
}

static inline void assert_to(const struct response *got, struct str base, const char *page)
{
	struct str to = answer_header(got, "Location");

	assert_status(got, 303);
	assert_true(str_starts(to, base));
	assert_str(str_slice(to, base.len, to.len), page);
}

static inline int64_t n_sent(struct scene *s)
{
	return store_sql(s->v->store, "SELECT coalesce(sum(n), 0) FROM tally WHERE item = ''");
}

#endif
