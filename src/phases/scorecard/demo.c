/* Filling a demonstration: see demo.h. The content is in demo_content.c. */
#include "phases/scorecard/demo.h"

#include "base/timing.h"
#include "base/token.h"
#include "people/password.h"
#include "phases/scorecard/demo_priv.h"
#include "phases/scorecard/queries.h"

#define TIME_ZONE "Europe/Paris"

enum { WORK_BYTES = 256 * 1024 * 1024 /* address space */ };
enum { HOUR_MS = 60 * 60 * 1000, DAY_MS = 24 * HOUR_MS, FIRST_DAY = -302, MORNING = 7 };

struct job {
	const struct demo_site *site;
	struct arena *a;     /* of what the caller gets */
	struct arena *work;  /* of all else */
	struct str password; /* encoded: it takes too long for the writer */
	struct example *examples;
};

int64_t demo_time(const struct demo *d, int day, int hour)
{
	int64_t today = d->now_ms - d->now_ms % DAY_MS;
	int64_t ms = today + day * (int64_t)DAY_MS + hour * (int64_t)HOUR_MS;

	return day <= 0 && ms > d->now_ms ? d->now_ms : ms;
}

/* ---- sheets answered alone ---- */

/* A sheet answered alone in the public space, now by the clock; its id and its link's token. */
static int demo_sheet(struct demo *d, const struct demo_answer *answers, int64_t *ret_id,
		      struct token *ret)
{
	struct actor holder;
	int r;

	db_scope(d->rq.db, ORG_PUBLIC);
	r = sheet_begin(&d->rq, ret, d->err);

	d->rq.args = ret;
	if (r == 0)
		r = permission_sheet_link.check(&d->rq, &holder, d->err);
	for (; r == 0 && answers->question; answers++)
		r = ballot_save(d->rq.db,
				&(struct ballot_answer){
					.org_id = holder.org_id,
					.sheet_id = holder.subject_id,
					.item = str_from(answers->question),
					.value = str_from(answers->value),
					.comment = str_from(answers->comment),
				},
				d->rq.now_ms, d->err);
	if (r == 0)
		r = scorecard_sheet_finish(d->rq.db, holder.org_id, holder.subject_id, d->rq.now_ms,
					   d->err);
	if (r == 0)
		*ret_id = holder.subject_id;
	return r;
}

static int add_examples(struct demo *d, struct arena *a, struct example *ret)
{
	static const struct demo_answer *const answers[DEMO_SHEETS] = { demo_beginner, demo_growing,
									demo_advanced };
	struct token t;
	int64_t id;
	int r = 0;

	d->rq.now_ms = d->now_ms;
	for (size_t i = 0; r == 0 && i < DEMO_SHEETS; i++) {
		r = demo_sheet(d, answers[i], &id, &t);
		ret[i] = (struct example){ str_from(demo_orgs[i].name),
					   base64url(a, t.bytes, sizeof t.bytes) };
	}
	return r;
}

/* ---- accounts ---- */

static int add_accounts(struct demo *d, struct str password)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < DEMO_ACCOUNTS; i++)
		r = account_add(d->rq.db,
				&(struct new_account){
					.email = demo_accounts[i].email,
					.name = demo_accounts[i].name,
					.language = LANG_FR,
					.time_zone = S(TIME_ZONE),
					.password = password,
				},
				demo_time(d, FIRST_DAY, MORNING), &d->accounts[i], d->err);
	return r;
}

/* ---- organisations ---- */

/* The consultant acts from here on, in the organisation once there is one. */
static struct actor consultant(const struct demo *d, int64_t org_id, const struct demo_org *o)
{
	return (struct actor){
		.org_id = org_id,
		.account_id = d->accounts[DEMO_CONSULTANT],
		.role = org_id ? ROLE_OWNER : ROLE_NONE,
		.account_name = demo_accounts[DEMO_CONSULTANT].name,
		.time_zone = S(TIME_ZONE),
		.org_name = org_id ? str_from(o->name) : S(""),
	};
}

static int make_org(struct demo *d, const struct demo_org *o)
{
	int64_t org_id, department;
	int r;

	d->rq.actor = consultant(d, 0, o);
	d->rq.now_ms = demo_time(d, o->made, MORNING);
	r = org_make(&d->rq, str_from(o->name), S(TIME_ZONE), &org_id, d->err);
	if (r == 0)
		r = member_set(d->rq.db, org_id, d->accounts[DEMO_VIEWER], ROLE_VIEWER,
			       d->rq.now_ms, d->err);
	if (r != 0)
		return r;
	d->rq.actor = consultant(d, org_id, o);
	db_scope(d->rq.db, org_id);
	r = org_dress(&d->rq,
		      &(struct org_look){
			      .sector = str_from(o->sector),
			      .size = str_from(o->size),
			      .accent = str_from(o->accent),
			      .logo = *o->logo,
		      },
		      d->err);
	for (int i = 0; r == 0 && o->departments[i]; i++)
		r = department_make(&d->rq, str_from(o->departments[i]), i, &department, d->err);
	return r;
}

/* A sheet that the consultant answered and kept, and what was adopted from it. */
static int keep_sheet(struct demo *d, const struct demo_org *o)
{
	struct actor member = d->rq.actor;
	struct token t;
	int64_t id;
	int r;

	d->rq.now_ms = demo_time(d, o->kept_day, MORNING);
	r = demo_sheet(d, o->kept, &id, &t);
	if (r != 0)
		return r;
	d->rq.actor = (struct actor){ .org_id = ORG_PUBLIC, .subject_id = id };
	r = sheet_keep(&d->rq, &member, d->err);
	if (r == 0 && o->kept_plan)
		r = demo_plan_of_sheet(d, id, o->kept_plan);
	return r;
}

static int add_org(struct demo *d, const struct demo_org *o)
{
	int64_t round_id;
	int r = make_org(d, o);

	if (r == 0 && o->kept)
		r = keep_sheet(d, o);
	for (size_t i = 0; r == 0 && i < sizeof o->campaigns / sizeof *o->campaigns; i++) {
		if (o->campaigns[i])
			r = demo_campaign(d, o->campaigns[i], &round_id);
		if (r == 0 && o->plans[i])
			r = demo_plan_of_campaign(d, round_id, o->plans[i]);
	}
	return r;
}

static int fill(struct db *db, void *arg, struct err *err)
{
	static const struct http_site nowhere = { .base_path = { "", 0 } };
	const struct job *job = arg;
	struct demo d = {
		.rq = {
			.arena = job->work,
			.db = db,
			.site = &nowhere,
			.key = job->site->key,
			.app = job->site->app,
			.language = LANG_FR,
		},
		.now_ms = time_now_ms(),
		.err = err,
	};
	int r = add_accounts(&d, job->password);

	for (size_t i = 0; r == 0 && i < DEMO_ORGS; i++)
		r = add_org(&d, &demo_orgs[i]);
	return r == 0 ? add_examples(&d, job->a, job->examples) : r;
}

int demo_fill(const struct demo_site *site, struct arena *a, struct example ret[DEMO_SHEETS],
	      struct err *err)
{
	struct arena work;
	struct job job = { .site = site, .a = a, .work = &work, .examples = ret };
	int r;

	arena_init(&work, WORK_BYTES);
	r = password_encode(&work, S(DEMO_PASSWORD), &job.password, err);
	if (r == 0)
		r = db_write(site->pool, fill, &job, err);
	arena_release(&work);
	return r > 0 ? err_set(err, FAULT_DB, "the demonstration cannot be stored: outcome %d", r)
		     : r;
}
