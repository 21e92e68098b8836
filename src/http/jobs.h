/* A bounded queue of work and the threads that do it. */
#ifndef JALON_HTTP_JOBS_H
#define JALON_HTTP_JOBS_H

#include <pthread.h>
#include <stdbool.h>

#include "base/err.h"

enum { JOBS_MAX = 256, JOB_THREADS_MAX = 64 };

struct job {
	void (*run)(void *arg);
	void (*drop)(void *arg); /* instead of run(), when the threads stop first */
	void *arg;
	struct job *next;
};

struct jobs {
	pthread_mutex_t lock;
	pthread_cond_t wakeup;
	struct job *first, **last;
	int n;
	bool is_stopped;
	pthread_t threads[JOB_THREADS_MAX];
	int n_threads;
	int niceness;
};

/* Makes an empty queue and starts its threads, JOB_THREADS_MAX at most; none is left on a fault. Above 0 (19 at most,
 * see setpriority(2)), `niceness` has them give way to the other threads where processors are short. */
MUST_CHECK int jobs_start(struct jobs *q, int n_threads, int niceness, struct err *err);
/* Queues `job`, which must live until it ran or was dropped. 0, or 1 when the queue is full or stopped. */
MUST_CHECK int jobs_add(struct jobs *q, struct job *job);
/* Drops the waiting jobs and takes no more; those that run come to their end. */
void jobs_drop(struct jobs *q);
/* jobs_drop(), then ends the threads. Nothing may be added at the same time. */
void jobs_stop(struct jobs *q);

#endif
