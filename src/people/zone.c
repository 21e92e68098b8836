/* Time zones: see lists.h. */
#include "people/lists.h"

bool is_time_zone(struct str name)
{
	struct str rest = time_zones;

	while (rest.data && rest.len)
		if (str_eq(str_cut(&rest, '\n'), name))
			return true;
	return false;
}
