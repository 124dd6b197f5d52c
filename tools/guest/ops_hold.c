// SPDX-License-Identifier: GPL-2.0-only
/* What keeps memory from moving: long-term pins, swap, and a node without free memory. */
#include "runner.h"

#define GUP_TEST	"/sys/kernel/debug/gup_test"
/* mm/gup_test.h of the kernel */
struct pin_longterm_test {
	__u64 addr;
	__u64 size;
	__u32 flags;
};
#define PIN_LONGTERM_TEST_START	_IOW('g', 7, struct pin_longterm_test)
#define PIN_LONGTERM_TEST_STOP	_IO('g', 8)
#define USE_WRITE	1

#define MADV_PAGEOUT_	21
#define SWAP_DEVICE	"/dev/ram0"
#define SWAP_TRIES	8

#define HOARD_BYTES	(48UL << 20)
#define HOARD_PAGES	(HOARD_BYTES / RFCK_PAGE_SIZE)
#define MOVED_AT_ONCE	512
/* include/linux/syslog.h of the kernel */
#define SYSLOG_ACTION_CONSOLE_OFF	6
#define SYSLOG_ACTION_CONSOLE_ON	7
/* So many pages in a row that find no room say that there is none. */
#define ENOUGH_MISSES	64
#define MPOL_MF_MOVE	2

static int pin_fd = -1;
static int hoarding = -1;
static int swapping;

long op_pin(const struct rfck_record *rec)
{
	struct pin_longterm_test test = {
		.addr = RFCK_ARENA_BASE + rec->arg[RFCK_ARG_PIN_PAGE] * RFCK_PAGE_SIZE,
		.size = rec->arg[RFCK_ARG_PIN_NPAGES] * RFCK_PAGE_SIZE,
		.flags = USE_WRITE,
	};

	if (pin_fd < 0)
		pin_fd = sys_open(GUP_TEST, O_RDWR, 0);
	if (pin_fd < 0)
		fail("cannot open " GUP_TEST, pin_fd);
	return my_syscall3(__NR_ioctl, pin_fd, PIN_LONGTERM_TEST_START, &test);
}

long op_unpin(void)
{
	if (pin_fd >= 0)
		return my_syscall3(__NR_ioctl, pin_fd, PIN_LONGTERM_TEST_STOP, 0);
	return 0;
}

/* A swap area on a RAM disk: mm/swapfile.c:read_swap_header() asks for no more than this. */
static void swap_begin(void)
{
	static __u32 header[RFCK_PAGE_SIZE / sizeof(__u32)];
	int fd;
	long ret;

	if (swapping)
		return;
	swapping = 1;
	fd = sys_open(SWAP_DEVICE, O_RDWR, 0);
	ret = fd < 0 ? fd : sys_lseek(fd, 0, SEEK_END);
	if (ret < 0)
		fail("cannot open " SWAP_DEVICE, ret);
	header[1024 / sizeof(__u32)] = 1;
	header[1024 / sizeof(__u32) + 1] = ret / RFCK_PAGE_SIZE - 1;
	memcpy((char *)header + RFCK_PAGE_SIZE - 10, "SWAPSPACE2", 10);
	sys_lseek(fd, 0, SEEK_SET);
	ret = sys_write(fd, header, sizeof(header));
	sys_close(fd);
	if (ret == sizeof(header))
		ret = my_syscall2(__NR_swapon, SWAP_DEVICE, 0);
	if (ret < 0)
		fail("cannot swap to " SWAP_DEVICE, ret);
}

static int is_there(unsigned long addr)
{
	void *page = (void *)addr;
	int status = 0;

	my_syscall6(__NR_move_pages, 0, 1, &page, NULL, &status, 0);
	return status >= 0;
}

/* Reclaim may leave a page alone the first time that it meets it. */
long op_swap_out(const struct rfck_record *rec)
{
	unsigned long start = RFCK_ARENA_BASE +
			      (unsigned long)rec->arg[RFCK_ARG_SWAP_OUT_PAGE] * RFCK_PAGE_SIZE;
	unsigned long at, end = start +
			      (unsigned long)rec->arg[RFCK_ARG_SWAP_OUT_NPAGES] * RFCK_PAGE_SIZE;
	unsigned int tries;
	long ret = 0, left = 1;

	swap_begin();
	for (tries = 0; ret == 0 && left && tries < SWAP_TRIES; tries++) {
		ret = my_syscall3(__NR_madvise, start, end - start, MADV_PAGEOUT_);
		for (left = 0, at = start; at < end; at += RFCK_PAGE_SIZE)
			left += is_there(at);
	}
	return ret < 0 ? ret : left;
}

static void put_number(char *at, unsigned long value)
{
	char digits[24];

	text_append(at, text_of_number(digits + sizeof(digits) - 1, value));
}

/* Huge pages take most of a node at once, and nothing is written to them. */
static void hoard_huge_pages(unsigned long nid, const char *nr)
{
	char path[128] = "/sys/devices/system/node/node";

	put_number(path, nid);
	text_append(path, "/hugepages/hugepages-2048kB/nr_hugepages");
	write_text(path, nr);
}

/* Says nothing of the pages when one of them finds no room: mm/migrate.c:move_pages_and_store_status() */
static int move_there(unsigned long nid, unsigned long first, unsigned long nr)
{
	static void *pages[MOVED_AT_ONCE];
	static int nodes[MOVED_AT_ONCE], status[MOVED_AT_ONCE];
	unsigned long i;

	for (i = 0; i < nr; i++) {
		pages[i] = (void *)(HOARD_BASE + (first + i) * RFCK_PAGE_SIZE);
		nodes[i] = nid;
	}
	return my_syscall6(__NR_move_pages, 0, nr, pages, nodes, status, MPOL_MF_MOVE) == 0;
}

/* Moves locked pages there, many at a time and then one by one, until no more find room. */
static void hoard_pages(unsigned long nid)
{
	unsigned long done = 0, misses = 0;
	void *base = map_at(HOARD_BASE, HOARD_BYTES, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	long ret = (long)base;

	if (ret == (long)HOARD_BASE)
		ret = my_syscall2(__NR_mlock, HOARD_BASE, HOARD_BYTES);
	if (ret < 0)
		fail("cannot hoard memory", ret);
	while (done + MOVED_AT_ONCE <= HOARD_PAGES && move_there(nid, done, MOVED_AT_ONCE))
		done += MOVED_AT_ONCE;
	for (; done < HOARD_PAGES && misses < ENOUGH_MISSES; done++)
		misses = move_there(nid, done, 1) ? 0 : misses + 1;
	if (done == HOARD_PAGES)
		fail("a node has more free memory than was expected", 0);
}

/* Reclaim could make room on the node by swapping out what is there. */
static void swap_end(void)
{
	long ret = swapping ? my_syscall1(__NR_swapoff, SWAP_DEVICE) : 0;

	swapping = 0;
	if (ret < 0)
		fail("cannot end swapping", ret);
}

/* move_pages() complains when it finds no room; what is worse than that taints, too. */
static void set_console(int action)
{
	long ret = my_syscall3(__NR_syslog, action, NULL, 0);

	if (ret < 0)
		fail("cannot silence the console", ret);
}

long op_fill(const struct rfck_record *rec)
{
	swap_end();
	hoarding = rec->arg[RFCK_ARG_FILL_NID];
	hoard_huge_pages(hoarding, "1000000");
	set_console(SYSLOG_ACTION_CONSOLE_OFF);
	hoard_pages(hoarding);
	set_console(SYSLOG_ACTION_CONSOLE_ON);
	return 0;
}

/* Between vectors nothing is pinned, and every node has memory. */
void holds_end(void)
{
	if (pin_fd >= 0) {
		sys_close(pin_fd);
		pin_fd = -1;
	}
	if (hoarding >= 0) {
		sys_munmap((void *)HOARD_BASE, HOARD_BYTES);
		hoard_huge_pages(hoarding, "0");
		hoarding = -1;
	}
}
