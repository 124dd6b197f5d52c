// SPDX-License-Identifier: GPL-2.0-only
/*
 * ioctl() with an argument that ends where the vector says: the byte after the
 * last accessible one is in a page without any permission.
 */
#include "inline.h"

/* [ plain | fenced | PROT_NONE page ], one for each task */
#define PLAIN_BASE(task)	(BUFFER_BASE + (task) * BUFFER_STRIDE)
#define FENCE(task)		(PLAIN_BASE(task) + 2 * BUFFER_BYTES)
/* Offset of start in struct hbf_hint */
#define HINT_START	16
/* More than any struct that the kernel knows: it answers with no more bytes than these */
#define ANSWER_BYTES	512
/* Readable zeros behind a payload that is accessible whole */
#define SPARE_BYTES	(2 * RFCK_PAGE_SIZE)

static void map_buffers(unsigned long task)
{
	void *base = sys_mmap((void *)PLAIN_BASE(task), 2 * BUFFER_BYTES + RFCK_PAGE_SIZE,
			      PROT_READ | PROT_WRITE,
			      MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	long ret = (long)base;

	if (ret == (long)PLAIN_BASE(task))
		ret = my_syscall3(__NR_mprotect, FENCE(task), RFCK_PAGE_SIZE, PROT_NONE);
	if (ret < 0)
		fail("cannot map the argument buffers", ret);
}

void ioctl_init(void)
{
	map_buffers(0);
}

/* Of tasks that make calls at once. */
void ioctl_init_tasks(void)
{
	unsigned long task;

	for (task = 1; task < MAX_TASKS; task++)
		map_buffers(task);
}

static void protect(unsigned long task, int prot)
{
	long ret = my_syscall3(__NR_mprotect, PLAIN_BASE(task), 2 * BUFFER_BYTES, prot);

	if (ret < 0)
		fail("cannot protect the argument buffers", ret);
}

static long call(const struct rfck_record *rec, void *argument)
{
	__u64 slot = rec->arg[RFCK_ARG_IOCTL_SLOT];
	__u32 cmd = rec->arg[RFCK_ARG_IOCTL_CMD];
	long ret;

	if (slot >= RFCK_SLOTS)
		fail("a slot is out of range", 0);
	caller_enter(0);
	fault_arm();
	ret = my_syscall3(__NR_ioctl, context.slot[slot], cmd, argument);
	fault_disarm();
	caller_leave(0);
	return ret;
}

/* Only the runner knows where the mappings are that the kernel has made. */
static void relocate(__u8 *argument, unsigned long len, unsigned long by)
{
	unsigned long start;

	if (len < HINT_START + sizeof(__u64))
		fail("an argument has no start", 0);
	memcpy(&start, argument + HINT_START, sizeof(start));
	start += by;
	memcpy(argument + HINT_START, &start, sizeof(start));
}

/* A byte of a large buffer after the other takes longer than the call where CPUs are emulated. */
static void clear(__u8 *at, unsigned long bytes, unsigned long span)
{
	unsigned long i;

	if (bytes > span)
		bytes = span;
	/* Volatile, or the compiler makes one memset() of it again */
	for (i = 0; i + 32 <= bytes; i += 32) {
		*(volatile __u64 *)(at + i) = 0;
		*(volatile __u64 *)(at + i + 8) = 0;
		*(volatile __u64 *)(at + i + 16) = 0;
		*(volatile __u64 *)(at + i + 24) = 0;
	}
	for (; i < bytes; i++)
		at[i] = 0;
}

/*
 * Places min(payload, accessible) bytes; what is accessible beyond the payload is
 * zero. The buffers are zero again afterwards.
 */
long op_ioctl(const struct rfck_record *rec, void *out, __u32 *out_len)
{
	__u64 flags = rec->arg[RFCK_ARG_IOCTL_FLAGS];
	__u64 accessible = rec->arg[RFCK_ARG_IOCTL_ACCESSIBLE];
	unsigned long task = rec->task & ~RFCK_TASK_IS_PROCESS;
	unsigned long span, len = rec->payload_len;
	__u8 *argument;
	long ret;

	*out_len = 0;
	if (flags & RFCK_IOCTL_RAW)
		return call(rec, (void *)(unsigned long)rec->arg[RFCK_ARG_IOCTL_POINTER]);
	if (accessible == RFCK_ACCESSIBLE_ALL) {
		argument = (__u8 *)PLAIN_BASE(task);
		span = len + SPARE_BYTES;
		if (span > BUFFER_BYTES)
			fail("a payload exceeds the argument buffer", 0);
	} else {
		argument = (__u8 *)(FENCE(task) - (unsigned long)accessible);
		span = accessible;
		if (accessible > BUFFER_BYTES)
			fail("the accessible part exceeds the argument buffer", 0);
	}
	if (len > span)
		len = span;
	copy(argument, rec + 1, len);
	if (flags & RFCK_IOCTL_RELATIVE)
		relocate(argument, len, region_base(rec->arg[RFCK_ARG_IOCTL_POINTER]));
	if (flags & RFCK_IOCTL_RDONLY)
		protect(task, PROT_READ);
	ret = call(rec, argument);
	if (flags & RFCK_IOCTL_RDONLY)
		protect(task, PROT_READ | PROT_WRITE);
	if (flags & RFCK_IOCTL_RELATIVE)
		relocate(argument, len, -region_base(rec->arg[RFCK_ARG_IOCTL_POINTER]));
	copy(out, argument, len);
	/* A call that fails has written nothing, or what its fence left room for */
	clear(argument, ret < 0 && accessible == RFCK_ACCESSIBLE_ALL ? len :
			len > ANSWER_BYTES ? len : ANSWER_BYTES, span);
	*out_len = len;
	return ret;
}
