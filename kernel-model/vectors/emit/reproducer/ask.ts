/** C of a reproducer: what the kernel shows of itself, printed before what the call gave. */
export const REPRODUCER_ASK = String.raw`static char text[1024 * 1024];

/* Reads up to the end, or up to what does not fit */
static long read_all(int file)
{
	long len = 0, ret;

	do {
		ret = read(file, text + len, sizeof(text) - 1 - len);
		if (ret > 0)
			len += ret;
	} while (ret > 0);
	text[len] = '\0';
	return ret < 0 && errno != EAGAIN ? -1 : len;
}

static long read_path(const char *path)
{
	int file = open(path, O_RDONLY);
	long len = file < 0 ? -1 : read_all(file);

	if (len < 0)
		complain(path);
	if (file >= 0)
		close(file);
	return len < 0 ? -1 : 0;
}

/* Only one can have it open, so children and programs inherit it */
static int open_trace(void)
{
	int file;

	if (fcntl(TRACE_FD, F_GETFD) >= 0)
		return 0;
	file = open(TRACING "/trace_pipe", O_RDONLY | O_NONBLOCK);
	if (file < 0 || dup2(file, TRACE_FD) < 0)
		return -1;
	close(file);
	return write_text(TRACING "/events/hbf/enable", "1");
}

/* Prints the events since the last time in this vector, whole, and records from now on */
CALL long do_trace(void)
{
	char *line, *end;

	if (open_trace() || read_all(TRACE_FD) < 0) {
		complain(TRACING);
		return -1;
	}
	for (line = text; shared->tracing && (line = strstr(line, "hbf_hint_")); line = end) {
		end = line + strcspn(line, "\n");
		printf("\t%.*s\n", (int)(end - line), line);
	}
	if (!shared->tracing && write_text(TRACING "/tracing_on", "1"))
		return -1;
	shared->tracing = 1;
	return 0;
}

/* Prints a line of what each row has more than before; nothing but zeros the first time */
CALL long do_totals(void)
{
	char *line = text;
	uint64_t now;
	int i;

	if (read_path(STATS))
		return -1;
	for (i = 0; i < 32; i++) {
		if (i % 8 == 0)
			line = strchr(line, '\n');
		line = line ? strchr(line, ' ') : NULL;
		if (!line) {
			fprintf(stderr, STATS " has too few numbers\n");
			errno = EINVAL;
			return -1;
		}
		now = strtoull(++line, NULL, 10);
		printf("%s%llu%s", i % 8 ? " " : "\t",
		       shared->asked ? (unsigned long long)(now - shared->totals[i]) : 0,
		       i % 8 == 7 ? "\n" : "");
		shared->totals[i] = now;
	}
	shared->asked = 1;
	return 0;
}

/* Prints the mappings of the arena with all their flags, as they are: page, pages, flags */
CALL long do_maps(void)
{
	unsigned long start, end;
	char *line = text, *flags;

	if (read_path("/proc/self/smaps"))
		return -1;
	while (line && sscanf(line, "%lx-%lx", &start, &end) == 2) {
		flags = strstr(line, "VmFlags: ");
		if (flags && start >= ARENA && start < ARENA + ARENA_PAGES * PAGE)
			printf("\t%lu %lu %.*s\n", (start - ARENA) / PAGE, (end - start) / PAGE,
			       (int)strcspn(flags, "\n"), flags);
		line = flags ? strchr(flags, '\n') : NULL;
		line = line ? line + 1 : NULL;
	}
	return 0;
}

/* Where a mapping begins that the kernel has made for this process */
static unsigned long region_base(enum region region)
{
	static const char *const names[] = {
		[REGION_VVAR] = "[vvar]", [REGION_VDSO] = "[vdso]",
	};
	char *line;

	if (region == REGION_STACK)
		return (unsigned long)&line & ~(PAGE - 1UL);
	if (read_path("/proc/self/maps"))
		return 0;
	line = strstr(text, names[region]);
	while (line && line > text && line[-1] != '\n')
		line--;
	if (!line)
		fprintf(stderr, "%s is not mapped\n", names[region]);
	return line ? strtoul(line, NULL, 16) : 0;
}
`;
