/* The certificate of an erasure: kept in the installation's log, shown as a page, as text and as PDF. */
#ifndef JALON_TRANSFER_CERTIFICATE_H
#define JALON_TRANSFER_CERTIFICATE_H

#include "transfer/pages.h"
#include "transfer/transfer.h"

struct certificate {
	struct str id;   /* the organisation's */
	struct str name; /* what it was called */
	struct str who;
	int64_t at_ms;
	struct transfer_counts counts; /* tables that are still known; others are left out */
};

/* Name and counts as the log keeps them: {"name":"…","rows":{"sheet":3}}, in `a`. */
struct str certificate_json(struct arena *a, struct str name, const struct transfer_counts *counts);
/* The reverse, in `a`, into these two members. 0, or 1 when it is no such text. */
MUST_CHECK int certificate_parse(struct arena *a, struct str json, struct certificate *ret);
/* In the words of the language, in `a`. The PDF is a document_pdf(), for a job thread: 0 or a fault. */
struct certificate_page certificate_words(struct arena *a, enum language l,
					  const struct certificate *c);
struct str certificate_text(struct arena *a, enum language l, const struct certificate *c);
MUST_CHECK int certificate_pdf(struct arena *a, enum language l, const struct certificate *c,
			       struct str *ret, struct err *err);

#endif
