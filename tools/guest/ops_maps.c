// SPDX-License-Identifier: GPL-2.0-only
/* The process's own mappings, as /proc/self/smaps has them: maps has not all of their flags. */
#include "runner.h"

static char text[64 * 1024];

static int open_smaps(void)
{
	int fd = sys_open("/proc/self/smaps", O_RDONLY, 0);

	if (fd < 0)
		fail("cannot open /proc/self/smaps", fd);
	return fd;
}

/* A mapping is some 700 bytes, and the kernel makes no more of them than are read */
#define SMAPS_BYTES	1024

/* Appends to the @len bytes that are there; returns how many there are then, no more at the end. */
static long read_smaps(int fd, long len)
{
	long ret = sys_read(fd, text + len, SMAPS_BYTES);

	if (ret < 0 || len + ret + SMAPS_BYTES >= (long)sizeof(text))
		fail("cannot read /proc/self/smaps", ret);
	text[len + ret] = '\0';
	return len + ret;
}

/* The flags of one mapping that the host asked for, each with a space before it. */
static void pick_letters(const char *line, char *letters)
{
	static const char wanted[] = RFCK_MAPS_LETTERS;
	char word[5] = "    ";

	for (line += strlen("VmFlags: "); *line && *line != '\n'; line += 3) {
		word[1] = line[0];
		word[2] = line[1];
		word[3] = ' ';
		if (!text_find(wanted, word))
			continue;
		word[3] = '\0';
		text_append(letters, word);
	}
}

struct run {
	unsigned long start, end;
	char letters[128];
};

static void put_run(char *out, __u32 *out_len, const struct run *run)
{
	unsigned long page = (run->start - RFCK_ARENA_BASE) / RFCK_PAGE_SIZE;
	char line[192], digits[24];
	char *last = digits + sizeof(digits) - 1;

	if (run->start == run->end)
		return;
	strcpy(line, text_of_number(last, page));
	text_append(line, " ");
	text_append(line, text_of_number(last, (run->end - run->start) / RFCK_PAGE_SIZE));
	text_append(line, run->letters);
	text_append(line, "\n");
	answer_put(out, out_len, RFCK_ROOM_MAPS, line, strlen(line));
}

/* Takes the mapping apart that begins at @at; returns where it ends, NULL if not all is there. */
static const char *read_run(const char *at, struct run *run)
{
	const char *flags = text_find(at, "VmFlags: "), *end = flags ? strchr(flags, '\n') : NULL;

	if (!end)
		return NULL;
	run->start = text_number(&at, 16);
	at++;
	run->end = text_number(&at, 16);
	run->letters[0] = '\0';
	if (run->start >= RFCK_ARENA_BASE)
		pick_letters(flags, run->letters);
	return end + 1;
}

/* The next mapping at @at, of which @len bytes are read; NULL at the end of all. */
static const char *next_run(int fd, const char *at, long *len, struct run *run)
{
	const char *end;

	while (!(end = read_run(at, run))) {
		long more = read_smaps(fd, *len);

		if (more == *len)
			return NULL;
		*len = more;
	}
	return end;
}

/* The arena's mappings; neighbours with the same flags are one. What lies behind is not read. */
long op_maps(char *out, __u32 *out_len)
{
	struct run run = { 0 }, next = { 0 };
	int fd = open_smaps();
	const char *at = text;
	long len = 0;

	text[0] = '\0';
	while ((at = next_run(fd, at, &len, &next)) && next.start < RFCK_ARENA_BASE + ARENA_BYTES) {
		if (next.start < RFCK_ARENA_BASE)
			continue;
		if (run.end == next.start && !strcmp(run.letters, next.letters)) {
			run.end = next.end;
			continue;
		}
		put_run(out, out_len, &run);
		run = next;
	}
	sys_close(fd);
	put_run(out, out_len, &run);
	return 0;
}

/* Where a mapping begins that the kernel has made for this process. */
unsigned long region_base(__u64 region)
{
	static const char * const names[] = { "[vvar]", "[vdso]" };
	const char *at, *line = text;
	long len = 0, more;
	int fd;

	if (region == RFCK_REGION_STACK)
		return (unsigned long)&at & ~(RFCK_PAGE_SIZE - 1UL);
	if (region >= sizeof(names) / sizeof(*names))
		fail("an unknown region", region);
	fd = open_smaps();
	while ((more = read_smaps(fd, len)) > len)
		len = more;
	sys_close(fd);
	at = text_find(text, names[region]);
	if (!at)
		fail(names[region], 0);
	while (at > text && at[-1] != '\n')
		at--;
	line = at;
	return text_number(&line, 16);
}
