// SPDX-License-Identifier: GPL-2.0-only
/*
 * Init of a guest: one storm of each kind with 2, 4 and 8 threads, each for as long
 * as ms= on the kernel's command line says; those alone that begin with only=.
 * Prints a line for each, and what the kernel's own watchers say at the end.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/io.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "storm.h"

#define CGROUP	"/sys/fs/cgroup"
#define WAIT_S	30

struct storm *storm;
static pthread_barrier_t ready;
static unsigned int nr_hinting;
static const struct kind *kind;

static void stop(void)
{
	fflush(stdout);
	/* QEMU ends at once, with what the line has not sent by then. */
	tcdrain(STDOUT_FILENO);
	usleep(300000);
	if (!ioperm(0xf4, 4, 1))
		outl(0x10, 0xf4);
	for (;;)
		pause();
}

static void write_to(const char *path, const char *text)
{
	if (!write_text(path, text))
		printf("can't write to %s: %m\n", path);
}

/* Nobody maps anything more once all are there. */
static void *begin(void *arg)
{
	pthread_barrier_wait(&ready);
	return (long)arg < nr_hinting ? give_hints(arg) : kind->change(arg);
}

static void run_threads(unsigned int nr_threads, unsigned int ms)
{
	struct timespec left = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L };
	pthread_t threads[MOST_THREADS];
	unsigned int i;

	nr_hinting = kind->alone ? nr_threads - 1 : nr_threads / 2;
	lay_area(kind->huge);
	storm->away = mmap(NULL, MOST_THREADS * OWN_PAGES * PAGE, PROT_NONE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	pthread_barrier_init(&ready, NULL, nr_threads);
	for (i = 0; i < nr_threads; i++) {
		storm->slots[i].seed = i + 1;
		must("thread", !pthread_create(&threads[i], NULL, begin, (void *)(long)i));
	}
	/* A signal of the storm may come to this thread, too. */
	while (nanosleep(&left, &left) && errno == EINTR)
		;
	atomic_store(&storm->over, 1);
	for (i = 0; i < nr_threads; i++)
		pthread_join(threads[i], NULL);
	must("contents at the end", are_filled(0, AREA_PAGES));
}

static void begin_storm(int low)
{
	memset(storm, 0, sizeof(*storm));
	storm->low = low;
	storm->fd = open("/dev/hbfctl", O_RDWR);
}

static void run_storm(unsigned int nr_threads, unsigned int ms, int low)
{
	unsigned long moved;
	int status = -1;
	pid_t pid;

	begin_storm(low);
	storm->refusals = kind->refusals;
	if (kind->end) {
		end_processes(kind, nr_threads, ms);
	} else {
		pid = fork();
		if (!pid) {
			write_to(CGROUP "/storm/cgroup.procs", "0");
			run_threads(nr_threads, ms);
			_exit(0);
		}
		must("waitpid", waitpid(pid, &status, 0) == pid && !status);
	}
	moved = compare_with_stats();
	printf("storm|%s|%u|%lu|%lu|%lu|%lu|%lu|%lu|%lu|%s\n", kind->name, nr_threads,
	       storm->changes, storm->hints, storm->refused, storm->interrupted,
	       storm->halfway, moved, storm->bad, storm->why);
	fflush(stdout);
	close(storm->fd);
}

/* The node that a hint may demote to, once there is one. */
static int find_low(void)
{
	unsigned int tries;
	int nid;

	begin_storm(-1);
	lay_area(false);
	for (tries = 0; tries < WAIT_S; tries++) {
		for (nid = 0; nid < 8; nid++) {
			struct hbf_hint hint = {
				.size = sizeof(hint), .op = HBF_OP_DEMOTE, .target_nid = nid,
				.start = (uintptr_t)storm->area, .len = PAGE,
			};

			if (!ioctl(storm->fd, HBF_IOC_HINT, &hint))
				return nid;
		}
		sleep(1);
	}
	return -1;
}

static void show(const char *path, const char *word)
{
	char line[256];
	FILE *file = fopen(path, "r");

	while (file && fgets(line, sizeof(line), file))
		if (strstr(line, word))
			printf("%s: %s", path, line);
	if (file)
		fclose(file);
}

static void run_full(int low)
{
	int status = -1;
	pid_t pid;

	begin_storm(low);
	pid = fork();
	if (!pid) {
		lay_area(false);
		fill_node();
		fflush(stdout);
		_exit(0);
	}
	must("waitpid", waitpid(pid, &status, 0) == pid && !status);
	compare_with_stats();
	printf("full|end|%lu|%s\n", storm->bad, storm->why);
	close(storm->fd);
}

static bool is_wanted(const char *only, const char *name)
{
	return !only || !strncmp(only, name, strlen(only));
}

static bool is_possible(const struct kind *one)
{
	return !one->needs || !access(one->needs, F_OK);
}

int main(int argc, char **argv)
{
	const char *leaks = "/sys/kernel/debug/kmemleak", *ms = getenv("ms"), *only = getenv("only");
	unsigned int i, nr_threads;
	int low;

	if (argc > 1 && !strcmp(argv[1], "over"))
		return 0;
	mkdir("/proc", 0755);
	mkdir("/sys", 0755);
	mount("proc", "/proc", "proc", 0, NULL);
	mount("sysfs", "/sys", "sysfs", 0, NULL);
	mount("devtmpfs", "/dev", "devtmpfs", 0, NULL);
	mount("cgroup2", CGROUP, "cgroup2", 0, NULL);
	mount("debugfs", "/sys/kernel/debug", "debugfs", 0, NULL);
	write_to(CGROUP "/cgroup.subtree_control", "+cpuset");
	mkdir(CGROUP "/storm", 0755);
	storm = mmap(NULL, sizeof(*storm), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
		     -1, 0);
	low = find_low();
	for (i = 0; low >= 0 && i < nr_kinds; i++) {
		kind = &kinds[i];
		if (!is_wanted(only, kind->name) || !is_possible(kind))
			continue;
		for (nr_threads = 2; nr_threads <= MOST_THREADS; nr_threads *= 2)
			run_storm(nr_threads, ms ? atoi(ms) : 1000, low);
	}
	if (is_wanted(only, "full"))
		run_full(low);
	if (!access(leaks, F_OK)) {
		write_to(leaks, "scan");
		sleep(6);
		write_to(leaks, "scan");
		show(leaks, "unreferenced");
	}
	show("/proc/lockdep_stats", "debug_locks");
	printf("done\n");
	stop();
}
