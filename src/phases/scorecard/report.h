/* The result as a document, from the same words as the page. */
#ifndef JALON_PHASES_SCORECARD_REPORT_H
#define JALON_PHASES_SCORECARD_REPORT_H

#include "document/document.h"
#include "phases/scorecard/sheet.h"

/* A sheet's result in rq->language; the bytes live in the request's arena. For job threads. 0 or a fault. */
MUST_CHECK int report_write(struct req *rq, const struct sheet *sheet, enum document_form form,
			    struct str *ret, struct err *err);

#endif
