/* A campaign's results as documents and workbooks, from the same words and figures as the page. */
#ifndef JALON_PHASES_SCORECARD_RESULTS_EXPORT_H
#define JALON_PHASES_SCORECARD_RESULTS_EXPORT_H

#include "document/document.h"
#include "document/workbook.h"
#include "phases/scorecard/pages.h"
#include "phases/scorecard/results.h"

/* The comments that go with a document: of each question the first page, as long as they are no more than
 * EXPORT_COMMENT_BYTES in all; the pages have the rest. */
enum { EXPORT_COMMENT_BYTES = 1024 * 1024 };
struct export_comment {
	const struct results_question *question;
	struct str text, author; /* author: may be empty */
};
struct export_comments {
	struct export_comment *items;
	size_t n;
	bool is_cut;
};
/* What documents have beside the results: the above, what the plan has of the recommended actions, the place among
 * organisations and the logo. */
struct export_beside {
	struct export_comments comments;
	struct result_plan plan;
	struct str place; /* among organisations; empty: none is shown */
	struct str logo;  /* the organisation's, as document.h takes it */
};

/* Results that are shown, as a document and as a workbook; the bytes live in the request's arena. For job threads. 0 or a
 * fault. */
MUST_CHECK int results_report_write(struct req *rq, const struct results *r,
				    const struct export_beside *beside, enum document_form form,
				    struct str *ret, struct err *err);
MUST_CHECK int results_book_write(struct req *rq, const struct results *r,
				  const struct export_beside *beside, struct str *ret,
				  struct err *err);
/* Its table of those who sent answers to a nominative round, the first EXPORT_PEOPLE_MAX: for editors only. The
 * pages have the rest. 0 or a fault. */
enum { EXPORT_PEOPLE_MAX = 1000 };
MUST_CHECK int results_people_sheet(struct req *rq, const struct round *round,
				    struct worksheet *ret, struct err *err);
/* The workbook's table of questions by itself. 0 or a fault. */
MUST_CHECK int results_csv_write(struct req *rq, const struct results *r, struct str *ret,
				 struct err *err);

#endif
