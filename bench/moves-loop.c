// SPDX-License-Identifier: GPL-2.0-only
/*
 * Init of a guest: moves the same pages between two tiers, with hints and with
 * move_pages() by turns, and says how long each call took. Prints one line a call:
 * "sample METHOD WHAT PAGES NANOSECONDS".
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/io.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include <linux/hbf.h>

#define PAGE		4096UL
#define MOST_PAGES	16384UL
#define MPOL_MF_MOVE	2

static char *memory, *untouched;
static void *pages[MOST_PAGES];
static int nodes[MOST_PAGES], status[MOST_PAGES];
static int device;

static void stop(void)
{
	fflush(stdout);
	/* QEMU ends at once, with what the line has not sent by then. */
	tcdrain(STDOUT_FILENO);
	usleep(200000);
	if (!ioperm(0xf4, 4, 1))
		outl(0x10, 0xf4);
	for (;;)
		pause();
}

static void give_up(const char *why, unsigned long nr)
{
	printf("gave up: %s (%lu)\n", why, nr);
	stop();
}

static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000000ULL + now.tv_nsec;
}

/* Every page has its own word, and all have to be on one node. */
static void check_pages(unsigned long nr, int node)
{
	unsigned long i;

	if (syscall(SYS_move_pages, 0, nr, pages, NULL, status, 0))
		give_up("move_pages() does not say where pages are", nr);
	for (i = 0; i < nr; i++) {
		if (status[i] != node)
			give_up("a page is on another node", i);
		if (*(unsigned long *)pages[i] != i)
			give_up("a page has other contents", i);
	}
}

static uint64_t hint(char *start, unsigned long nr, int op, unsigned long moved)
{
	struct hbf_hint hint = {
		.size = sizeof(hint),
		.op = op,
		.start = (uintptr_t)start,
		.len = nr * PAGE,
		.target_nid = HBF_NID_AUTO,
	};
	uint64_t begin = now_ns(), end;
	int ret = ioctl(device, HBF_IOC_HINT, &hint);

	end = now_ns();
	if (ret || hint.nr_pages != nr || hint.nr_moved != moved)
		give_up("a hint did not do it all", hint.nr_moved);
	return end - begin;
}

static uint64_t move_to(unsigned long nr, int node)
{
	uint64_t begin, end;
	unsigned long i;
	long ret;

	for (i = 0; i < nr; i++)
		nodes[i] = node;
	begin = now_ns();
	ret = syscall(SYS_move_pages, 0, nr, pages, nodes, status, MPOL_MF_MOVE);
	end = now_ns();
	if (ret)
		give_up("move_pages() failed", ret);
	return end - begin;
}

static void sample(const char *method, const char *what, unsigned long nr, uint64_t ns)
{
	printf("sample %s %s %lu %llu\n", method, what, nr, (unsigned long long)ns);
}

static void measure_moves(unsigned long nr)
{
	uint64_t ns;

	ns = hint(memory, nr, HBF_OP_DEMOTE, nr);
	check_pages(nr, 1);
	sample("hint", "down", nr, ns);
	ns = hint(memory, nr, HBF_OP_PROMOTE, nr);
	check_pages(nr, 0);
	sample("hint", "up", nr, ns);
	ns = move_to(nr, 1);
	check_pages(nr, 1);
	sample("move_pages", "down", nr, ns);
	ns = move_to(nr, 0);
	check_pages(nr, 0);
	sample("move_pages", "up", nr, ns);
}

/* Pages that are where they should be, and ranges that have no page. */
static void measure_nothing(unsigned long nr)
{
	sample("hint", "stay", nr, hint(memory, nr, HBF_OP_PROMOTE, 0));
	sample("move_pages", "stay", nr, move_to(nr, 0));
	sample("hint", "absent", nr, hint(untouched, nr, HBF_OP_PROMOTE, 0));
}

static char *map(void)
{
	char *at = mmap(NULL, MOST_PAGES * PAGE, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (at == MAP_FAILED || madvise(at, MOST_PAGES * PAGE, MADV_NOHUGEPAGE))
		give_up("no memory to move", 0);
	return at;
}

int main(void)
{
	static const struct { unsigned long pages, rounds; } sizes[] = {
		{ 1, 100 }, { 512, 40 }, { MOST_PAGES, 6 },
	};
	unsigned long i, size, round;

	mount("devtmpfs", "/dev", "devtmpfs", 0, NULL);
	device = open("/dev/hbfctl", O_RDWR | O_CLOEXEC);
	if (device < 0)
		give_up("no device", 0);
	memory = map();
	untouched = map();
	for (i = 0; i < MOST_PAGES; i++) {
		pages[i] = memory + i * PAGE;
		*(unsigned long *)pages[i] = i;
	}
	check_pages(MOST_PAGES, 0);
	for (size = 0; size < sizeof(sizes) / sizeof(sizes[0]); size++) {
		for (round = 0; round < sizes[size].rounds; round++) {
			measure_moves(sizes[size].pages);
			measure_nothing(sizes[size].pages);
		}
	}
	printf("hint of %zu bytes, done\n", sizeof(struct hbf_hint));
	stop();
}
