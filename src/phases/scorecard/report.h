/* The result as a document, from the same words as the page. */
#ifndef JALON_PHASES_SCORECARD_REPORT_H
#define JALON_PHASES_SCORECARD_REPORT_H

#include "phases/scorecard/sheet.h"

/* The PDF of a sheet's result in rq->language; the bytes live in the request's arena. For job
 * threads. */
MUST_CHECK int report_pdf(struct req *rq, const struct sheet *sheet, struct str *ret,
			  struct err *err);

#endif
