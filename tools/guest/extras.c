// SPDX-License-Identifier: GPL-2.0-only
/* Files of the guest that the host wants to see: what gcov counted, what kmemleak found. */
#include "runner.h"

#define GCOV "/sys/kernel/debug/gcov"
#define KMEMLEAK "/sys/kernel/debug/kmemleak"
/* mm/kmemleak.c:MSECS_MIN_AGE is 5000: what is younger is not reported */
#define LEAK_AGE_MS 5500
#define ENTRIES_BYTES 2048
#define PATH_BYTES 1024

static __u64 aligned(__u64 value)
{
	return (value + 7) & ~7ULL;
}

/* Appends a whole file; a file that is not there is no failure, one without room is. */
void extra_file(const char *name, const char *path)
{
	__u64 at = control->extras_bytes, used = sizeof(struct rfck_extra) + aligned(strlen(name));
	struct rfck_extra *head = extras_at(at);
	__u64 room = control->extras_cap - at;
	int fd = sys_open(path, O_RDONLY, 0);
	long len = 1, data = 0;

	if (fd < 0)
		return;
	if (used + 8 > room)
		fail("no room for the extra files", 0);
	while (len > 0) {
		if (used + data + 8 > room)
			fail("no room for the extra files", 0);
		len = sys_read(fd, (char *)head + used + data, room - used - data - 8);
		data += len > 0 ? len : 0;
	}
	sys_close(fd);
	control->beats++;
	head->name_bytes = strlen(name);
	head->data_bytes = data;
	memcpy(head + 1, name, strlen(name));
	control->extras_bytes = at + used + aligned(data);
}

/* All .gcda files below @path, which is longer by a name on each level. */
static void coverage_below(char *path)
{
	unsigned long end = strlen(path);
	int fd = sys_open(path, O_RDONLY | O_DIRECTORY, 0);
	char *buffer = malloc(ENTRIES_BYTES);
	long len, at;

	if (fd < 0 || !buffer)
		fail(path, fd);
	while ((len = sys_getdents64(fd, (void *)buffer, ENTRIES_BYTES)) > 0) {
		for (at = 0; at < len;) {
			struct linux_dirent64 *entry = (void *)(buffer + at);
			unsigned long name = strlen(entry->d_name);

			at += entry->d_reclen;
			if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..") ||
			    end + name + 2 > PATH_BYTES)
				continue;
			text_append(path, "/");
			text_append(path, entry->d_name);
			if (entry->d_type == DT_DIR)
				coverage_below(path);
			else if (name > 5 && !strcmp(entry->d_name + name - 5, ".gcda"))
				extra_file(path, path);
			path[end] = '\0';
		}
	}
	sys_close(fd);
	free(buffer);
}

/* One scan looks at all memory, which takes what it takes; the host hears of each. */
static long scan(int fd)
{
	control->beats++;
	return sys_write(fd, "scan", 4);
}

static void scan_for_leaks(void)
{
	int fd = sys_open(KMEMLEAK, O_WRONLY, 0);
	long ret = fd;

	sleep_ms(LEAK_AGE_MS);
	if (fd >= 0)
		ret = scan(fd);
	/* What is found in one scan is reported when the next one finds it unchanged */
	if (ret >= 0)
		ret = scan(fd);
	control->beats++;
	if (ret < 0)
		fail("kmemleak does not scan", ret);
	sys_close(fd);
	extra_file("kmemleak", KMEMLEAK);
}

void extras_at_end(void)
{
	static char path[PATH_BYTES] = GCOV;

	if (control->duties & RFCK_DUTY_COVERAGE)
		coverage_below(path);
	if (control->duties & RFCK_DUTY_LEAKS)
		scan_for_leaks();
}
