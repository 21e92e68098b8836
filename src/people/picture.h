/* What an uploaded picture is, by its bytes. Inside of the room. */
#ifndef JALON_PEOPLE_PICTURE_H
#define JALON_PEOPLE_PICTURE_H

#include "base/str.h"

enum {
	/* Of width and height. A file of some kilobytes may claim more than a browser can hold, and everybody's would
	 * have to unpack it. */
	PICTURE_SIDE_MAX = 4096,
};

/* Its media type, "image/png"; NULL when it is neither PNG, JPEG, GIF nor WebP, or says no size, or one past the most. SVG is none
 * of them: it can hold a program. */
const char *picture_type(struct str bytes);

#endif
