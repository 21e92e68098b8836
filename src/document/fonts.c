/* The embedded fonts, seen by the writers only: see document_priv.h. */
#include "document/document_priv.h"

#include <errno.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

#include "document/overpass.h"

struct fonts {
	int fds[3];
	FcConfig *config;
	PangoFontMap *map;
};

static int write_all(int fd, struct str s)
{
	while (s.len) {
		ssize_t n = write(fd, s.data, s.len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return -1;
		s = str_slice(s, (size_t)n, s.len);
	}
	return 0;
}

/* Fontconfig takes files only: the font becomes one that lives in memory and has no name. */
static int add_font(struct fonts *f, size_t i, struct str font, struct err *err)
{
	char path[64];

	f->fds[i] = memfd_create("overpass", MFD_CLOEXEC);
	if (f->fds[i] < 0 || write_all(f->fds[i], font))
		return err_set(err, FAULT_SYSTEM, "font in memory: %s", strerror(errno));
	(void)snprintf(path, sizeof path, "/proc/self/fd/%d", f->fds[i]);
	if (!FcConfigAppFontAddFile(f->config, (const FcChar8 *)path))
		return err_set(err, FAULT_SYSTEM, "fontconfig refused font %zu", i);
	return 0;
}

static int fonts_open(struct fonts *f, struct err *err)
{
	const struct str fonts[] = { overpass_400, overpass_600, overpass_700 };
	int r = 0;

	*f = (struct fonts){ .fds = { -1, -1, -1 } };
	/* A configuration of our own: no system font can change a document. */
	f->config = FcConfigCreate();
	if (!f->config)
		return err_set(err, FAULT_SYSTEM, "fontconfig has no memory");
	for (size_t i = 0; i < 3 && !r; i++)
		r = add_font(f, i, fonts[i], err);
	if (r)
		return r;
	/* Else pango reads the system's configuration and fonts when it starts. */
	if (!FcConfigSetCurrent(f->config))
		return err_set(err, FAULT_SYSTEM, "fontconfig has no memory");
	f->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
	if (!f->map)
		return err_set(err, FAULT_SYSTEM, "pango has no FreeType fonts");
	pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(f->map), f->config);
	/* librsvg takes this thread's default font map. */
	pango_cairo_font_map_set_default(PANGO_CAIRO_FONT_MAP(f->map));
	return 0;
}

/* Makes an empty configuration current, so that nothing keeps fonts whose files are gone. */
static void forget_fonts(void)
{
	FcConfig *empty = FcConfigCreate();

	if (!empty)
		return;
	(void)FcConfigSetCurrent(empty);
	FcConfigDestroy(empty);
}

static void fonts_release(struct fonts *f)
{
	if (f->map) {
		pango_cairo_font_map_set_default(NULL);
		/* pango 1.50 forgets its own reference when the map goes. */
		pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(f->map), NULL);
		g_object_unref(f->map);
	}
	if (f->config) {
		forget_fonts();
		FcConfigDestroy(f->config);
	}
	for (size_t i = 0; i < 3; i++)
		if (f->fds[i] >= 0)
			close(f->fds[i]);
}

/* Address space, of which only what is touched costs memory. */
enum { WORKING_BYTES = 1024 * 1024 * 1024 };

int document_alone(struct arena *a, const struct document *d, document_writer *write,
		   struct str *ret, struct err *err)
{
	/* pango, fontconfig and librsvg share caches whose locking we do not want to bet on. */
	static pthread_mutex_t writing = PTHREAD_MUTEX_INITIALIZER;
	struct arena work;
	struct fonts fonts;
	int r;

	if (document_is_too_long(d))
		return DOCUMENT_TOO_LONG;
	arena_init(&work, WORKING_BYTES);
	pthread_mutex_lock(&writing);
	r = fonts_open(&fonts, err);
	if (!r)
		r = write(a, &work, d, fonts.map, ret, err);
	fonts_release(&fonts);
	pthread_mutex_unlock(&writing);
	arena_release(&work);
	return r;
}
