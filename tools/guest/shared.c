// SPDX-License-Identifier: GPL-2.0-only
/* Finds and maps the range of RAM that the host reads and writes. */
#include "runner.h"

#define PARAMETER "rfckit.shm="
#define SHARED_FD 80
#define AHEAD_BYTES (256 * 1024UL)

struct window image_window, results_window;
volatile struct rfck_control *control;
__u64 shared_phys;

static char cmdline[4096];

static __u64 parse_hex(const char **text)
{
	if ((*text)[0] == '0' && (*text)[1] == 'x')
		*text += 2;
	return text_number(text, 16);
}

static void read_cmdline(void)
{
	int fd = sys_open("/proc/cmdline", O_RDONLY, 0);
	long len = fd < 0 ? fd : sys_read(fd, cmdline, sizeof(cmdline) - 1);

	if (len < 0)
		fail("cannot read /proc/cmdline", len);
	cmdline[len] = '\0';
	sys_close(fd);
}

static void map_part(__u64 start, __u64 end)
{
	void *at = (void *)(unsigned long)(SHARED_BASE + start), *base;

	base = map_at((unsigned long)at, end - start, PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_FIXED, SHARED_FD, shared_phys + start);
	if (base != at)
		fail("cannot map the shared range", (long)base);
}

/* /dev/mem, where it is in nobody's way: a filter may take open() away from this process */
static void open_memory(void)
{
	int fd = sys_open("/dev/mem", O_RDWR, 0);
	long ret = fd;

	if (fd >= 0)
		ret = my_syscall3(__NR_dup3, fd, SHARED_FD, O_CLOEXEC);
	if (ret < 0)
		fail("cannot open /dev/mem", ret);
	sys_close(fd);
}

/*
 * Finds rfckit.shm=<address>,<bytes> (both hexadecimal) of the kernel command line and
 * maps what is not read in windows; the @first program of the guest fills the range,
 * where the host cannot.
 */
void shared_map(int first)
{
	const char *at;
	__u64 bytes;

	read_cmdline();
	at = text_find(cmdline, PARAMETER);
	if (!at)
		fail("no rfckit.shm on the kernel command line", 0);
	at += strlen(PARAMETER);
	shared_phys = parse_hex(&at);
	at++;
	bytes = parse_hex(&at);
	open_memory();
	map_part(0, RFCK_PAGE_SIZE);
	if (first && port_init(cmdline)) {
		map_part(0, bytes);
		port_fill();
		image_window.end = bytes;
		results_window.end = bytes;
	}
	control = shared_at(0);
	if (control->magic != RFCK_CONTROL_MAGIC) {
		control = NULL;
		fail("the shared range has no control page", 0);
	}
	map_part(0, control->image_off);
}

void *shared_at(__u64 offset)
{
	return (void *)(unsigned long)(SHARED_BASE + offset);
}

#if defined(__x86_64__)
extern char __executable_start[], etext[];

/*
 * Makes init's code memory without a struct page. A write to cpuset.mems moves all other memory of
 * the process: the code would run from the slow node, where that is device memory a thousand times
 * as slow, and an emulator would translate it anew each time.
 */
void shared_keep_code(void)
{
	unsigned long start = (unsigned long)__executable_start;
	unsigned long bytes = (unsigned long)etext - start + RFCK_PAGE_SIZE - 1;
	__u64 at = control->code_off;
	void *base;

	bytes &= ~(RFCK_PAGE_SIZE - 1UL);
	if (bytes > control->code_cap)
		fail("no room for init's code", 0);
	map_part(at, at + bytes);
	memcpy(shared_at(at), (void *)start, bytes);
	sys_munmap(shared_at(at), bytes);
	base = map_at(start, bytes, PROT_READ | PROT_EXEC, MAP_SHARED | MAP_FIXED, SHARED_FD,
		      shared_phys + at);
	if (base != (void *)start)
		fail("cannot map init's code", (long)base);
}
#else
void shared_keep_code(void)
{
}
#endif

/* All of the part for extra files, which are at the end. */
void *extras_at(__u64 offset)
{
	static int is_mapped;

	if (!is_mapped)
		map_part(control->extras_off, control->extras_off + control->extras_cap);
	is_mapped = 1;
	return shared_at(control->extras_off + offset);
}

/* Lets go of what @window has and maps the range from @start on, not beyond @limit. */
void shared_move(struct window *window, __u64 start, __u64 bytes, __u64 limit)
{
	__u64 end = start + bytes + AHEAD_BYTES;

	if (window->end)
		sys_munmap(shared_at(window->start), window->end - window->start);
	window->start = start & ~(RFCK_PAGE_SIZE - 1ULL);
	window->end = (end > limit ? limit : end) + RFCK_PAGE_SIZE - 1;
	window->end &= ~(RFCK_PAGE_SIZE - 1ULL);
	map_part(window->start, window->end);
}
