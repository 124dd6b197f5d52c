// SPDX-License-Identifier: GPL-2.0-only
/* Processes that come to their end while their threads give hints. */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "storm.h"

#define LONGEST_LIFE_US	60000

/* Hints on the whole area: they take a while, so that the end comes in the middle of many. */
static void *give_long_hints(void *arg)
{
	struct slot *slot = &storm->slots[(long)arg];
	unsigned int op = HBF_OP_DEMOTE;

	for (;;) {
		give_hint(slot, 0, AREA_PAGES, op, HBF_NID_AUTO);
		op = op == HBF_OP_DEMOTE ? HBF_OP_PREFETCH : HBF_OP_DEMOTE;
	}
	return NULL;
}

static void live(const struct kind *kind, unsigned int nr_threads, unsigned int life_us)
{
	pthread_t thread;
	unsigned int i;

	lay_area(false);
	for (i = 0; i + 1 < nr_threads; i++)
		must("thread", !pthread_create(&thread, NULL, give_long_hints, (void *)(long)i));
	usleep(life_us);
	kind->end();
}

void end_processes(const struct kind *kind, unsigned int nr_threads, unsigned int ms)
{
	unsigned int i, seed = nr_threads, left = ms * 1000;
	int status;

	while (left) {
		unsigned int life_us = 1000 + rand_r(&seed) % LONGEST_LIFE_US;
		pid_t pid = fork();

		if (!pid)
			live(kind, nr_threads, life_us);
		must("fork", pid > 0);
		must("waitpid", waitpid(pid, &status, 0) == pid);
		must("its end", WIFSIGNALED(status) ? WTERMSIG(status) == 9 : !status);
		for (i = 0; i < nr_threads; i++)
			settle(&storm->slots[i], EINTR);
		atomic_fetch_add(&storm->changes, 1);
		left -= life_us < left ? life_us : left;
	}
}
