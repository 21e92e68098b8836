/* How the columns of a table share its width: see document_priv.h. */
#include "document/document_priv.h"

/* The room that remains goes to the texts, so that figures stand at the right. */
static void share_rest(double *width, const bool *is_number, size_t n, double rest)
{
	size_t texts = 0;

	for (size_t i = 0; i < n; i++)
		texts += !is_number[i];
	for (size_t i = 0; i < n; i++)
		if (!is_number[i] || !texts)
			width[i] += rest / (double)(texts ? texts : n);
}

void columns_fit(double *width, const bool *is_number, size_t n, double available)
{
	bool settled[DOCUMENT_COLUMNS_MAX] = { false };
	double left = available;
	size_t open = n;

	for (bool moved = true; moved && open;) {
		double share = left / (double)open;

		moved = false;
		for (size_t i = 0; i < n; i++) {
			if (settled[i] || width[i] > share)
				continue;
			settled[i] = moved = true;
			left -= width[i];
			open--;
		}
	}
	for (size_t i = 0; i < n; i++)
		if (!settled[i])
			width[i] = left / (double)open;
	if (!open)
		share_rest(width, is_number, n, left);
}
