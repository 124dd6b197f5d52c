/** C of a reproducer: its includes, what its processes share, and how they begin and end. */
export const REPRODUCER_PROCESS = String.raw`#define CALL static __attribute__((unused))
/* Descriptors that are the same in every program, so that exec() needs no list */
#define SLOT_FD 100
#define TRACE_FD 99
#define SHARED_FD 98

/* What outlives fork() and exec() */
struct shared {
	uint64_t totals[32];
	int restricted, tracing, asked;
	char nodes[256];
};

static struct shared *shared;
static int fd[SLOTS];
static int uffd = -1;
static int pkeys[16];
static int nr_pkeys;
static int is_child;
/* Which exec() has brought us here, or 0; and the path of the program that was started first */
static int from;
static char base[4096];
static char out[4096];

static void complain(const char *what)
{
	fprintf(stderr, "%s: %m\n", what);
}

static int write_text(const char *path, const char *text)
{
	int file = open(path, O_WRONLY);
	long ret = file < 0 ? -1 : write(file, text, strlen(text));

	if (file >= 0)
		close(file);
	return ret < 0 ? -1 : 0;
}

static void *at(long page)
{
	return (char *)ARENA + page * PAGE;
}

static void did(const char *what, long ret)
{
	printf("%s = %ld%s%s\n", what, ret, ret < 0 ? " " : "", ret < 0 ? strerror(errno) : "");
}

/* The heap may be moved by a call, so nothing here allocates memory */
static void begin(int argc, char **argv)
{
	int slot;

	setvbuf(stdout, out, _IOLBF, sizeof(out));
	if (argc > 2) {
		from = atoi(argv[1]);
		strncpy(base, argv[2], sizeof(base) - 1);
		is_child = 1;
	} else {
		if (readlink("/proc/self/exe", base, sizeof(base) - 4) < 0)
			complain("/proc/self/exe");
		if (dup2(memfd_create("shared", 0), SHARED_FD) < 0 ||
		    ftruncate(SHARED_FD, PAGE))
			complain("memfd_create");
	}
	shared = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, SHARED_FD, 0);
	if (shared == MAP_FAILED) {
		complain("mmap");
		exit(1);
	}
	for (slot = 0; slot < SLOTS; slot++)
		fd[slot] = fcntl(SLOT_FD + slot, F_GETFD) < 0 ? -1 : SLOT_FD + slot;
}

/* Each vector begins with nothing open, nothing mapped and all nodes allowed */
CALL void fresh(void)
{
	int slot;

	for (slot = 0; slot < SLOTS; slot++) {
		if (fd[slot] >= 0)
			close(fd[slot]);
		fd[slot] = -1;
	}
	munmap(at(-GUARD_PAGES), (ARENA_PAGES + 2 * GUARD_PAGES) * PAGE);
	while (nr_pkeys)
		syscall(SYS_pkey_free, pkeys[--nr_pkeys]);
	if (uffd >= 0)
		close(uffd);
	uffd = -1;
	if (shared->restricted && write_text(CGROUP "/cpuset.mems", shared->nodes))
		complain(CGROUP "/cpuset.mems");
	if (shared->tracing && write_text(TRACING "/tracing_on", "0"))
		complain(TRACING "/tracing_on");
	shared->restricted = shared->tracing = shared->asked = 0;
}

/* True in the child, or when there is none: the calls of the child are then made here */
CALL int began_child(const char *what)
{
	int status = 0;
	pid_t pid = fork();

	if (pid > 0) {
		if (waitpid(pid, &status, 0) != pid || status)
			fprintf(stderr, "the child ended with status 0x%x\n", status);
		return 0;
	}
	did(what, pid);
	if (pid == 0) {
		is_child = 1;
		/* It is about the address space that it was made in */
		if (uffd >= 0)
			close(uffd);
		uffd = -1;
	}
	return 1;
}

CALL void end_child(void)
{
	if (is_child)
		_exit(0);
}

/* Starts this program again, to go on behind this call */
CALL long do_exec(int number, int bits)
{
	char name[sizeof(base) + 2], digits[16];
	char *argv[] = { name, digits, base, NULL };
	char *envp[] = { NULL };

	snprintf(name, sizeof(name), "%s%s", base, bits == 32 ? "32" : "");
	snprintf(digits, sizeof(digits), "%d", number);
	return execve(name, argv, envp);
}
`;
