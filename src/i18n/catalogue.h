/*
 * A compiled catalogue: the table that tools/po.py makes of po/fr.po. Look-ups are by tr(), trn() and
 * trc() in i18n.h; texts of templates are put in place when the program is built and need none.
 */
#ifndef JALON_I18N_CATALOGUE_H
#define JALON_I18N_CATALOGUE_H

#include "base/str.h"

enum { FORMS_MAX = 2 };

struct message {
	struct str context, id;
	struct str forms[FORMS_MAX]; /* one, or singular and plural */
};

/* Open addressing by the hash of the id alone, one slot after another; an empty slot has no id. */
struct catalogue {
	const struct message *slots;
	size_t size; /* a power of two, larger than the number of messages */
};

/* po/fr.po. */
extern const struct catalogue catalogue_fr;

#endif
