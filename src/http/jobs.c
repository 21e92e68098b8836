/* Job threads: see jobs.h. */
#include "http/jobs.h"

#include <assert.h>
#include <sys/resource.h>

/* The next job, or NULL when there will be none. */
static struct job *take(struct jobs *q)
{
	struct job *job = NULL;

	pthread_mutex_lock(&q->lock);
	while (!q->first && !q->is_stopped)
		pthread_cond_wait(&q->wakeup, &q->lock);
	if (!q->is_stopped) {
		job = q->first;
		q->first = job->next;
		if (!q->first)
			q->last = &q->first;
		q->n--;
	}
	pthread_mutex_unlock(&q->lock);
	return job;
}

static void *thread_main(void *arg)
{
	struct jobs *q = arg;
	struct job *job;

	/* Linux has a niceness for each thread; 0 is the one that asks. It may only be raised, so this cannot fail. */
	if (q->niceness > 0)
		(void)setpriority(PRIO_PROCESS, 0, q->niceness);
	while ((job = take(q)))
		job->run(job->arg);
	return NULL;
}

int jobs_add(struct jobs *q, struct job *job)
{
	int r = 1;

	pthread_mutex_lock(&q->lock);
	if (!q->is_stopped && q->n < JOBS_MAX) {
		job->next = NULL;
		*q->last = job;
		q->last = &job->next;
		q->n++;
		r = 0;
		pthread_cond_signal(&q->wakeup);
	}
	pthread_mutex_unlock(&q->lock);
	return r;
}

int jobs_start(struct jobs *q, int n_threads, int niceness, struct err *err)
{
	assert(n_threads <= JOB_THREADS_MAX);
	*q = (struct jobs){ .niceness = niceness };
	q->last = &q->first;
	pthread_mutex_init(&q->lock, NULL);
	pthread_cond_init(&q->wakeup, NULL);
	for (; q->n_threads < n_threads; q->n_threads++) {
		int r = pthread_create(&q->threads[q->n_threads], NULL, thread_main, q);

		if (r != 0) {
			jobs_stop(q);
			return err_set(err, FAULT_SYSTEM, "cannot start a thread: %s", strerror(r));
		}
	}
	return 0;
}

void jobs_drop(struct jobs *q)
{
	struct job *left;

	pthread_mutex_lock(&q->lock);
	q->is_stopped = true;
	left = q->first;
	q->first = NULL;
	q->n = 0;
	pthread_cond_broadcast(&q->wakeup);
	pthread_mutex_unlock(&q->lock);
	while (left) {
		struct job *next = left->next;

		left->drop(left->arg);
		left = next;
	}
}

void jobs_stop(struct jobs *q)
{
	jobs_drop(q);
	for (int i = 0; i < q->n_threads; i++)
		pthread_join(q->threads[i], NULL);
	pthread_cond_destroy(&q->wakeup);
	pthread_mutex_destroy(&q->lock);
}
