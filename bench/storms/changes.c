// SPDX-License-Identifier: GPL-2.0-only
/* What changes memory, or the machine, while hints are given. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "storm.h"

#define RDWR	(PROT_READ | PROT_WRITE)
#define OWN	(OWN_PAGES * PAGE)
#define CPUSET_MEMS	"/sys/fs/cgroup/storm/cpuset.mems"

static unsigned long own_first(void *arg)
{
	return COMMON_PAGES + (long)arg * OWN_PAGES;
}

static char *own_pages(void *arg)
{
	return storm->area + own_first(arg) * PAGE;
}

static bool goes_on(void)
{
	atomic_fetch_add(&storm->changes, 1);
	return !atomic_load(&storm->over);
}

static void refill(void *arg)
{
	fill_pages(own_first(arg), OWN_PAGES);
	must("own contents", are_filled(own_first(arg), OWN_PAGES));
}

static void map_anew(char *at)
{
	void *got = mmap(at, OWN, RDWR, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);

	must("mmap", got == at);
}

static void *discard(void *arg)
{
	while (goes_on()) {
		must("madvise", !madvise(own_pages(arg), OWN, MADV_DONTNEED));
		refill(arg);
	}
	return NULL;
}

static void *unmap(void *arg)
{
	while (goes_on()) {
		must("munmap", !munmap(own_pages(arg), OWN));
		map_anew(own_pages(arg));
		refill(arg);
	}
	return NULL;
}

static void *remap(void *arg)
{
	char *own = own_pages(arg), *away = storm->away + (long)arg * OWN;
	int how = MREMAP_MAYMOVE | MREMAP_FIXED;

	while (goes_on()) {
		must("mremap", mremap(own, OWN, OWN, how, away) == away);
		must("mremap back", mremap(away, OWN, OWN, how, own) == own);
		must("moved contents", are_filled(own_first(arg), OWN_PAGES));
		refill(arg);
	}
	return NULL;
}

static void *protect(void *arg)
{
	char *own = own_pages(arg);

	while (goes_on()) {
		must("mprotect", !mprotect(own, OWN / 2, PROT_NONE));
		must("mprotect", !mprotect(own + PAGE, PAGE, PROT_READ));
		must("mprotect", !mprotect(own, OWN, RDWR));
		must("contents", are_filled(own_first(arg), OWN_PAGES));
		refill(arg);
	}
	return NULL;
}

/* The child gives a hint on its own copy, and writes to a part of it. */
static void *split_off(void *arg)
{
	unsigned long own = own_first(arg);
	int status = -1;
	pid_t pid;

	while (goes_on()) {
		pid = fork();
		if (!pid) {
			give_hint(&storm->slots[(long)arg], own, OWN_PAGES, HBF_OP_DEMOTE,
				  storm->low);
			fill_pages(own, OWN_PAGES / 2);
			give_hint(&storm->slots[(long)arg], 0, own, HBF_OP_PREFETCH,
				  HBF_NID_AUTO);
			_exit(are_filled(own, OWN_PAGES) ? 0 : 1);
		}
		must("fork", pid > 0);
		refill(arg);
		must("waitpid", waitpid(pid, &status, 0) == pid && !status);
	}
	return NULL;
}

/* A huge page in pieces, and a new one. */
static void *split_huge(void *arg)
{
	char *own = own_pages(arg);

	while (goes_on()) {
		must("mprotect", !mprotect(own + PAGE, PAGE, PROT_READ));
		must("madvise", !madvise(own + 9 * PAGE, 7 * PAGE, MADV_DONTNEED));
		must("mprotect", !mprotect(own + PAGE, PAGE, RDWR));
		must("contents", are_filled(own_first(arg), 9));
		refill(arg);
		/* Fails as long as the kernel finds a reason to. */
		madvise((void *)((uintptr_t)own & ~(HUGE_BYTES - 1)), HUGE_BYTES, 25);
	}
	return NULL;
}

static void nothing(int signal)
{
	(void)signal;
}

/* Signals that are no reason to stop: no hint may say that it was interrupted. */
static void *annoy(void *arg)
{
	struct sigaction action = { .sa_handler = nothing };

	sigaction(SIGUSR1, &action, NULL);
	while (goes_on()) {
		kill(getpid(), SIGUSR1);
		must("own contents", are_filled(own_first(arg), OWN_PAGES));
	}
	return NULL;
}

bool write_text(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY);
	bool ok = fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);

	if (fd >= 0)
		close(fd);
	return ok;
}

/* The top, both, the node below, both, and so on; both at the end. */
static void *confine(void *arg)
{
	char below[16], both[16];
	const char *mems[] = { "0", both, below, both };
	unsigned int i = 0;

	snprintf(below, sizeof(below), "%d", storm->low);
	snprintf(both, sizeof(both), "0,%d", storm->low);
	while (goes_on()) {
		must("cpuset.mems", write_text(CPUSET_MEMS, mems[i++ % 4]));
		refill(arg);
	}
	must("cpuset.mems", write_text(CPUSET_MEMS, both));
	return NULL;
}

/* What a thread that is alone with the others is not for: they only give hints. */
static void *look_on(void *arg)
{
	while (goes_on())
		must("own contents", are_filled(own_first(arg), OWN_PAGES));
	return NULL;
}

static void end_by_exec(void)
{
	execl("/init", "init", "over", (char *)NULL);
	must("exec", false);
}

static void end_by_exit(void)
{
	_exit(0);
}

static void end_by_signal(void)
{
	kill(getpid(), SIGKILL);
}

#define HOLE	BIT_ERR(ENOMEM)
#define AWAY	BIT_ERR(EACCES)
/* A node has memory a moment before it has a tier, and before cpusets know of it. */
#define GONE	(BIT_ERR(ENODEV) | BIT_ERR(EINVAL) | AWAY)

const struct kind kinds[] = {
	{ "only hints", look_on },
	{ "MADV_DONTNEED", discard },
	{ "munmap and mmap", unmap, .refusals = HOLE },
	{ "mremap", remap, .refusals = HOLE },
	{ "mprotect", protect, .refusals = BIT_ERR(EINVAL) },
	{ "fork", split_off },
	{ "huge pages, split and collapsed", split_huge, .huge = true },
	{ "signals with a handler", annoy },
	{ "exec of one thread", .end = end_by_exec },
	{ "exit of the process", .end = end_by_exit },
	{ "SIGKILL", .end = end_by_signal },
	{ "cpuset.mems", confine, .refusals = AWAY, .alone = true },
	{ "memory offline and online", unplug, .refusals = GONE, .alone = true,
	  .needs = "/sys/devices/system/memory" },
};

const unsigned int nr_kinds = sizeof(kinds) / sizeof(kinds[0]);
