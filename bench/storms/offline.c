// SPDX-License-Identifier: GPL-2.0-only
/* A node that loses its memory, block by block, while hints ask for it. */
#define _GNU_SOURCE
#include <glob.h>
#include <stdio.h>

#include "storm.h"

#define STATES	"/sys/devices/system/node/node%d/memory*/state"

/* The kernel may refuse a block for the moment: says whether all are in the state now. */
static bool set_all(const glob_t *blocks, const char *state)
{
	bool all = true;
	size_t i;

	for (i = 0; i < blocks->gl_pathc; i++)
		all &= write_text(blocks->gl_pathv[i], state);
	return all;
}

/* Movable, as the memory would have to be that is meant to go. */
void *unplug(void *arg)
{
	char pattern[80];
	glob_t blocks;

	(void)arg;
	snprintf(pattern, sizeof(pattern), STATES, storm->low);
	must("blocks of memory", !glob(pattern, 0, NULL, &blocks));
	while (!atomic_load(&storm->over)) {
		if (set_all(&blocks, "offline"))
			atomic_fetch_add(&storm->changes, 1);
		must("online again", set_all(&blocks, "online_movable"));
	}
	globfree(&blocks);
	return NULL;
}
