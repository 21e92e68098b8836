/* PostgreSQL only: what one program tells of its topics, heard by the others. */
#include "store/store.h"

#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "db/news.h"

enum { WAIT_MS = 10000 };

/* What was heard last. */
struct heard {
	pthread_mutex_t lock;
	char topic[DB_TOPIC_BYTES_MAX + 1];
	int64_t version;
	int n;
};

static void hear(void *arg, struct str topic, int64_t version)
{
	struct heard *h = arg;

	(void)pthread_mutex_lock(&h->lock);
	memcpy(h->topic, topic.data, topic.len);
	h->topic[topic.len] = '\0';
	h->version = version;
	h->n++;
	(void)pthread_mutex_unlock(&h->lock);
}

static bool has_heard(struct heard *h, const char *topic, int64_t version)
{
	bool has;

	(void)pthread_mutex_lock(&h->lock);
	has = h->version == version && strcmp(h->topic, topic) == 0;
	(void)pthread_mutex_unlock(&h->lock);
	return has;
}

static void assert_hears(struct heard *h, const char *topic, int64_t version)
{
	for (int ms = 0; ms < WAIT_MS && !has_heard(h, topic, version); ms++)
		(void)usleep(1000);
	assert_true(has_heard(h, topic, version));
}

static struct db_news *listen_to(struct db_pool *pool, struct heard *h)
{
	const struct db_news_ear ear = { hear, h };
	struct db_news *news;
	struct err err;

	*h = (struct heard){ .lock = PTHREAD_MUTEX_INITIALIZER };
	assert_ok(db_news_open(pool, &ear, &news, &err), &err);
	assert_non_null(news);
	return news;
}

static void others_hear_and_the_teller_does_not(void **state)
{
	struct store *s = *state;
	struct db_pool *other;
	struct heard here, there;
	struct db_news *news, *far;
	struct err err;

	assert_ok(db_pool_open(&s->config, &other, &err), &err);
	news = listen_to(s->pool, &here);
	far = listen_to(other, &there);
	db_news_tell(news, S("workshop 7"), 41);
	assert_hears(&there, "workshop 7", 41);
	db_news_tell(far, S("workshop 8"), 5);
	assert_hears(&here, "workshop 8", 5);
	assert_int_equal(here.n, 1);
	assert_int_equal(there.n, 1);
	/* The last one of what waits together comes through, whatever is left out. */
	for (int i = 1; i <= 500; i++)
		db_news_tell(news, S("workshop 7"), i + 100);
	assert_hears(&there, "workshop 7", 600);
	db_news_close(news);
	db_news_close(far);
	db_pool_close(other);
}

static void passes_over_what_is_not_news(void **state)
{
	struct store *s = *state;
	struct heard here;
	struct db_news *news = listen_to(s->pool, &here);

	(void)store_sql(
		s, "SELECT 1 FROM (SELECT pg_notify('jalon', unnest(ARRAY['nonsense', '', ' 3', "
		   "'a -1', 'a 1x', 'a 99999999999999999999', repeat('b', 48) || ' 1', "
		   "repeat('b', 7000)]))) x LIMIT 1");
	(void)store_sql(s, "SELECT 1 FROM (SELECT pg_notify('jalon', repeat('b', 47) || ' 3')) x");
	assert_hears(&here, "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", 3);
	assert_int_equal(here.n, 1);
	db_news_close(news);
}

static void comes_back_after_a_lost_connection(void **state)
{
	struct store *s = *state;
	struct heard here;
	struct db_news *news = listen_to(s->pool, &here);

	(void)store_sql(s, "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
			   "WHERE application_name = 'jalon' AND query LIKE '%LISTEN%'");
	for (int ms = 0; ms < WAIT_MS && here.n == 0; ms += 50) {
		(void)store_sql(s, "SELECT 1 FROM (SELECT pg_notify('jalon', 'a 1')) x");
		(void)usleep(50 * 1000);
	}
	assert_true(has_heard(&here, "a", 1));
	db_news_close(news);
}

TEST_MAIN(store_test(others_hear_and_the_teller_does_not), store_test(passes_over_what_is_not_news),
	  store_test(comes_back_after_a_lost_connection))
