/*
 * What a page's code sees of HTTP: the request, the reply, the route. The adapter to libmicrohttpd,
 * the queues and the dispatcher are behind it (server.h), so handlers run the same under the server
 * and in-process in tests (test/harness).
 *
 * A handler is plain synchronous C: `static struct reply *sheet_show(struct req *rq)`. The dispatcher
 * has already checked method, size, framing, same-origin, permission and arguments, opened the right
 * database handle, and will commit or undo. Only reply_…() make a reply, so every path answers once.
 *
 * What a function that takes `rq` gives back lives as long as the request, in every room, unless it says otherwise.
 */
#ifndef JALON_HTTP_HTTP_H
#define JALON_HTTP_HTTP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/digest.h"
#include "base/err.h"
#include "base/str.h"
#include "db/db.h"
#include "i18n/i18n.h"

enum method { METHOD_GET, METHOD_POST, METHOD_N }; /* HEAD is served from GET */

/* What somebody may do in an organisation: each role may do what those before it may, but for the
 * specialist, who is a viewer whose opinion is asked. */
enum role {
	ROLE_NONE,
	ROLE_VIEWER,
	ROLE_CONTRIBUTOR,
	ROLE_SPECIALIST,
	ROLE_EDITOR,
	ROLE_OWNER,
	ROLE_N
};

/* What holds no organisation's data: the sheets nobody has claimed, and the audit log of the
 * installation itself. */
enum { ORG_PUBLIC = 1 };

/* Who is asking, as the route's permission found out. Every tenant query takes org_id from here. Texts
 * live as long as the request; they are empty where there is no account or organisation. */
struct actor {
	int64_t org_id;     /* 0: none, and the handler's database works for ORG_PUBLIC */
	int64_t subject_id; /* what the link opens: a sheet, a share; 0 when anonymous */
	int64_t account_id; /* 0: not signed in, or the route does not ask */
	int64_t session_id;
	enum role role; /* in org_id */
	bool is_admin;  /* of the installation */
	struct str account_name;
	struct str time_zone; /* the account's, "Europe/Paris" */
	struct str org_name;
	struct str org_accent; /* "#0b5563"; empty: none chosen */
};

struct req;
struct reply;

/* ---- permissions ---- */

enum permit_outcome {
	PERMIT_OK = 0,
	PERMIT_NOT_FOUND = 1, /* 404: no such thing, or not for you; never 403 across tenants */
	PERMIT_GONE = 2,      /* 410: a closed or revoked link */
	PERMIT_SIGN_IN =
		3, /* to SIGN_IN_PATH and back here; 401 where something would be changed */
	PERMIT_FORBIDDEN = 4, /* 403: signed in, in the right place, and not allowed that */
	PERMIT_WAIT = 5,      /* 429: guessed too often */
};

/* Where one signs in; its "next" is the path to come back to. */
#define SIGN_IN_PATH "/sign-in"

/* A permission is a named check that fills the actor. `rq->args` is already parsed. Runs with the
 * request's database handle, which sees no organisation until the check says db_scope(); for the handler
 * the dispatcher sets it to the actor's. */
struct permission {
	const char *name; /* shown in the route table: "public", "sheet-link" */
	int (*check)(struct req *rq, struct actor *ret, struct err *err);
	const char *who; /* who may, as a text of the catalogue, for the page of PERMIT_FORBIDDEN */
	/* What is answered instead of the error page of `outcome`, which is never PERMIT_OK; NULL: that page. Sees
	 * the database that check() saw, and no actor. */
	struct reply *(*refuse)(struct req *rq, enum permit_outcome outcome);
};

/* Anyone; the actor stays all zero. */
extern const struct permission permission_public;

/* ---- argument specs ---- */

enum arg_source { ARG_PATH, ARG_QUERY, ARG_FORM };
enum arg_type {
	ARG_TEXT, /* struct str: one line of valid UTF-8, no controls but tab; line ends become spaces. That of a
		   * form comes as utf8_line() makes it: with nothing to see it is empty */
	ARG_EXACT,  /* the same as it was sent: answers, which are codes */
	ARG_SECRET, /* the same, and no page gives it back: passwords */
	ARG_LINES,  /* the same of several lines; line ends become \n */
	ARG_INT,    /* int64_t in min..max */
	ARG_ID,     /* int64_t from 13 characters */
	ARG_TOKEN,  /* struct token: 22 characters of base64url */
	ARG_FLAG,   /* bool: present or not */
	ARG_FILE,   /* struct str: the bytes of a file, at most max; of a multipart form only */
	ARG_REST, /* struct arg_pairs: every other field of that source, for forms made from a pack; text
	            * like ARG_LINES of at most max code points (0: ARG_REST_MAX). A field of a form that
	            * does not pass is not among them but in arg_errors, under its own name */
};
enum { ARG_REST_MAX = 4000 };

/*
 * An optional argument that is absent leaves its member all zero; so does an empty ARG_INT, ARG_ID or
 * ARG_TOKEN, since browsers send empty fields. A required one that is absent or empty is ARG_MISSING.
 * A path argument that does not parse is 404. A field sent twice, an unknown one, malformed UTF-8 or a
 * wrong query argument is 400 even where show_errors is set.
 */

struct token {
	uint8_t bytes[16];
};

struct arg_pair {
	struct str name, value;
	bool is_file; /* bytes, not text: only an ARG_FILE takes it */
};
struct arg_pairs {
	struct arg_pair *items;
	size_t n;
};

struct arg_spec {
	const char *name;
	enum arg_source source;
	enum arg_type type;
	bool required;
	int64_t min, max; /* ARG_INT: value; texts: length in code points, max at least 1 */
	size_t offset;    /* in the route's args struct */
};

/* A struct of arguments and what fills it. `specs` ends with a NULL name. */
struct args_spec {
	size_t size;
	const struct arg_spec *specs;
};

/* A value that did not pass, for redisplay. */
enum arg_fault { ARG_MISSING, ARG_NOT_A_NUMBER, ARG_OUT_OF_RANGE, ARG_TOO_LONG, ARG_BAD_TEXT };
struct arg_error {
	const char *name;
	enum arg_fault fault;
	struct str value; /* as typed */
};

/* ---- requests ---- */

/* A form that nobody was signed in for: where it goes, and what was typed into it, without its token. */
struct unsent {
	struct str address;
	struct arg_pair *fields;
	size_t n;
};

/* Address space of a request's two arenas. A handler that works on what a stranger sent states its
 * need and asserts that it fits: running past the end of an arena ends the process. */
enum {
	REQUEST_ARENA_BYTES = 32 * 1024 * 1024, /* a body, a page and what grows in between */
	REQUEST_SCRATCH_BYTES = 16 * 1024 * 1024,
};

struct req {
	struct arena *arena;  /* lives until the reply is sent */
	struct arena scratch; /* pass by value */
	enum method method;
	bool is_head;
	struct str path;  /* without the base path; decoded once, checked */
	struct str query; /* raw */
	const struct route *route;
	const void *args;                   /* the route's args struct */
	const struct arg_error *arg_errors; /* only routes with show_errors see any */
	size_t n_arg_errors;
	struct str body; /* BODY_JSON: as sent, valid UTF-8 */
	struct actor actor;
	enum language language; /* ?lang= > cookie > Accept-Language > French */
	bool is_partial;        /* HX-Request: htmx asked, the page swaps in place */
	bool is_forbidden;      /* the error page answers PERMIT_FORBIDDEN */
	bool is_page_cut; /* the page grew beyond what a page may be; reply_page() refuses it */
	const struct unsent
		*unsent; /* what the error page, 401, gives back to be sent again; or NULL */
	struct db *db;   /* read-only on GET; inside the job's savepoint on POST */
	int64_t now_ms;
	const struct http_site *site;
	const struct hmac_key *key; /* the installation's secret, for req_sign() */
	void *prepared;             /* what the route's prepare() left */
	const void *app;            /* the program's own const data, as given to the server */
	struct str id;              /* request id, for the log and error pages */
	struct exchange *priv;      /* http/'s own (exchange.h) */
};

/* Where the site is seen from. */
struct http_site {
	struct str
		base_url; /* "https://jalon.example.org/data", no final slash: the only source of absolute URLs */
	struct str origin;    /* "https://jalon.example.org" */
	struct str base_path; /* "/data" or "" */
	bool is_https;
	bool is_demo;  /* pages say that the data is fictitious and does not last */
	bool is_local; /* its address opens on this machine only */
	bool has_mail; /* mail can be sent: pages offer it, beside links to copy */
};

/* "/data" + `path`, for links. In the request's arena. */
struct str url(struct req *rq, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* `s` with all but letters, digits and -._~ percent-encoded: a value within an address. In `a`. */
struct str percent_encode(struct arena *a, struct str s);
/* base_url + `path`, for links that are copied or printed. */
struct str url_absolute(struct req *rq, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* An absolute address as one types it: without its scheme, which browsers add. */
struct str url_typed(struct str address);
/*
 * The value of the hidden field CSRF_FIELD, which every form that posts carries. It vouches for forms
 * where a browser says nothing of itself: over plain HTTP no Sec-Fetch-Site is sent, and under our
 * Referrer-Policy the Origin of a posted form is "null" (decision 0005). Asking for it may set a
 * cookie with the reply.
 */
#define CSRF_FIELD "csrf"
enum { CSRF_TOKEN_BYTES = 43 /* 256 bits in base64url */ };
struct str csrf_token(struct req *rq);
/* A cookie the browser sent, by its bare name ("lang"); empty when absent or sent twice. */
struct str req_cookie(struct req *rq, const char *name);
/* One that reply_cookie_below() set. */
struct str req_cookie_below(struct req *rq, const char *name);
/* A request header; empty when absent. */
struct str req_header(struct req *rq, const char *name);

/* HMAC-SHA-256 of "`purpose` `message`" under the installation's secret: what we made ourselves can be
 * made again, or known again, without being stored. A purpose has no space in it. */
struct sha256 req_sign(struct req *rq, const char *purpose, struct str message);
/* The token of a row's link, made of the installation's secret, what the link is for and the row's id: its owner can be
 * shown it again although only its hash is stored. `a` holds what is needed meanwhile. */
struct token row_token(struct arena *a, const struct hmac_key *key, const char *purpose,
		       int64_t id);
/* What is stored of a token: its SHA-256, in `a`. */
struct str token_hash(struct arena *a, const struct token *t);

/* ---- limits ---- */

/* How often somebody may do something: `burst` times at once, then `per_minute`. A name is one bucket
 * per key, whatever routes share it. */
struct limit {
	const char *name; /* "begin-sheet"; in the route table */
	int burst, per_minute;
	/* A route's: each organisation has its own, once the permission found which, and a network as much as four of
	 * them; otherwise each network. */
	bool per_org;
};

/* Where the request comes from, coarsely, as bytes of a limit's key: its /24 or /64, past trusted proxies. */
struct str req_network(struct req *rq);
/* Takes one for `key`, or when it is empty for the network of who asks (its /24 or /64). 0, or the seconds
 * to wait (1 at least): answer reply_wait(). Nothing of it is stored, so an undone write has taken too. */
MUST_CHECK int limit_take(struct req *rq, const struct limit *limit, struct str key);
/* What limit_take() would answer, with nothing taken: where only a wrong guess takes one, a right one must
 * not pass either while there is none. */
MUST_CHECK int limit_wait(struct req *rq, const struct limit *limit, struct str key);

/*
 * Has `work` done soon, in a write of its own that the reply does not wait for: notes such as when a
 * session was last used, which may get lost and must not make a page slow. `bytes` (REQ_LATER_MAX at
 * most) are copied and given to it. Without a database, or when too many wait, nothing is done.
 */
enum { REQ_LATER_MAX = 64 };
void req_later(struct req *rq, int (*work)(struct db *db, void *bytes, struct err *err),
	       const void *bytes, size_t n);

/*
 * Another arena of `bytes` for what the request makes from now on; what it has made stays. For handlers that
 * read and write more than a page: every text of a plan.
 */
void req_need(struct req *rq, size_t bytes);

/* ---- replies ---- */

/* 200 (or `status`) with an HTML page. Security headers and Content-Length are the server's work. Of a page that was
 * cut: 413 where it would show a form again that was too long for that, else a fault. */
struct reply *reply_page(struct req *rq, int status, struct str html);
/* 204: done, nothing to show. For scripts that save in the background. */
struct reply *reply_empty(struct req *rq);
/* 303 to a path of this site (made with url()); never elsewhere. */
struct reply *reply_redirect(struct req *rq, struct str to);
/* What is shown or used where it is; `type` as "image/png". */
struct reply *reply_file(struct req *rq, const char *type, struct str bytes);
/* A file to keep (RFC 6266), under a name in UTF-8 whose ending says what it is: see downloads[] in reply.c. */
struct reply *reply_download(struct req *rq, struct str filename, struct str bytes);
/* JSON. `body` is already serialised. */
struct reply *reply_json(struct req *rq, int status, struct str body);
/* application/problem+json (RFC 9457), for API routes. `members` is appended verbatim: `"errors":[…]` or empty. */
struct reply *reply_problem(struct req *rq, int status, struct str title, struct str detail,
			    struct str members);
/* An error page (or problem document on API routes) of the site's own look: 404, 410, 422 … */
struct reply *reply_status(struct req *rq, int status);
/*
 * Server-sent events, of a ROUTE_EVENTS handler: the connection stays open, and the page is told each
 * time that `topic` ("workshop:…", 47 bytes at most; never shown to anybody) has another version, by an
 * event "changed" whose id and data are the version: never content, so that each page fetches its own
 * part under its own permission. `version` is the topic's, as just read. `seen` is the version that the
 * page shows, of its address ("?since=…"); what a browser that comes back says with Last-Event-ID counts
 * more. When it is not the topic's version, the page is told at once. Streams end after a minute at
 * most, and the page comes back through the permission. 503 when there are too many.
 */
struct reply *reply_events(struct req *rq, struct str topic, int64_t version, int64_t seen);
/* 429: again in `seconds`. */
struct reply *reply_wait(struct req *rq, int seconds);
/* A fault: logged with an incident number, 500 or 503; the transaction is undone. */
struct reply *reply_fault(struct req *rq, const struct err *err);

/* `topic` has the version `version`, higher than the last: its streams are told once what the handler
 * wrote is stored, and not when it is undone. */
void req_publish(struct req *rq, struct str topic, int64_t version);

/* What a handler wrote is kept when its reply has a status under 400, undone otherwise. */

/* On any reply, before it is returned: */
void reply_header(struct reply *r, const char *name, struct str value);
/* Cookie with the right prefix and flags. `max_age` in seconds; 0: until the browser closes; negative:
 * removed at once. Not for secrets of respondents. */
void reply_cookie(struct req *rq, struct reply *r, const char *name, struct str value,
		  int64_t max_age);
/* A cookie that browsers send to `path` (made with url()) and what is below it only; read by
 * req_cookie_below(). By it a device is known again where it began something without an account. */
void reply_cookie_below(struct req *rq, struct reply *r, const char *name, struct str value,
			int64_t max_age, struct str path);
/* Let browsers keep it (assets, fonts); without this every reply is no-store. */
void reply_cache(struct reply *r, int64_t max_age, bool immutable);

/* ---- routes ---- */

enum route_class {
	ROUTE_READ,   /* on the loop thread, read-only handle, must be quick */
	ROUTE_WRITE,  /* on the writer thread, in a savepoint of the shared transaction */
	ROUTE_SLOW,   /* on a job thread, read-only handle: documents, large computations */
	ROUTE_EVENTS, /* like a read; answers with reply_events() */
};

enum { BODY_LIMIT_DEFAULT = 64 * 1024 };
enum body_kind { BODY_NONE, BODY_FORM, BODY_JSON }; /* BODY_FORM: urlencoded or multipart */

struct route {
	enum method method;
	const char *
		path; /* "/c/{token}/q/{question}": {name} matches one segment; a name is in args as ARG_PATH */
	struct reply *(*handler)(struct req *rq);
	const struct permission *permission; /* NULL stops the start-up */
	enum route_class class;
	enum body_kind body;
	size_t body_limit; /* bytes; over it 413. 0: BODY_LIMIT_DEFAULT when there is a body */
	const struct args_spec *
		args; /* NULL: none. A form field that no spec knows is refused; in a query it is not seen */
	const struct limit
		*limit;   /* taken by the asker's network as soon as the head is read; else 429 */
	bool no_db;       /* never touches the database: rq->db is NULL */
	bool show_errors; /* invalid form fields reach the handler (422 redisplay); else 400 */
	bool is_api;      /* problem documents instead of pages; no CSRF (no cookie is looked at) */
	/*
	 * ROUTE_WRITE only, or NULL: what takes too long for the writer's thread, passwords above all. It
	 * runs first, after the permission, on threads of its own (two) with a read-only handle. It leaves
	 * what it found in rq->prepared and returns NULL, and the handler goes on in a write; or it answers,
	 * and nothing is written.
	 */
	struct reply *(*prepare)(struct req *rq);
	const char *title; /* what it does, in English, for the printed table */
};

#endif
