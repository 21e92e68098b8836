#include "http/jobs.h"

#include <sched.h>
#include <semaphore.h>
#include <stdatomic.h>

#include "../test.h"

struct work {
	sem_t begun, may_go, ran;
	int n_ran;
	_Atomic int n_dropped;
};

static void run(void *arg)
{
	struct work *w = arg;

	sem_post(&w->begun);
	sem_wait(&w->may_go);
	w->n_ran++;
	sem_post(&w->ran);
}

static void drop(void *arg)
{
	atomic_fetch_add(&((struct work *)arg)->n_dropped, 1);
}

static void setup(struct work *w, struct jobs *q)
{
	*w = (struct work){ .n_ran = 0 };
	sem_init(&w->begun, 0, 0);
	sem_init(&w->may_go, 0, 0);
	sem_init(&w->ran, 0, 0);
	assert_int_equal(jobs_start(q, 1, 0, NULL), 0);
}

static void runs_all(void **state)
{
	struct job jobs[5];
	struct work w;
	struct jobs q;

	(void)state;
	setup(&w, &q);
	for (int i = 0; i < 5; i++) {
		jobs[i] = (struct job){ .run = run, .drop = drop, .arg = &w };
		assert_int_equal(jobs_add(&q, &jobs[i]), 0);
		sem_post(&w.may_go);
	}
	for (int i = 0; i < 5; i++)
		sem_wait(&w.ran);
	jobs_stop(&q);
	assert_int_equal(w.n_ran, 5);
	assert_int_equal(atomic_load(&w.n_dropped), 0);
}

static void *let_go(void *arg)
{
	struct work *w = arg;

	/* jobs_stop() drops what waits before it waits for what runs. */
	while (atomic_load(&w->n_dropped) < JOBS_MAX)
		sched_yield();
	sem_post(&w->may_go);
	return NULL;
}

static void refuses_when_full_and_drops_what_waits(void **state)
{
	struct job *jobs = arena_new(*state, struct job, JOBS_MAX + 2);
	struct work w;
	struct jobs q;
	pthread_t helper;

	setup(&w, &q);
	for (int i = 0; i < JOBS_MAX + 2; i++) {
		jobs[i] = (struct job){ .run = run, .drop = drop, .arg = &w };
		assert_int_equal(jobs_add(&q, &jobs[i]), i == JOBS_MAX + 1);
		if (i == 0)
			sem_wait(&w.begun);
	}
	assert_int_equal(pthread_create(&helper, NULL, let_go, &w), 0);
	jobs_stop(&q);
	pthread_join(helper, NULL);
	assert_int_equal(w.n_ran, 1);
	assert_int_equal(atomic_load(&w.n_dropped), JOBS_MAX);
}

TEST_MAIN(unit_test(runs_all), unit_test(refuses_when_full_and_drops_what_waits))
