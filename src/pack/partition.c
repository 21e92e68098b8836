/* Pieces without gap or overlap: a scale's steps, the bands. See draft_priv.h. */
#include "base/buf.h"
#include "pack/draft_priv.h"

/* "4", or "4 to 6", for a message. */
static const char *from_to(struct decoder *d, int from, int to)
{
	if (from == to)
		return str_fmt(d->a, "%d", from).data;
	return str_fmt(d->a, "%d to %d", from, to).data;
}

/* One span, given where it should begin and the highest value there is. */
static void check_span(struct decoder *d, struct span s, int begin, int max)
{
	if (s.from > s.to)
		decode_fault(d, s.node, "ends at %d, before it begins at %d", s.to, s.from);
	else if (s.from > begin)
		decode_fault(d, s.node, "begins at %d, after a gap: %s", s.from,
			     from_to(d, begin, s.from - 1));
	else if (s.from < begin)
		decode_fault(d, s.node, "begins at %d, where it should begin at %d", s.from, begin);
	else if (s.to > max)
		decode_fault(d, s.node, "ends at %d, above the highest: %d", s.to, max);
}

void check_partition(struct decoder *d, const struct yaml_node *list, const struct span *spans,
		     size_t n, int min, int max)
{
	int begin = min;

	for (size_t i = 0; i < n; i++) {
		check_span(d, spans[i], begin, max);
		if (spans[i].to >= begin)
			begin = spans[i].to + 1;
	}
	if (begin <= max)
		decode_fault(d, list, "nothing holds %s", from_to(d, begin, max));
}
