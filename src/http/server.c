/* The life of the server: see server.h. */
#include "http/server.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/timing.h"
#include "http/listen.h"
#include "http/server_priv.h"

enum {
	PREPARERS = 2,       /* each takes a core and 19 MiB for a password */
	PREPARERS_NICE = 10, /* so pages go first where cores are few */
};
enum {
	SERVER_ARENA = 16 * 1024 * 1024,
	CONNECTION_MEMORY =
		32 * 1024, /* for the longest head we take; all of it is cleared for each */
	SWEEPS_PER_TIMEOUT = 4,
	SWEEP_MIN_MS = 20,
	SWEEP_MAX_MS = 1000,
	STOP_POLL_MS = 50,
	STOP_FLUSH_MS = 500, /* for the last replies to leave */
};

static int or_default(int value, int otherwise)
{
	return value > 0 ? value : otherwise;
}

static int cores(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	return n > 0 && n < JOB_THREADS_MAX / 2 ? (int)n : JOB_THREADS_MAX / 2;
}

static struct server_config with_defaults(const struct server_config *given)
{
	struct server_config c = *given;
	bool is_remote = c.pool && db_pool_engine(c.pool) == DB_POSTGRES;

	c.loop_threads = or_default(c.loop_threads, cores());
	/* With PostgreSQL these threads also read. */
	c.job_threads = or_default(c.job_threads, is_remote ? 2 * cores() : 2);
	if (c.job_threads > JOB_THREADS_MAX)
		c.job_threads = JOB_THREADS_MAX;
	c.connections_max = or_default(c.connections_max, 4096);
	c.hub.streams_max = or_default(c.hub.streams_max, (c.connections_max + 1) / 2);
	c.header_timeout_ms = or_default(c.header_timeout_ms, 10 * 1000);
	c.body_timeout_ms = or_default(c.body_timeout_ms, 60 * 1000);
	c.idle_timeout_ms = or_default(c.idle_timeout_ms, 30 * 1000);
	return c;
}

/* Often enough that no timeout is overstepped by more than a quarter. */
static int sweep_period(const struct server_config *c)
{
	int ms = c->header_timeout_ms;

	if (c->body_timeout_ms < ms)
		ms = c->body_timeout_ms;
	if (c->idle_timeout_ms < ms)
		ms = c->idle_timeout_ms;
	ms /= SWEEPS_PER_TIMEOUT;
	if (ms < SWEEP_MIN_MS)
		return SWEEP_MIN_MS;
	return ms > SWEEP_MAX_MS ? SWEEP_MAX_MS : ms;
}

/* Leaves percent-encoding alone: path.c decodes, once. */
static size_t keep_encoded(void *cls, struct MHD_Connection *connection, char *text)
{
	(void)cls;
	(void)connection;
	return strlen(text);
}

static int start_daemon(struct server *s, struct err *err)
{
	const unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME;
	struct MHD_OptionItem options[] = {
		{ MHD_OPTION_LISTEN_SOCKET, s->listen_fd, NULL },
		{ MHD_OPTION_THREAD_POOL_SIZE,
		  s->config.loop_threads > 1 ? s->config.loop_threads : 0, NULL },
		{ MHD_OPTION_CONNECTION_LIMIT, s->config.connections_max, NULL },
		{ MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_MEMORY, NULL },
		{ MHD_OPTION_CONNECTION_TIMEOUT, 0, NULL },
		{ MHD_OPTION_END, 0, NULL },
	};

	s->daemon = MHD_start_daemon(
		flags, 0, NULL, NULL, call_on_request, s, MHD_OPTION_ARRAY, options,
		MHD_OPTION_URI_LOG_CALLBACK, call_on_target, s, MHD_OPTION_UNESCAPE_CALLBACK,
		keep_encoded, NULL, MHD_OPTION_NOTIFY_COMPLETED, call_on_completed, s,
		MHD_OPTION_NOTIFY_CONNECTION, call_on_connection, s, MHD_OPTION_END);
	if (s->daemon)
		return 0;
	return err_set(err, FAULT_SYSTEM, "the HTTP library does not start: %s", strerror(errno));
}

static int start_workers(struct server *s, struct err *err)
{
	int r = jobs_start(&s->jobs, s->config.job_threads, 0, err);

	if (r != 0)
		return r;
	r = jobs_start(&s->preparers, PREPARERS, PREPARERS_NICE, err);
	if (r == 0) {
		r = start_daemon(s, err);
		if (r != 0)
			jobs_stop(&s->preparers);
	}
	if (r != 0)
		jobs_stop(&s->jobs);
	return r;
}

static_assert((int)DB_TOPIC_BYTES_MAX == (int)TOPIC_BYTES_MAX, "news are of topics");

static void hear(void *arg, struct str topic, int64_t version)
{
	struct hub *hub = arg;

	hub_publish(hub, topic, version);
}

/* The hub, and what brings it the news of other programs. */
static int start_hub(struct server *s, struct err *err)
{
	const struct db_news_ear ear = { hear, s->core.hub };
	int r = hub_start(s->core.hub, err);

	if (r != 0 || !s->config.pool)
		return r;
	r = db_news_open(s->config.pool, &ear, &s->core.news, err);
	if (r != 0)
		hub_stop(s->core.hub);
	return r;
}

static void stop_hub(struct server *s)
{
	db_news_close(s->core.news);
	hub_stop(s->core.hub);
}

/* Threads from the quiet ones to those that serve. */
static int start_threads(struct server *s, struct err *err)
{
	int r = conns_start(&s->conns, sweep_period(&s->config), err);

	if (r != 0)
		return r;
	r = start_hub(s, err);
	if (r == 0) {
		r = start_workers(s, err);
		if (r != 0)
			stop_hub(s);
	}
	if (r != 0)
		conns_stop(&s->conns);
	return r;
}

static void server_free(struct server *s)
{
	if (s->listen_fd >= 0)
		(void)close(s->listen_fd);
	calls_release(s);
	pthread_cond_destroy(&s->quiet);
	pthread_mutex_destroy(&s->lock);
	arena_release(&s->arena);
	free(s);
}

static struct server *server_new(const struct server_config *config)
{
	struct server *s = calloc(1, sizeof *s);

	if (!s)
		abort();
	arena_init(&s->arena, SERVER_ARENA);
	s->config = with_defaults(config);
	s->listen_fd = -1;
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->quiet, NULL);
	return s;
}

static_assert((int)SERVER_ADDRESS_TAKEN == (int)LISTEN_TAKEN, "it is passed up");

bool server_takes_listen(struct arena *a, struct str listen)
{
	return listen_parses(a, listen);
}

bool server_takes_base_url(struct arena *a, struct str base_url)
{
	return core_takes_base_url(a, base_url);
}

int server_start(const struct server_config *config, struct server **ret, struct err *err)
{
	struct server *s;
	int r;

	digest_init();
	s = server_new(config);
	r = listen_open(&s->arena, s->config.listen, &s->listen_fd, &s->url, err);
	if (r == 0)
		r = core_make(&s->arena, &s->config, s->url, &s->core, err);
	if (r == 0)
		r = start_threads(s, err);
	if (r != 0) {
		server_free(s);
		return r;
	}
	*ret = s;
	return 0;
}

struct str server_url(const struct server *s)
{
	return s->url;
}

/* Waits until *count is 0, at most until `until_ms`. */
static void wait_for(struct server *s, const int *count, int64_t until_ms)
{
	pthread_mutex_lock(&s->lock);
	while (*count > 0 && time_mono_ms() < until_ms) {
		struct timespec t;

		(void)clock_gettime(CLOCK_REALTIME, &t);
		t.tv_nsec += (long)STOP_POLL_MS * 1000000;
		t.tv_sec += t.tv_nsec / 1000000000;
		t.tv_nsec %= 1000000000;
		(void)pthread_cond_timedwait(&s->quiet, &s->lock, &t);
	}
	pthread_mutex_unlock(&s->lock);
}

void server_stop(struct server *s, int grace_ms)
{
	atomic_store(&s->is_draining, true);
	/* The library forgets the socket, which stays ours to close. */
	(void)MHD_quiesce_daemon(s->daemon);
	/* Streams would last longer than any grace; their readers come back to whoever serves next. */
	hub_close(s->core.hub, STOP_FLUSH_MS);
	wait_for(s, &s->n_calls, time_mono_ms() + grace_ms);
	/* From here on nothing is handed to another thread: the library cannot be stopped while a
	 * connection is suspended. Jobs that wait are answered 503; those that run, here or on the
	 * writer, come to their end. */
	pthread_mutex_lock(&s->lock);
	s->is_closing = true;
	pthread_mutex_unlock(&s->lock);
	jobs_drop(&s->jobs);
	jobs_drop(&s->preparers);
	wait_for(s, &s->n_suspended, INT64_MAX);
	wait_for(s, &s->n_calls, time_mono_ms() + STOP_FLUSH_MS);
	jobs_stop(&s->jobs);
	jobs_stop(&s->preparers);
	MHD_stop_daemon(s->daemon);
	stop_hub(s);
	conns_stop(&s->conns);
	server_free(s);
}
