/* The whole product without sockets: see product.h. */
#include "harness/product.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/timing.h"
#include "base/token.h"
#include "phases/routes.h"
#include "phases/site/site.h"
#include "view/layout.h"

enum { TOKEN_LENGTH = 22 };

static void close_log(void *product)
{
	(void)close(((struct product *)product)->log.fd);
}

struct product *product_make(struct arena *a, struct db_pool *pool)
{
	struct product *p = arena_new(a, struct product, 1);
	struct err err;

	p->arena = a;
	p->pool = pool;
	app_set_pack(&p->app, pack_builtin());
	p->app.contact_url = S("https://contact.example/");
	p->app.kept = memo_make(a);
	p->log = (struct logger){ memfd_create("log", MFD_CLOEXEC), LOG_DEBUG, LOG_JSON };
	p->config = (struct server_config){
		.log = &p->log,
		.pool = pool,
		.is_unlimited = true, /* a test does in a second what people do in an hour */
		.routes = all_routes,
		.assets = site_assets,
		.app = &p->app,
		.error_page = view_error_page,
	};
	if (p->log.fd < 0 || site_secret(pool, p->config.secret, &err) != 0) {
		fputs("harness: no log, or no secret\n", stderr);
		abort();
	}
	arena_defer(a, close_log, p);
	p->site = site_make(a, &p->config);
	return p;
}

struct str product_log(struct product *p)
{
	off_t size = lseek(p->log.fd, 0, SEEK_END);
	char *text = arena_new(p->arena, char, (size_t)size + 1);
	ssize_t n = pread(p->log.fd, text, (size_t)size, 0);

	return str_make(text, n > 0 ? (size_t)n : 0);
}

static const char *join(struct product *p, struct str base, const char *page)
{
	return str_c(p->arena, str_fmt(p->arena, "%.*s%s", STR_ARG(base), page));
}

struct response product_get(struct product *p, struct str base, const char *page)
{
	return site_get(p->site, join(p, base, page));
}

struct response product_post(struct product *p, struct str base, const char *page, const char *form)
{
	return site_post(p->site, join(p, base, page), form);
}

struct str product_begin(struct product *p)
{
	struct response got = site_post(p->site, "/scorecard", "");
	struct str to = answer_header(&got, "Location");

	return got.status == 303 ? str_slice(to, 0, strlen("/c/") + TOKEN_LENGTH)
				 : (struct str){ "", 0 };
}

struct response product_answer(struct product *p, struct str base, const char *question,
			       const char *value)
{
	return product_post(p, base, str_fmt(p->arena, "/q/%s", question).data,
			    str_fmt(p->arena, "answer=%s", value).data);
}

void product_tick(void)
{
	int64_t now = time_now_ms();

	while (time_now_ms() == now)
		;
}

struct str product_share(struct product *p, struct str base)
{
	struct response got = product_post(p, base, "/share", "");
	struct str token;

	if (got.status != 303)
		return (struct str){ "", 0 };
	got = product_get(p, base, "/result");
	token = between(got.body, "value=\"http://test.local/s/", '"');
	return token.len ? str_fmt(p->arena, "/s/%.*s", STR_ARG(token)) : token;
}

/* ---- signed in ---- */

struct making {
	struct arena *arena;
	struct member *member;
	struct new_account account;
	const char *org_name; /* NULL: none is made */
	enum role role;       /* ROLE_NONE: in no organisation */
};

static int make_member(struct db *db, void *arg, struct err *err)
{
	struct making *making = arg;
	struct member *m = making->member;
	int64_t now = time_now_ms();
	struct str cookie;
	int r = account_add(db, &making->account, now, &m->account_id, err);

	if (r == 0 && making->org_name)
		r = org_add(db, str_from(making->org_name), S("Europe/Paris"), now, &m->org_id,
			    err);
	db_scope(db, m->org_id);
	if (r == 0 && making->role != ROLE_NONE)
		r = member_set(db, m->org_id, m->account_id, making->role, now, err);
	if (r == 0)
		r = session_begin(db, making->arena, m->account_id, S("Firefox Linux"), now,
				  &cookie, err);
	if (r == 0)
		m->cookie = str_fmt(making->arena, SESSION_COOKIE "=%.*s", STR_ARG(cookie));
	return r;
}

static struct member add_member(struct product *p, struct making making, int64_t org_id)
{
	int n = ++p->n_people;
	struct member m = { .org_id = org_id,
			    .email = str_fmt(p->arena, "person%d@example.org", n) };
	struct err err = { .code = 0 };

	making.arena = p->arena;
	making.member = &m;
	making.account.email = m.email;
	making.account.name = str_fmt(p->arena, "Person %d", n);
	making.account.language = LANG_EN;
	making.account.time_zone = S("Europe/Paris");
	if (db_write(p->pool, make_member, &making, &err) != 0) {
		fprintf(stderr, "harness: no member: %s\n", err.text);
		abort();
	}
	if (m.org_id)
		m.org = str_fmt(p->arena, "/o/%.*s", STR_ARG(id_text(p->arena, m.org_id)));
	m.headers =
		str_fmt(p->arena, "Cookie: %.*s\nSec-Fetch-Site: same-origin\n", STR_ARG(m.cookie))
			.data;
	return m;
}

struct member product_member(struct product *p, const char *org_name, enum role role)
{
	return add_member(
		p, (struct making){ .org_name = org_name, .role = org_name ? role : ROLE_NONE }, 0);
}

struct member product_colleague(struct product *p, int64_t org_id, enum role role)
{
	return add_member(p, (struct making){ .role = role }, org_id);
}

struct member product_admin(struct product *p)
{
	return add_member(p, (struct making){ .account = { .is_admin = true } }, 0);
}

struct response member_visit(struct product *p, const struct member *m, const char *path)
{
	return site_request(p->site, "GET", path, m->headers, (struct str){ "", 0 });
}

struct response member_send(struct product *p, const struct member *m, const char *path,
			    const char *form)
{
	return site_request(p->site, "POST", path, m->headers, str_from(form));
}

struct response member_get(struct product *p, const struct member *m, const char *page)
{
	return member_visit(p, m, join(p, m->org, page));
}

struct response member_post(struct product *p, const struct member *m, const char *page,
			    const char *form)
{
	return member_send(p, m, join(p, m->org, page), form);
}
