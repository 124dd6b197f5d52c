// SPDX-License-Identifier: GPL-2.0-only
/* Opening the device, and what the VFS answers for it. */
#include <linux/eventpoll.h>
#include <linux/memfd.h>
#include "inline.h"

static int *slot_of(__u64 slot)
{
	if (slot >= RFCK_SLOTS)
		fail("a slot is out of range", 0);
	return &context.slot[slot];
}

static long fill(int *slot, long fd)
{
	if (fd < 0)
		return fd;
	*slot = fd;
	return 0;
}

long op_open(const struct rfck_record *rec)
{
	int *slot = slot_of(rec->arg[RFCK_ARG_OPEN_SLOT]);
	__u64 uid = rec->arg[RFCK_ARG_OPEN_UID];
	long ret;

	if (*slot >= 0)
		return -EBUSY;
	caller_enter(uid);
	fault_arm();
	ret = sys_open(DEVICE, (int)rec->arg[RFCK_ARG_OPEN_FLAGS] | O_CLOEXEC, 0);
	fault_disarm();
	caller_leave(uid);
	return fill(slot, ret);
}

static long open_other(__u64 which)
{
	int ends[2];
	long ret;

	switch (which) {
	case RFCK_OTHER_PIPE:
		ret = my_syscall2(__NR_pipe2, ends, O_CLOEXEC);
		if (ret < 0)
			return ret;
		sys_close(ends[1]);
		return ends[0];
	case RFCK_OTHER_NULL:
		return sys_open("/dev/null", O_RDONLY | O_CLOEXEC, 0);
	case RFCK_OTHER_REGULAR:
		return sys_open("/init", O_RDONLY | O_CLOEXEC, 0);
	case RFCK_OTHER_DIRECTORY:
		return sys_open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
	case RFCK_OTHER_MEMFD:
		return my_syscall2(__NR_memfd_create, "other", MFD_CLOEXEC);
	case RFCK_OTHER_EVENTFD:
		return my_syscall2(__NR_eventfd2, 0, O_CLOEXEC);
	default:
		fail("unknown other file", 0);
	}
}

long op_open_other(const struct rfck_record *rec)
{
	int *slot = slot_of(rec->arg[RFCK_ARG_OPEN_OTHER_SLOT]);

	if (*slot >= 0)
		return -EBUSY;
	return fill(slot, open_other(rec->arg[RFCK_ARG_OPEN_OTHER_WHICH]));
}

long op_close(const struct rfck_record *rec)
{
	int *slot = slot_of(rec->arg[RFCK_ARG_CLOSE_SLOT]);
	long ret = sys_close(*slot);

	*slot = -1;
	return ret;
}

static long map_file(int fd)
{
	long ret = (long)sys_mmap(NULL, RFCK_PAGE_SIZE, PROT_READ, MAP_SHARED, fd, 0);

	if (ret < 0 && ret >= -4095)
		return ret;
	sys_munmap((void *)ret, RFCK_PAGE_SIZE);
	return 0;
}

static long add_to_epoll(int fd)
{
	struct epoll_event event = { .events = EPOLLIN };
	int epfd = my_syscall1(__NR_epoll_create1, 0);
	long ret;

	if (epfd < 0)
		fail("no epoll", epfd);
	ret = my_syscall4(__NR_epoll_ctl, epfd, EPOLL_CTL_ADD, fd, &event);
	sys_close(epfd);
	return ret;
}

static long dup_into(int fd, int *slot)
{
	if (*slot >= 0)
		return -EBUSY;
	return fill(slot, my_syscall1(__NR_dup, fd));
}

static long fileop(const struct rfck_record *rec)
{
	int fd = *slot_of(rec->arg[RFCK_ARG_FILEOP_SLOT]);
	char bytes[8] = { 0 };

	switch (rec->arg[RFCK_ARG_FILEOP_WHICH]) {
	case RFCK_FILEOP_LSEEK:
		return my_syscall3(__NR_lseek, fd, 0, 0);
	case RFCK_FILEOP_READ:
		return sys_read(fd, bytes, sizeof(bytes));
	case RFCK_FILEOP_WRITE:
		return sys_write(fd, bytes, sizeof(bytes));
	case RFCK_FILEOP_MMAP:
		return map_file(fd);
	case RFCK_FILEOP_EPOLL:
		return add_to_epoll(fd);
	case RFCK_FILEOP_SET_CLOEXEC:
		return my_syscall3(__NR_fcntl, fd, F_SETFD, FD_CLOEXEC);
	case RFCK_FILEOP_CLEAR_CLOEXEC:
		return my_syscall3(__NR_fcntl, fd, F_SETFD, 0);
	case RFCK_FILEOP_DUP:
		return dup_into(fd, slot_of(rec->arg[RFCK_ARG_FILEOP_TARGET]));
	default:
		fail("unknown file operation", 0);
	}
}

long op_fileop(const struct rfck_record *rec)
{
	long ret;

	caller_enter(0);
	ret = fileop(rec);
	caller_leave(0);
	return ret;
}
