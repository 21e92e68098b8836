/* See campaign_scene.h. */
#include "http/campaign_scene.h"

#include "base/token.h"

#define SITE "http://test.local"

enum { TOKEN = 22 };

const char *const department_names[DEPARTMENTS] = { "Ventes", "Logistique", "Finance",
						    "Recherche" };

struct scene scene_of(void **state)
{
	struct visit *v = *state;
	struct scene s = { .v = v, .p = v->product, .a = v->a };

	(void)store_sql(v->store,
			str_fmt(s.a,
				"DELETE FROM workshop_item WHERE org_id = %lld; "
				"DELETE FROM workshop WHERE org_id = %lld; "
				"DELETE FROM participant WHERE org_id = %lld; "
				"DELETE FROM round WHERE org_id = %lld; "
				"DELETE FROM audit WHERE org_id = %lld AND object_kind = 'round'",
				(long long)v->owner.org_id, (long long)v->owner.org_id,
				(long long)v->owner.org_id, (long long)v->owner.org_id,
				(long long)v->owner.org_id)
				.data);
	s.owner = s.by = product_member(s.p, "Maison Belloy", ROLE_OWNER);
	visit_departments(v, &s.owner, FIRST_DEPARTMENT, department_names, DEPARTMENTS);
	return s;
}

struct scene scene_of_editor(void **state)
{
	struct scene s = scene_of(state);

	s.by = product_colleague(s.p, s.owner.org_id, ROLE_EDITOR);
	return s;
}

struct response get(struct scene *s, const char *page)
{
	return member_get(s->p, &s->by, str_fmt(s->a, "%s%s", s->round, page).data);
}

struct response get_text(struct scene *s, const char *page)
{
	struct response got = get(s, page);

	got.body = visit_unescape(s->a, got.body);
	return got;
}

struct response post(struct scene *s, const char *page, const char *form)
{
	return member_post(s->p, &s->by, str_fmt(s->a, "%s%s", s->round, page).data, form);
}

void turn(struct scene *s, const char *page)
{
	int64_t version = store_sql(
		s->v->store,
		str_fmt(s->a, "SELECT version FROM round WHERE id = %lld", (long long)s->id).data);
	struct response got = post(s, page, str_fmt(s->a, "version=%lld", (long long)version).data);

	assert_status(&got, 303);
}

/* ---- campaigns ---- */

void made(struct scene *s, const struct response *got)
{
	struct str to = answer_header(got, "Location");

	assert_status(got, 303);
	s->round = str_c(s->a, str_slice(to, s->owner.org.len, to.len));
	assert_int_equal(id_parse(str_from(s->round + strlen("/rounds/")), &s->id), 0);
}

void make_round(struct scene *s, const char *form)
{
	struct response got =
		member_post(s->p, &s->by, "/rounds", str_fmt(s->a, "%s&" NOTICE, form).data);

	made(s, &got);
	s->is_named = strstr(form, "mode=nominative") != NULL;
}

void make(struct scene *s, const char *fields)
{
	make_round(s, str_fmt(s->a, "title=Printemps&threshold=5&%s", fields).data);
}

void open_it(struct scene *s)
{
	turn(s, "/open");
	assert_str(store_rows(s->v->store, str_fmt(s->a, "SELECT state FROM round WHERE id = %lld",
						   (long long)s->id)
						   .data),
		   "open\n");
}

void close_it(struct scene *s)
{
	turn(s, "/close");
}

/* The links of that kind on a page, each once: how many. */
static int links_on(struct scene *s, const char *page, const char *kind, struct str *ret, int max)
{
	struct response got = get(s, page);
	const char *before = str_fmt(s->a, SITE "%s", kind).data, *at;
	int n = 0, k;

	while (n < max && (at = memmem(got.body.data, got.body.len, before, strlen(before)))) {
		struct str link = str_make(at + strlen(SITE), strlen(kind) + TOKEN);

		got.body = str_slice(got.body, (size_t)(at - got.body.data) + strlen(before),
				     got.body.len);
		for (k = 0; k < n && !str_eq(link, ret[k]);)
			k++;
		if (k == n)
			ret[n++] = str_dup(s->a, link);
	}
	return n;
}

struct str link_on(struct scene *s, const char *page, const char *kind)
{
	struct str link;

	if (links_on(s, page, kind, &link, 1) == 0)
		fail_msg("no link %s on %s", kind, page);
	return link;
}

void launch(struct scene *s, const char *form, const char *people)
{
	struct response got;

	make_round(s, form);
	if (people) {
		got = post(s, "/participants", str_fmt(s->a, "people=%s", people).data);
		assert_status(&got, 303);
	}
	open_it(s);
	s->link = link_on(s, "", "/r/");
	if (people)
		(void)links_on(s, "/participants", "/p/", s->own, PEOPLE_MAX);
}

/* ---- who answers ---- */

struct response ask_with(struct scene *s, const char *method, struct str path, struct str cookie,
			 const char *more, const char *form)
{
	const char *headers =
		str_fmt(s->a, "Sec-Fetch-Site: same-origin\n%s%s%.*s%s", more,
			cookie.len ? "Cookie: " : "", STR_ARG(cookie), cookie.len ? "\n" : "")
			.data;

	return site_request(s->p->site, method, str_c(s->a, path), headers, str_from(form));
}

struct response ask(struct scene *s, const char *method, struct str path, struct str cookie,
		    const char *form)
{
	return ask_with(s, method, path, cookie, "", form);
}

struct str cookie_of(const struct response *got)
{
	struct str set = answer_header(got, "Set-Cookie");

	return str_cut(&set, ';');
}

struct str begin(struct scene *s, struct str link, const char *who)
{
	struct response got = ask(s, "POST", link, S(""), who);

	assert_status(&got, 303);
	return str_dup(s->a, answer_header(&got, "Location"));
}

struct str fill_in(struct scene *s, struct str link, const char *who, const char *form)
{
	struct str sheet = begin(s, link, who);
	struct response got = product_post(s->p, sheet, "/all", form);

	assert_status(&got, 303);
	product_tick(); /* the next sheet comes after this one */
	return sheet;
}

void send_it(struct scene *s, struct str sheet)
{
	struct response got = product_post(s->p, sheet, "/send", "");

	assert_status(&got, 303);
}

const char *of_department(struct scene *s, int department)
{
	struct str id = department < 0 ? S("none") : id_text(s->a, FIRST_DEPARTMENT + department);

	return str_fmt(s->a, "%sdepartment=%.*s", s->is_named ? "name=Ada&" : "", STR_ARG(id)).data;
}

void respond(struct scene *s, int department, const char *form)
{
	send_it(s, fill_in(s, s->link, of_department(s, department), form));
}

/* ---- looking ---- */

void assert_shows(const struct response *got, const char *text)
{
	if (!str_contains(got->body, str_from(text)))
		fail_msg("\"%s\" is not there", text);
}

void assert_hides(const struct response *got, const char *text)
{
	assert_status(got, 200);
	if (str_contains(got->body, str_from(text)))
		fail_msg("\"%s\" is there", text);
}
