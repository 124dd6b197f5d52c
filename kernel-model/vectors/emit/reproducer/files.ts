/** C of a reproducer: calls on descriptors, and on the nodes that are allowed. */
export const REPRODUCER_FILES = `static int is_taken(int slot)
{
	if (fd[slot] >= 0)
		errno = EBUSY;
	return fd[slot] >= 0;
}

static long fill(int slot, int file, int flags)
{
	if (file < 0)
		return -1;
	fd[slot] = dup3(file, SLOT_FD + slot, flags);
	close(file);
	return fd[slot] < 0 ? -1 : 0;
}

CALL long do_open(int slot, int flags, int uid)
{
	int file, error;

	if (is_taken(slot))
		return -1;
	if (uid && setresuid(-1, uid, -1))
		complain("setresuid");
	file = open("/dev/hbfctl", flags | O_CLOEXEC);
	error = errno;
	if (uid && setresuid(-1, 0, -1))
		complain("setresuid");
	errno = error;
	return fill(slot, file, O_CLOEXEC);
}

static int open_other(enum other which)
{
	int ends[2];

	switch (which) {
	case OTHER_PIPE:
		if (pipe2(ends, O_CLOEXEC))
			return -1;
		close(ends[1]);
		return ends[0];
	case OTHER_NULL:
		return open("/dev/null", O_RDONLY);
	case OTHER_REGULAR:
		return open("/proc/self/exe", O_RDONLY);
	case OTHER_DIRECTORY:
		return open("/", O_RDONLY | O_DIRECTORY);
	case OTHER_MEMFD:
		return memfd_create("other", 0);
	case OTHER_EVENTFD:
		return eventfd(0, 0);
	}
	return -1;
}

CALL long do_open_other(int slot, enum other which)
{
	return is_taken(slot) ? -1 : fill(slot, open_other(which), O_CLOEXEC);
}

CALL long do_close(int slot)
{
	long ret = close(fd[slot]);

	fd[slot] = -1;
	return ret;
}

static long add_to_epoll(int file)
{
	struct epoll_event event = { .events = EPOLLIN };
	int epfd = epoll_create1(0);
	int ret = epoll_ctl(epfd, EPOLL_CTL_ADD, file, &event);
	int error = errno;

	close(epfd);
	errno = error;
	return ret;
}

CALL long do_file(int slot, enum fileop which, int target)
{
	char bytes[8] = { 0 };
	void *got;

	switch (which) {
	case FILEOP_LSEEK:
		return lseek(fd[slot], 0, SEEK_SET);
	case FILEOP_READ:
		return read(fd[slot], bytes, sizeof(bytes));
	case FILEOP_WRITE:
		return write(fd[slot], bytes, sizeof(bytes));
	case FILEOP_MMAP:
		got = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fd[slot], 0);
		return got == MAP_FAILED ? -1 : munmap(got, PAGE);
	case FILEOP_EPOLL:
		return add_to_epoll(fd[slot]);
	case FILEOP_SET_CLOEXEC:
		return fcntl(fd[slot], F_SETFD, FD_CLOEXEC);
	case FILEOP_CLEAR_CLOEXEC:
		return fcntl(fd[slot], F_SETFD, 0);
	case FILEOP_DUP:
		return is_taken(target) ? -1 : fill(target, dup(fd[slot]), 0);
	}
	return -1;
}

/* Makes a cgroup of our own at first, with the cgroup2 file system on /sys/fs/cgroup */
CALL long do_cpuset(const char *nodes)
{
	int file;

	if (!shared->nodes[0]) {
		mkdir(CGROUP, 0755);
		if (write_text(CGROUP "/../cgroup.subtree_control", "+cpuset") ||
		    write_text(CGROUP "/cgroup.procs", "0"))
			complain(CGROUP);
		file = open(CGROUP "/cpuset.mems.effective", O_RDONLY);
		if (file < 0 || read(file, shared->nodes, sizeof(shared->nodes) - 1) < 0)
			complain(CGROUP "/cpuset.mems.effective");
		if (file >= 0)
			close(file);
	}
	shared->restricted = 1;
	return write_text(CGROUP "/cpuset.mems", nodes);
}

/*
 * The argument ends where it is no more accessible, if it does; then comes a page without
 * access. Its start is relative to @region, if that is one.
 */
CALL long do_ioctl(int slot, unsigned int cmd, const void *bytes, size_t len,
		   unsigned int accessible, int read_only, int region)
{
	size_t room = 16 * PAGE;
	char *first = mmap(NULL, room + PAGE, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char *argument = accessible == ALL_ACCESSIBLE ? first : first + room - accessible;
	uint64_t start;
	long ret;
	int error;

	mprotect(first + room, PAGE, PROT_NONE);
	memcpy(argument, bytes, accessible < len ? accessible : len);
	if (region >= 0) {
		memcpy(&start, argument + HINT_START, sizeof(start));
		start += region_base(region);
		memcpy(argument + HINT_START, &start, sizeof(start));
	}
	if (read_only)
		mprotect(first, room, PROT_READ);
	ret = ioctl(fd[slot], cmd, argument);
	error = errno;
	munmap(first, room + PAGE);
	errno = error;
	return ret;
}
`;
