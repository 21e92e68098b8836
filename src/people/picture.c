/* See picture.h. */
#include "people/picture.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static uint32_t byte_at(struct str s, size_t at)
{
	return at < s.len ? (unsigned char)s.data[at] : 0;
}

/* `n` bytes as a number, the highest first; what is past the end counts as 0. */
static uint32_t high_first(struct str s, size_t at, int n)
{
	uint32_t ret = 0;

	for (int i = 0; i < n; i++)
		ret = ret << 8 | byte_at(s, at + (size_t)i);
	return ret;
}

static uint32_t low_first(struct str s, size_t at, int n)
{
	uint32_t ret = 0;

	for (int i = n - 1; i >= 0; i--)
		ret = ret << 8 | byte_at(s, at + (size_t)i);
	return ret;
}

struct size {
	uint32_t width, height;
};

/* PNG: the first chunk says it. */
static struct size png_size(struct str s)
{
	return (struct size){ high_first(s, 16, 4), high_first(s, 20, 4) };
}

/* GIF: the screen that its pictures are drawn on. */
static struct size gif_size(struct str s)
{
	return (struct size){ low_first(s, 6, 2), low_first(s, 8, 2) };
}

/* JPEG: in the first start of a frame; other segments are passed over by their lengths. */
static struct size jpeg_size(struct str s)
{
	size_t at = 2;

	while (at + 9 < s.len && byte_at(s, at) == 0xFF) {
		uint32_t marker = byte_at(s, at + 1);
		bool is_frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 &&
				marker != 0xC8 && marker != 0xCC;

		if (is_frame)
			return (struct size){ high_first(s, at + 7, 2), high_first(s, at + 5, 2) };
		at += marker == 0xFF ? 1 : 2 + (size_t)high_first(s, at + 2, 2);
	}
	return (struct size){ 0, 0 };
}

/* WebP: in each of its three kinds at another place (RFC 9649). */
static struct size webp_size(struct str s)
{
	enum { SIDE = 0x3FFF /* 14 bits */ };
	struct str kind = str_slice(s, 12, 16);
	uint32_t packed;

	if (str_is(kind, "VP8X"))
		return (struct size){ low_first(s, 24, 3) + 1, low_first(s, 27, 3) + 1 };
	if (str_is(kind, "VP8 "))
		return (struct size){ low_first(s, 26, 2) & SIDE, low_first(s, 28, 2) & SIDE };
	if (!str_is(kind, "VP8L"))
		return (struct size){ 0, 0 };
	packed = low_first(s, 21, 4);
	return (struct size){ (packed & SIDE) + 1, (packed >> 14 & SIDE) + 1 };
}

const char *picture_type(struct str bytes)
{
	static const struct {
		struct str begin;
		const char *type;
		struct size (*size)(struct str s);
	} kinds[] = {
		{ STR("\x89PNG\r\n\x1a\n"), "image/png", png_size },
		{ STR("\xff\xd8\xff"), "image/jpeg", jpeg_size },
		{ STR("GIF87a"), "image/gif", gif_size },
		{ STR("GIF89a"), "image/gif", gif_size },
		{ STR("RIFF"), "image/webp", webp_size },
	};

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		struct size size;

		if (!str_starts(bytes, kinds[i].begin))
			continue;
		if (kinds[i].size == webp_size && !str_is(str_slice(bytes, 8, 12), "WEBP"))
			continue;
		size = kinds[i].size(bytes);
		if (size.width == 0 || size.width > PICTURE_SIDE_MAX || size.height == 0 ||
		    size.height > PICTURE_SIDE_MAX)
			return NULL;
		return kinds[i].type;
	}
	return NULL;
}
