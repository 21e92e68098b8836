/* The thread that sends mail: see mail.h. */
#include <curl/curl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/timing.h"
#include "base/token.h"
#include "mail/message.h"
#include "mail/queue.h"

enum {
	POLL_MS = 2 * 1000,
	RETRY_MS = 60 * 1000,
	TIMEOUT_MS = 60 * 1000,
	FAULT_WAIT_MS = 30 * 1000,
	SWEEP_EVERY_MS = 60 * 60 * 1000,
	ARENA_BYTES = 8 * 1024 * 1024,
};

struct mailer {
	struct mailer_config config;
	struct arena arena; /* of one mail */
	struct smtp smtp;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t over;
	atomic_bool is_over;
};

int mail_init(struct err *err)
{
	return curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK
		       ? 0
		       : err_set(err, FAULT_SYSTEM, "libcurl cannot be used");
}

/* Our own name for EHLO: the host of the site, or of the sender's address. */
static struct str greeting_of(struct str base_url, const struct mail_settings *settings)
{
	struct str host = settings->from.address, rest = base_url;

	(void)str_cut(&host, '@');
	if (str_starts(base_url, S("https://")) || str_starts(base_url, S("http://"))) {
		(void)str_cut(&rest, '/');
		(void)str_cut(&rest, '/');
		rest = str_cut(&rest, '/');
		/* An address in brackets is no name. */
		if (rest.len && rest.data[0] != '[')
			host = str_cut(&rest, ':');
	}
	return host;
}

/* Waits `ms`, or until it is over. */
static void rest_for(struct mailer *m, int64_t ms)
{
	struct timespec until;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += ms / 1000;
	until.tv_nsec += ms % 1000 * 1000000;
	if (until.tv_nsec >= 1000000000) {
		until.tv_sec++;
		until.tv_nsec -= 1000000000;
	}
	pthread_mutex_lock(&m->lock);
	while (!atomic_load(&m->is_over) && pthread_cond_timedwait(&m->over, &m->lock, &until) == 0)
		;
	pthread_mutex_unlock(&m->lock);
}

static void report(struct mailer *m, const struct queue_turn *t, const struct smtp_answer *answer)
{
	m->config.report(m->config.report_arg, &(struct mail_report){
						       .kind = t->due.kind,
						       .is_sent = t->result == SMTP_SENT,
						       .will_retry = t->will_retry,
						       .code = answer->code,
						       .problem = answer->problem,
					       });
}

static void report_fault(struct mailer *m, const struct err *err)
{
	m->config.report(
		m->config.report_arg,
		&(struct mail_report){ .kind = S("-"), .will_retry = true, .problem = err->text });
}

static struct smtp_answer send_letter(struct mailer *m, struct queue_turn *t)
{
	const struct message message = {
		.from = m->config.settings->from,
		.letter = &t->letter,
		.id = t->due.id,
		.date_ms = t->now_ms,
	};
	struct smtp_answer answer = { .result = SMTP_REFUSED };
	struct str text;

	if (message_write(&m->arena, &message, &text, &answer.problem) == 0)
		return smtp_send(&m->smtp, &m->arena, t->letter.to.address, text);
	(void)snprintf(answer.text, sizeof answer.text, "%s", answer.problem);
	return answer;
}

/* What the server took must be noted, or it goes out twice: tried until it works. */
static void note(struct mailer *m, struct queue_turn *t, const struct smtp_answer *answer)
{
	struct err err;

	t->result = answer->result;
	t->answer = str_from(answer->text);
	t->now_ms = time_now_ms();
	while (db_write(m->config.pool, queue_note, t, &err) < 0) {
		report_fault(m, &err);
		if (atomic_load(&m->is_over))
			return;
		rest_for(m, POLL_MS);
	}
	report(m, t, answer);
}

/* Sends the mail that is due first. False when there is none, or when the database does not answer. */
static bool send_one(struct mailer *m, struct queue_turn *t)
{
	struct smtp_answer answer;
	struct err err;

	arena_reset(&m->arena);
	t->now_ms = time_now_ms();
	if (db_write(m->config.pool, queue_take, t, &err) < 0) {
		report_fault(m, &err);
		/* One that cannot be composed must not stand in the way of the others. */
		if (t->due.id && t->kind) {
			answer = (struct smtp_answer){ .result = SMTP_LATER,
						       .problem = "composing" };
			(void)snprintf(answer.text, sizeof answer.text,
				       "the mail could not be composed");
			note(m, t, &answer);
		}
		rest_for(m, FAULT_WAIT_MS);
		return false;
	}
	if (t->is_idle)
		return false;
	if (t->is_skipped)
		return true;
	answer = send_letter(m, t);
	/* Broken off by us, not by the server: the next start sends it. */
	if (answer.result == SMTP_LATER && atomic_load(&m->is_over))
		return false;
	note(m, t, &answer);
	return true;
}

static void sweep(struct mailer *m, struct queue_turn *t, int64_t *swept_ms)
{
	struct err err;

	if (*swept_ms && time_mono_ms() - *swept_ms < SWEEP_EVERY_MS)
		return;
	*swept_ms = time_mono_ms();
	t->now_ms = time_now_ms();
	if (db_write(m->config.pool, queue_sweep, t, &err) < 0)
		report_fault(m, &err);
}

static void *mailer_main(void *arg)
{
	struct mailer *m = arg;
	struct queue_turn turn = {
		.arena = &m->arena,
		.kinds = m->config.kinds,
		.site = &m->config.site,
		.now_ms = time_now_ms(),
		.lease_ms = 2LL * m->config.timeout_ms,
		.retry_ms = m->config.retry_ms,
	};
	int64_t swept_ms = 0;
	struct err err;

	/* Nobody else serves a file's database; on a server another Jalon may be sending just now. */
	if (db_pool_engine(m->config.pool) == DB_SQLITE &&
	    db_write(m->config.pool, queue_begin, &turn, &err) < 0)
		report_fault(m, &err);
	while (!atomic_load(&m->is_over)) {
		int due;

		sweep(m, &turn, &swept_ms);
		arena_reset(&m->arena);
		/* A look is a read: the writer is not woken for nothing. */
		due = queue_is_due(m->config.pool, &m->arena, time_now_ms(), &err);
		if (due < 0)
			report_fault(m, &err);
		while (due > 0 && !atomic_load(&m->is_over) && send_one(m, &turn))
			;
		smtp_close(&m->smtp);
		rest_for(m, due < 0 ? FAULT_WAIT_MS : m->config.poll_ms);
	}
	smtp_close(&m->smtp);
	return NULL;
}

int mailer_start(struct arena *a, const struct mailer_config *config, struct mailer **ret,
		 struct err *err)
{
	struct mailer *m = arena_new(a, struct mailer, 1);
	pthread_condattr_t clock;
	int code;

	m->config = *config;
	m->config.poll_ms = config->poll_ms ? config->poll_ms : POLL_MS;
	m->config.retry_ms = config->retry_ms ? config->retry_ms : RETRY_MS;
	m->config.timeout_ms = config->timeout_ms ? config->timeout_ms : TIMEOUT_MS;
	m->smtp = (struct smtp){
		.settings = config->settings,
		.greeting = greeting_of(config->site.base_url, config->settings),
		.timeout_ms = m->config.timeout_ms,
		.is_over = &m->is_over,
	};
	arena_init(&m->arena, ARENA_BYTES);
	(void)pthread_mutex_init(&m->lock, NULL);
	(void)pthread_condattr_init(&clock);
	(void)pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
	(void)pthread_cond_init(&m->over, &clock);
	(void)pthread_condattr_destroy(&clock);
	code = pthread_create(&m->thread, NULL, mailer_main, m);
	if (code != 0) {
		arena_release(&m->arena);
		return err_set(err, FAULT_SYSTEM, "cannot start a thread: %s", strerror(code));
	}
	*ret = m;
	return 0;
}

void mailer_stop(struct mailer *m)
{
	if (!m)
		return;
	pthread_mutex_lock(&m->lock);
	atomic_store(&m->is_over, true);
	pthread_cond_broadcast(&m->over);
	pthread_mutex_unlock(&m->lock);
	(void)pthread_join(m->thread, NULL);
	(void)pthread_cond_destroy(&m->over);
	(void)pthread_mutex_destroy(&m->lock);
	arena_release(&m->arena);
}

int mail_try(struct arena *a, const struct mail_settings *settings,
	     const struct mail_letter *letter, void (*said)(struct str line), struct str *ret_why)
{
	struct smtp smtp = {
		.settings = settings,
		.greeting = greeting_of((struct str){ "", 0 }, settings),
		.timeout_ms = TIMEOUT_MS,
		.said = said,
	};
	int64_t now_ms = time_now_ms();
	const struct message message = { settings->from, letter, id_make(now_ms), now_ms };
	struct smtp_answer answer;
	const char *why;
	struct str text;

	if (message_write(a, &message, &text, &why) != 0) {
		*ret_why = str_from(why);
		return 1;
	}
	answer = smtp_send(&smtp, a, letter->to.address, text);
	smtp_close(&smtp);
	if (answer.result == SMTP_SENT)
		return 0;
	*ret_why = str_dup(a, str_from(answer.text));
	return 1;
}
