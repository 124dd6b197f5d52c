// SPDX-License-Identifier: GPL-2.0-only
/* What pages hold and where they are. */
#include "runner.h"

#define MPOL_DEFAULT	0
#define MPOL_BIND	2
#define MAX_NODES	64

#define WORDS		(RFCK_PAGE_SIZE / sizeof(__u64))
/* The upper half of a pattern's first word; the lower one is its tag */
#define PATTERN_MARK	0x52464b50ULL

static __u64 *page_at(__u64 page)
{
	return (__u64 *)(RFCK_ARENA_BASE + (unsigned long)page * RFCK_PAGE_SIZE);
}

/* Each word depends on its place, so that no part of a page can stand for another. */
static __u64 pattern_word(__u32 tag, unsigned int i)
{
	__u64 first = PATTERN_MARK << 32 | tag;

	return first * (2 * i + 1) ^ (__u64)i << 48;
}

void pattern_put(__u64 *words, __u32 tag)
{
	unsigned int i;

	for (i = 0; i < WORDS; i++)
		((volatile __u64 *)words)[i] = pattern_word(tag, i);
}

/* The tag of a whole pattern, 0 of zeros. */
__u32 pattern_tag(const __u64 *words)
{
	__u32 tag = words[0];
	unsigned int i;

	if (words[0] && words[0] >> 32 != PATTERN_MARK)
		return RFCK_TAG_DAMAGED;
	for (i = 1; i < WORDS; i++)
		if (words[i] != (words[0] ? pattern_word(tag, i) : 0))
			return RFCK_TAG_DAMAGED;
	return tag;
}

/* New memory comes from a node, until bind_nowhere(). */
static long bind_to(__u64 nid)
{
	unsigned long mask[MAX_NODES / (8 * sizeof(unsigned long))] = { 0 };
	unsigned int bits = 8 * sizeof(unsigned long);

	if ((__s64)nid < 0)
		return 0;
	if (nid >= MAX_NODES)
		fail("a node is out of range", 0);
	mask[nid / bits] = 1UL << nid % bits;
	return my_syscall3(__NR_set_mempolicy, MPOL_BIND, mask, MAX_NODES + 1);
}

static void bind_nowhere(void)
{
	long ret = my_syscall3(__NR_set_mempolicy, MPOL_DEFAULT, NULL, 0);

	if (ret < 0)
		fail("cannot forget a memory policy", ret);
}

/* The kernel writes the first byte, so that what cannot be written is an errno. */
long op_write(const struct rfck_record *rec)
{
	int zero = sys_open("/dev/zero", O_RDONLY, 0);
	__u64 i, first = rec->arg[RFCK_ARG_WRITE_PAGE];
	long ret = bind_to(rec->arg[RFCK_ARG_WRITE_NID]);

	if (zero < 0)
		fail("cannot open /dev/zero", zero);
	for (i = 0; ret >= 0 && i < rec->arg[RFCK_ARG_WRITE_NPAGES]; i++) {
		ret = sys_read(zero, page_at(first + i), 1);
		if (ret >= 0)
			pattern_put(page_at(first + i),
				    rec->arg[RFCK_ARG_WRITE_SEED] << 16 | (first + i + 1));
	}
	sys_close(zero);
	bind_nowhere();
	return ret < 0 ? ret : 0;
}

/* The kernel reads the first byte, so that what cannot be read is no signal. */
long op_read(const struct rfck_record *rec, __u32 *out, __u32 *out_len)
{
	static int sink = -1;
	__u64 i, first = rec->arg[RFCK_ARG_READ_PAGE];
	long ret;

	if (sink < 0)
		sink = my_syscall2(__NR_memfd_create, "sink", 0);
	ret = sink < 0 ? sink : my_syscall5(__NR_pwrite64, sink, "", 1, 0, 0);
	if (ret < 0)
		fail("no sink", ret);
	ret = bind_to(rec->arg[RFCK_ARG_READ_NID]);
	for (i = 0; ret >= 0 && i < rec->arg[RFCK_ARG_READ_NPAGES]; i++) {
		long got = my_syscall5(__NR_pwrite64, sink, page_at(first + i), 1, 0, 0);

		out[i] = got < 0 ? RFCK_TAG_UNREADABLE : pattern_tag(page_at(first + i));
		*out_len += sizeof(*out);
	}
	bind_nowhere();
	return ret;
}

long op_where(const struct rfck_record *rec, int *out, __u32 *out_len)
{
	static void *pages[RFCK_ARENA_PAGES];
	unsigned long i, nr = rec->arg[RFCK_ARG_WHERE_NPAGES];
	long ret;

	if (nr > RFCK_ARENA_PAGES)
		fail("a range exceeds the arena", 0);
	for (i = 0; i < nr; i++)
		pages[i] = page_at(rec->arg[RFCK_ARG_WHERE_PAGE] + i);
	ret = my_syscall6(__NR_move_pages, 0, nr, pages, NULL, out, 0);
	if (ret == 0)
		*out_len = nr * sizeof(*out);
	return ret;
}
