// SPDX-License-Identifier: GPL-2.0-only
/* What gives hints in a storm, and what every answer has to obey. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

#include "storm.h"

void bad(const char *what, long a, long b)
{
	if (!atomic_fetch_add(&storm->bad, 1))
		snprintf(storm->why, sizeof(storm->why), "%s (%ld, %ld)", what, a, b);
}

static uint64_t *page_of(unsigned long nr)
{
	return (uint64_t *)(storm->area + nr * PAGE);
}

/* Each word depends on its page and on its place. */
static uint64_t word_of(unsigned long nr, unsigned int i)
{
	return (nr + 1) * 0x9e3779b97f4a7c15ULL + i;
}

void fill_pages(unsigned long first, unsigned long nr)
{
	unsigned long page;
	unsigned int i;

	for (page = first; page < first + nr; page++)
		for (i = 0; i < PAGE / sizeof(uint64_t); i++)
			page_of(page)[i] = word_of(page, i);
}

bool are_filled(unsigned long first, unsigned long nr)
{
	unsigned long page;
	unsigned int i;

	for (page = first; page < first + nr; page++)
		for (i = 0; i < PAGE / sizeof(uint64_t); i++)
			if (page_of(page)[i] != word_of(page, i))
				return false;
	return true;
}

/* Aligned, so that huge pages fit if they are wanted. */
void lay_area(bool huge)
{
	size_t bytes = AREA_PAGES * PAGE + HUGE_BYTES;
	char *all = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	must("mmap", all != MAP_FAILED);
	storm->area = (char *)(((uintptr_t)all + HUGE_BYTES - 1) & ~(HUGE_BYTES - 1));
	madvise(all, bytes, huge ? MADV_HUGEPAGE : MADV_NOHUGEPAGE);
	fill_pages(0, AREA_PAGES);
}

/* The two sums let a thread be killed at any moment: the state says which of them counts. */
static void add_to_sums(struct slot *slot, bool failed)
{
	const struct hbf_hint *h = &slot->hint;
	int which = atomic_load(&slot->state) & WHICH_SUM;
	struct hbf_stats_op *sum = &slot->sums[!which][h->op - HBF_OP_PREFETCH];

	memcpy(slot->sums[!which], slot->sums[which], sizeof(slot->sums[0]));
	sum->calls++;
	sum->errors += failed;
	sum->pages += h->nr_pages;
	sum->absent += h->nr_absent;
	sum->already += h->nr_already;
	sum->moved += h->nr_moved;
	sum->skipped += h->nr_skipped;
	sum->failed += h->nr_failed;
	atomic_store(&slot->state, !which);
}

/* What every answer has to obey. Only whoever is killed is told of a part of the range. */
void settle(struct slot *slot, int err)
{
	const struct hbf_hint *h = &slot->hint;

	if (!(atomic_load(&slot->state) & ASKING))
		return;
	atomic_fetch_add(&storm->hints, 1);
	if (h->nr_pages != h->nr_absent + h->nr_already + h->nr_moved + h->nr_skipped +
			   h->nr_failed)
		bad("counters don't add up", h->nr_pages, h->op);
	if (h->done_len != h->nr_pages * PAGE || h->done_len > h->len || h->resv1)
		bad("done_len is not what was counted", h->done_len, h->nr_pages);
	if (!err && h->done_len != h->len)
		bad("a part of the range is missing", h->done_len, h->len);
	if (err == EINTR) {
		atomic_fetch_add(&storm->interrupted, 1);
		atomic_fetch_add(&storm->halfway, h->done_len && h->done_len < h->len);
	} else if (err) {
		atomic_fetch_add(&storm->refused, 1);
		if (h->nr_pages)
			bad("a refused hint has results", err, h->nr_pages);
		if (err > 31 || !(storm->refusals & BIT_ERR(err)))
			bad("a hint was refused", err, h->op);
	}
	add_to_sums(slot, err != 0);
}

void give_hint(struct slot *slot, unsigned long first, unsigned long nr, unsigned int op, int nid)
{
	memset(&slot->hint, 0, sizeof(slot->hint));
	slot->hint.size = sizeof(slot->hint);
	slot->hint.op = op;
	slot->hint.start = (uintptr_t)storm->area + first * PAGE;
	slot->hint.len = nr * PAGE;
	slot->hint.target_nid = nid;
	atomic_fetch_or(&slot->state, ASKING);
	settle(slot, ioctl(storm->fd, HBF_IOC_HINT, &slot->hint) ? errno : 0);
}

static unsigned int pick(struct slot *slot, unsigned int below)
{
	return rand_r(&slot->seed) % below;
}

void *give_hints(void *arg)
{
	struct slot *slot = &storm->slots[(long)arg];
	unsigned long first;
	unsigned int op;
	int nid;

	do {
		first = pick(slot, AREA_PAGES);
		op = HBF_OP_PREFETCH + pick(slot, 4);
		nid = op == HBF_OP_DEMOTE && pick(slot, 2) ? storm->low : HBF_NID_AUTO;
		give_hint(slot, first, 1 + pick(slot, AREA_PAGES - first), op, nid);
		first = pick(slot, COMMON_PAGES - 8);
		if (!are_filled(first, 8))
			bad("contents of the common pages", first, 8);
	} while (!atomic_load(&storm->over));
	return NULL;
}

static void add(struct hbf_stats_op *sum, const struct hbf_stats_op *op)
{
	sum->pages += op->pages;
	sum->absent += op->absent;
	sum->already += op->already;
	sum->moved += op->moved;
	sum->skipped += op->skipped;
	sum->failed += op->failed;
}

unsigned long compare_with_stats(void)
{
	struct hbf_stats stats = { .size = sizeof(stats) };
	unsigned int i, op;
	unsigned long moved = 0;

	must("stats", !ioctl(storm->fd, HBF_IOC_STATS, &stats));
	for (op = 0; op < 4; op++) {
		struct hbf_stats_op sum = { }, all = { };

		for (i = 0; i < MOST_THREADS; i++) {
			struct slot *slot = &storm->slots[i];

			add(&sum, &slot->sums[atomic_load(&slot->state) & WHICH_SUM][op]);
		}
		add(&all, &stats.op[op]);
		if (memcmp(&sum, &all, sizeof(sum)))
			bad("the sum of all answers is not that of the file", sum.pages, all.pages);
		moved += sum.moved;
	}
	return moved;
}
