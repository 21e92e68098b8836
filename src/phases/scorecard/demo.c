/* Example sheets: see demo.h. */
#include "phases/scorecard/demo.h"

#include "base/timing.h"
#include "base/token.h"
#include "phases/scorecard/queries.h"
#include "phases/scorecard/sheet.h"
#include "rounds/ballot.h"

struct demo_answer {
	const char *question, *value, *comment;
};

struct demo_sheet {
	const char *name;
	const struct demo_answer *answers; /* ends with a NULL question */
};

static const struct demo_answer beginner[] = {
	{ "lineage", "no", NULL },
	{ "etl", "scripts", "Des tableurs, chacun le sien." },
	{ "bi-practice", "no", NULL },
	{ "warehouse", "no", NULL },
	{ "ai-seniority", "none", NULL },
	{ "governance", "unknown", NULL },
	{ "poc", "none", NULL },
	{ "bought-ai", "trial", "Un assistant de rédaction, depuis un mois." },
	{ "ai-projects", "few", NULL },
	{ "analyst", "part", NULL },
	{ "data-driven", "partial", NULL },
	{ "executive-support", "unsure", NULL },
	{ "it-support", "partial", NULL },
	{ "departments", "one", NULL },
	{ .question = NULL },
};

static const struct demo_answer growing[] = {
	{ "lineage", "some", NULL },
	{ "etl", "yes", NULL },
	{ "bi-practice", "yes", NULL },
	{ "warehouse", "partial", "Les ventes y sont, pas encore la logistique." },
	{ "bi-success", "6", NULL },
	{ "ai-seniority", "lt1", NULL },
	{ "governance", "partial", NULL },
	{ "poc", "several", NULL },
	{ "bought-ai", "trial", NULL },
	{ "ai-projects", "several", NULL },
	{ "analyst", "part", NULL },
	{ "data-driven", "partial", NULL },
	{ "executive-support", "unknown", NULL },
	{ "it-support", "partial", NULL },
	{ "departments", "several", NULL },
	{ .question = NULL },
};

static const struct demo_answer advanced[] = {
	{ "lineage", "yes", NULL },
	{ "etl", "yes", NULL },
	{ "bi-practice", "yes", NULL },
	{ "warehouse", "yes", NULL },
	{ "bi-success", "9", "Les tableaux de bord servent chaque semaine au comité." },
	{ "ai-seniority", "3to5", NULL },
	{ "governance", "partial", NULL },
	{ "poc", "several", NULL },
	{ "bought-ai", "yes", NULL },
	{ "ai-projects", "several", NULL },
	{ "analyst", "yes", NULL },
	{ "data-driven", "yes", NULL },
	{ "executive-support", "yes", NULL },
	{ "it-support", "partial", NULL },
	{ "departments", "several", NULL },
	{ .question = NULL },
};

static const struct demo_sheet sheets[DEMO_SHEETS] = {
	{ "Ateliers Brindille", beginner },
	{ "Maison Belloy", growing },
	{ "Réseau Orival", advanced },
};

struct demo_job {
	struct arena *a;
	const struct pack *pack;
	struct example *examples;
};

static int add_answer(struct db *db, int64_t sheet_id, const struct demo_answer *answer,
		      int64_t now_ms, struct err *err)
{
	return ballot_save(db,
			   &(struct ballot_answer){
				   .org_id = ORG_PUBLIC,
				   .sheet_id = sheet_id,
				   .item = str_from(answer->question),
				   .value = str_from(answer->value),
				   .comment = str_from(answer->comment),
			   },
			   now_ms, err);
}

static int add_sheet(struct db *db, const struct demo_job *job, const struct demo_sheet *sheet,
		     struct example *ret, struct err *err)
{
	int64_t now_ms = time_now_ms();
	struct token t;
	struct scorecard_sheet_add_params p = {
		.org_id = ORG_PUBLIC,
		.id = id_make(now_ms),
		.pack = job->pack->id,
		.pack_version = job->pack->version,
		.language = S("fr"),
		.now_ms = now_ms,
	};
	int r;

	random_bytes(t.bytes, sizeof t.bytes);
	p.token_hash = sheet_token_hash(job->a, &t);
	r = scorecard_sheet_add(db, &p, err);
	for (const struct demo_answer *answer = sheet->answers; r == 0 && answer->question;
	     answer++)
		r = add_answer(db, p.id, answer, now_ms, err);
	if (r == 0)
		r = scorecard_sheet_finish(db, ORG_PUBLIC, p.id, now_ms, err);
	*ret = (struct example){ str_from(sheet->name),
				 base64url(job->a, t.bytes, sizeof t.bytes) };
	return r;
}

static int work(struct db *db, void *arg, struct err *err)
{
	const struct demo_job *job = arg;
	int r = 0;

	db_scope(db, ORG_PUBLIC);
	for (int i = 0; r == 0 && i < DEMO_SHEETS; i++)
		r = add_sheet(db, job, &sheets[i], &job->examples[i], err);
	return r;
}

int scorecard_demo(struct db_pool *pool, struct arena *a, const struct pack *pack,
		   struct example ret[DEMO_SHEETS], struct err *err)
{
	struct demo_job job = { a, pack, ret };

	int r = db_write(pool, work, &job, err);

	return r > 0 ? err_set(err, FAULT_DB, "an example cannot be stored: outcome %d", r) : r;
}
