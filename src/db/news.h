/*
 * News between the programs that serve one database: that a topic has a new version, told to the others
 * after it is stored. PostgreSQL carries them (NOTIFY, LISTEN). A SQLite file is served by one program, so
 * there nobody is told.
 *
 * Some may be lost, while the connection is: who listens looks for itself from time to time as well.
 */
#ifndef JALON_DB_NEWS_H
#define JALON_DB_NEWS_H

#include "db/db.h"

enum { DB_TOPIC_BYTES_MAX = 47 };

struct db_news;

/* Who is told what another program told: on the thread of the news, `topic` borrowed for the call. */
struct db_news_ear {
	void (*hear)(void *arg, struct str topic, int64_t version);
	void *arg;
};

/* Listens, on a connection and a thread of its own, until db_news_close(); before db_pool_close(). When the connection is
 * lost it comes back by itself. *ret is NULL on SQLite, which the two functions below allow. 0 or a fault. */
MUST_CHECK int db_news_open(struct db_pool *pool, const struct db_news_ear *ear,
			    struct db_news **ret, struct err *err);
/* Tells the other programs, not this one. From any thread; quick: only the newest version of a topic that waits
 * is sent. `topic`: DB_TOPIC_BYTES_MAX at most, without control characters. */
void db_news_tell(struct db_news *n, struct str topic, int64_t version);
/* Ends the thread; waits as long as connecting may take, 10 s, when the database is out of reach. */
void db_news_close(struct db_news *n);

#endif
