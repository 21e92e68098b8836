/* The accounts of a demonstration (`jalon demo`), which its console and its sign-in page tell everybody. */
#ifndef JALON_PEOPLE_DEMO_H
#define JALON_PEOPLE_DEMO_H

#include "base/str.h"

enum { DEMO_CONSULTANT, DEMO_VIEWER, DEMO_ACCOUNTS };

#define DEMO_PASSWORD "demonstration"

struct demo_account {
	struct str email, name;
	const char *what; /* it may do; an N_() text */
};
extern const struct demo_account demo_accounts[DEMO_ACCOUNTS];

#endif
