/* The whole product without sockets: see product.h. */
#include "harness/product.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buf.h"
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
	p->log = (struct logger){ memfd_create("log", MFD_CLOEXEC), LOG_DEBUG, LOG_JSON };
	p->config = (struct server_config){
		.log = &p->log,
		.pool = pool,
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

struct str product_share(struct product *p, struct str base)
{
	static const char before[] = "value=\"http://test.local/s/";
	struct response got = product_post(p, base, "/share", "");
	const char *at;

	if (got.status != 303)
		return (struct str){ "", 0 };
	got = product_get(p, base, "/result");
	at = memmem(got.body.data, got.body.len, before, sizeof before - 1);
	return at ? str_make(at + sizeof before - 1 - strlen("/s/"), strlen("/s/") + TOKEN_LENGTH)
		  : (struct str){ "", 0 };
}
