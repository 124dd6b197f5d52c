// SPDX-License-Identifier: GPL-2.0-only
/* A node without free memory, and a hint to move pages there: it succeeds, and they fail. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/klog.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "storm.h"

#define HOARD_PAGES	16384UL
#define ENOUGH_MISSES	64
#define MPOL_MF_MOVE	2
/* include/linux/syslog.h of the kernel */
#define SYSLOG_ACTION_CONSOLE_OFF	6
#define SYSLOG_ACTION_CONSOLE_ON	7
#define HUGE_PAGES	"/sys/devices/system/node/node%d/hugepages/hugepages-2048kB/nr_hugepages"

static void set_huge_pages(unsigned int nr)
{
	char path[128];
	FILE *file;

	snprintf(path, sizeof(path), HUGE_PAGES, storm->low);
	file = fopen(path, "w");
	must("huge pages", file && fprintf(file, "%u", nr) > 0 && !fclose(file));
}

static int node_of(const char *page)
{
	void *pages[1] = { (void *)page };
	int status = -1;

	syscall(SYS_move_pages, 0, 1UL, pages, NULL, &status, 0);
	return status;
}

static bool move_there(char *page)
{
	void *pages[1] = { page };
	int status, node = storm->low;

	return syscall(SYS_move_pages, 0, 1UL, pages, &node, &status, MPOL_MF_MOVE) == 0;
}

void fill_node(void)
{
	char *hoard = mmap(NULL, HOARD_PAGES * PAGE, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	unsigned long i, there = 0, misses = 0;
	struct slot *slot = &storm->slots[0];

	must("mlock", hoard != MAP_FAILED && !mlock(hoard, HOARD_PAGES * PAGE));
	set_huge_pages(100000);
	/* move_pages() complains when it finds no room; a hint must not. */
	klogctl(SYSLOG_ACTION_CONSOLE_OFF, NULL, 0);
	for (i = 0; i < HOARD_PAGES && misses < ENOUGH_MISSES; i++)
		misses = move_there(hoard + i * PAGE) ? 0 : misses + 1;
	klogctl(SYSLOG_ACTION_CONSOLE_ON, NULL, 0);
	must("the node is full", misses == ENOUGH_MISSES);
	give_hint(slot, 0, AREA_PAGES, HBF_OP_DEMOTE, storm->low);
	printf("full|%llu|%llu\n", slot->hint.nr_moved, slot->hint.nr_failed);
	must("pages of a full node fail", slot->hint.nr_failed > 0);
	for (i = 0; i < AREA_PAGES; i++)
		there += node_of(storm->area + i * PAGE) == storm->low;
	must("where they are", there == slot->hint.nr_moved + slot->hint.nr_already);
	must("contents", are_filled(0, AREA_PAGES));
	set_huge_pages(0);
}
