/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Storms: some threads give hints while others change the memory that the hints
 * are about, or the machine. Each page has contents that somebody checks.
 */
#ifndef STORM_H
#define STORM_H

#include <linux/hbf.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#define PAGE		4096UL
#define MOST_THREADS	8
/* Pages that nobody but the hints touches: more than a batch. */
#define COMMON_PAGES	640
/* Pages of each thread that changes memory. */
#define OWN_PAGES	96
#define AREA_PAGES	(COMMON_PAGES + MOST_THREADS * OWN_PAGES)
#define HUGE_BYTES	(512 * PAGE)

/* Of a slot's state: a hint was given and not counted yet; which of the two sums counts. */
#define ASKING		2
#define WHICH_SUM	1

/* What a thread asks and was answered, where others find it once the thread is gone. */
struct slot {
	struct hbf_hint hint;
	struct hbf_stats_op sums[2][4];
	_Atomic int state;
	unsigned int seed;
};

/* What the processes of a storm have in common. */
struct storm {
	struct slot slots[MOST_THREADS];
	_Atomic int over;
	_Atomic unsigned long hints, refused, interrupted, halfway, changes, bad;
	char why[160];			/* the first that is bad */
	unsigned int refusals;		/* errors that are right: bits of BIT_ERR() */
	int fd;				/* of /dev/hbfctl */
	int low;			/* the node below */
	char *area;
	char *away;			/* as much room again for what threads own */
};

/* errno values below 32, as bits. */
#define BIT_ERR(err)	(1U << (err))

extern struct storm *storm;

/* Notes what must not be; the first is told. */
void bad(const char *what, long a, long b);
#define must(what, cond)	do { if (!(cond)) bad(what, errno, __LINE__); } while (0)

struct kind;

/* Contents. */
void fill_pages(unsigned long first, unsigned long nr);
bool are_filled(unsigned long first, unsigned long nr);

void lay_area(bool huge);

/* Threads; the argument is the number of the thread. */
void *give_hints(void *arg);
void give_hint(struct slot *slot, unsigned long first, unsigned long nr, unsigned int op, int nid);
/* Counts what was asked last, by a thread that may be gone. */
void settle(struct slot *slot, int err);
/* All answers together are what the open file has counted. Gives the pages that moved. */
unsigned long compare_with_stats(void);

/* A process with threads that give hints, and one of them that ends all others. */
void end_processes(const struct kind *kind, unsigned int nr_threads, unsigned int ms);
/* A node without free memory: hints that ask for it. */
void fill_node(void);
/* Takes the memory of the node below away, block by block, and brings it back. */
void *unplug(void *arg);

bool write_text(const char *path, const char *text);

struct kind {
	const char *name;
	void *(*change)(void *arg);	/* what the other threads do */
	void (*end)(void);		/* or how a process comes to its end */
	unsigned int refusals;
	const char *needs;		/* a file without which there is no such storm */
	bool alone;			/* one thread changes, all others give hints */
	bool huge;			/* the area has huge pages */
};

extern const struct kind kinds[];
extern const unsigned int nr_kinds;

#endif
