/* See unzip.h. */
#include "http/unzip.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

enum { TEXT_MAX = 64 << 20, CHUNK = 1 << 16 };

static struct archive *open_zip(struct str zip)
{
	struct archive *archive = archive_read_new();

	if (!archive || archive_read_support_format_zip_seekable(archive) != ARCHIVE_OK)
		abort();
	if (archive_read_open_memory(archive, zip.data, zip.len) == ARCHIVE_OK)
		return archive;
	archive_read_free(archive);
	return NULL;
}

static void read_into(struct archive *archive, struct buf *b)
{
	static char chunk[CHUNK];
	la_ssize_t n;

	while ((n = archive_read_data(archive, chunk, sizeof chunk)) > 0)
		buf_put(b, str_make(chunk, (size_t)n));
}

struct str unzip_text(struct arena *a, struct str zip)
{
	struct buf b = buf_make(a, TEXT_MAX);
	struct archive *archive = open_zip(zip);
	struct archive_entry *entry;

	while (archive && archive_read_next_header(archive, &entry) == ARCHIVE_OK)
		read_into(archive, &b);
	if (archive)
		archive_read_free(archive);
	return buf_str(&b);
}

struct str unzip_file(struct arena *a, struct str zip, const char *name)
{
	struct buf b = buf_make(a, TEXT_MAX);
	struct archive *archive = open_zip(zip);
	struct archive_entry *entry;
	bool is_there = false;

	while (archive && !is_there && archive_read_next_header(archive, &entry) == ARCHIVE_OK) {
		is_there = strcmp(archive_entry_pathname(entry), name) == 0;
		if (is_there)
			read_into(archive, &b);
	}
	if (archive)
		archive_read_free(archive);
	return is_there ? buf_str(&b) : (struct str){ NULL, 0 };
}

struct str unzip_changed(struct arena *a, struct str zip, const char *name, const char *from,
			 const char *to)
{
	struct str text = unzip_file(a, zip, name);
	struct buf b = buf_make(a, TEXT_MAX);
	const char *at = text.len ? memmem(text.data, text.len, from, strlen(from)) : NULL;
	size_t before = at ? (size_t)(at - text.data) : 0;

	if (!at)
		return (struct str){ NULL, 0 };
	buf_put(&b, str_slice(text, 0, before));
	buf_puts(&b, to);
	buf_put(&b, str_slice(text, before + strlen(from), text.len));
	return buf_str(&b);
}

/* ---- writing ---- */

static la_ssize_t put(struct archive *archive, void *closure, const void *bytes, size_t n)
{
	(void)archive;
	buf_put(closure, str_make(bytes, n));
	return (la_ssize_t)n;
}

static void add(struct archive *out, const char *name, struct str bytes, bool is_link)
{
	struct archive_entry *entry = archive_entry_new();

	archive_entry_set_pathname(entry, name);
	archive_entry_set_filetype(entry, is_link ? AE_IFLNK : AE_IFREG);
	archive_entry_set_perm(entry, 0644);
	if (is_link)
		archive_entry_set_symlink(entry, "/etc/passwd");
	archive_entry_set_size(entry, is_link ? 0 : (la_int64_t)bytes.len);
	if (archive_write_header(out, entry) != ARCHIVE_OK ||
	    (!is_link && archive_write_data(out, bytes.data, bytes.len) != (la_ssize_t)bytes.len))
		abort();
	archive_entry_free(entry);
}

struct str rezip(struct arena *a, struct str zip, const char *name, const struct str *bytes,
		 enum rezip how)
{
	struct buf b = buf_make(a, TEXT_MAX);
	struct archive *in = open_zip(zip), *out = archive_write_new();
	struct archive_entry *entry;

	if (!in || archive_write_set_format_zip(out) != ARCHIVE_OK ||
	    archive_write_set_bytes_per_block(out, 0) != ARCHIVE_OK ||
	    archive_write_open(out, &b, NULL, put, NULL) != ARCHIVE_OK)
		abort();
	while (archive_read_next_header(in, &entry) == ARCHIVE_OK) {
		const char *old = archive_entry_pathname(entry);
		struct buf content = buf_make(a, TEXT_MAX);
		bool is_it = strcmp(old, name) == 0 && how != REZIP_ADD;

		read_into(in, &content);
		if (!is_it)
			add(out, old, buf_str(&content), false);
		else if (how != REZIP_LEAVE_OUT)
			add(out, old, *bytes, how == REZIP_LINK);
	}
	if (how == REZIP_ADD)
		add(out, name, *bytes, false);
	if (archive_write_close(out) != ARCHIVE_OK)
		abort();
	archive_write_free(out);
	archive_read_free(in);
	return buf_str(&b);
}
