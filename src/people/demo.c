/* A demonstration's accounts: see demo.h. */
#include "people/demo.h"

#include "i18n/i18n.h"

const struct demo_account demo_accounts[DEMO_ACCOUNTS] = {
	[DEMO_CONSULTANT] = { STR("camille@demo.example"), STR("Camille Exemple"),
			      N_("owner of the three organisations") },
	[DEMO_VIEWER] = { STR("sacha@demo.example"), STR("Sacha Témoin"),
			  N_("may only look at them") },
};
