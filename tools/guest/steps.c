// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the host wants done before init looks at the nodes, one step a line:
 *
 *	r X PATH	reads the first line of a file as $X
 *	w TEXT PATH	writes a text
 *	t TEXT PATH	waits until the first line of a file is that text
 *
 * In a path or a text $X stands for what was read.
 */
#include "runner.h"

#define WORD_BYTES	256
#define LINE_BYTES	512
#define WAIT_MS		30000
#define LOOK_MS		10

static char values[26][WORD_BYTES];

/* Copies a word, with what was read in place of its variables; returns what is behind it. */
static const char *take_word(const char *at, char *word)
{
	unsigned long len = 0;

	while (*at == ' ')
		at++;
	for (; *at && *at != ' ' && *at != '\n'; at++) {
		const char *value = NULL;

		if (at[0] == '$' && at[1] >= 'A' && at[1] <= 'Z')
			value = values[*++at - 'A'];
		if (len + (value ? strlen(value) : 1) + 1 > WORD_BYTES)
			fail("a word of a step is too long", 0);
		if (!value) {
			word[len++] = *at;
			continue;
		}
		strcpy(word + len, value);
		len += strlen(value);
	}
	word[len] = '\0';
	return at;
}

static long first_line(const char *path, char *text)
{
	int fd = sys_open(path, O_RDONLY, 0);
	long len = fd < 0 ? fd : sys_read(fd, text, WORD_BYTES - 1);
	char *end;

	if (fd >= 0)
		sys_close(fd);
	text[len < 0 ? 0 : len] = '\0';
	end = strchr(text, '\n');
	if (end)
		*end = '\0';
	return len;
}

static void wait_until(const char *wanted, const char *path)
{
	static char text[WORD_BYTES];
	unsigned long ms;

	for (ms = 0; ms < WAIT_MS; ms += LOOK_MS) {
		if (first_line(path, text) >= 0 && !strcmp(text, wanted))
			return;
		sleep_ms(LOOK_MS);
	}
	fact("step", text);
	fail(path, 0);
}

/* @line is a copy of the step, for who reads why it failed. */
static void carry_out(const char *line)
{
	static char text[WORD_BYTES + 1], path[WORD_BYTES];
	long ret = 0;

	take_word(take_word(line + 1, text), path);
	switch (line[0]) {
	case 'r':
		ret = first_line(path, values[text[0] - 'A']);
		break;
	case 'w':
		/* As echo does: a UUID is taken with its line only */
		text_append(text, "\n");
		write_text(path, text);
		break;
	case 't':
		wait_until(text, path);
		break;
	default:
		ret = -EINVAL;
	}
	if (ret < 0)
		fail(path, ret);
}

void setup_steps(void)
{
	const char *at = shared_at(RFCK_STEPS_OFF);
	static char line[LINE_BYTES];
	unsigned long len;

	while (*at) {
		for (len = 0; at[len] && at[len] != '\n'; len++)
			if (len + 2 > LINE_BYTES)
				fail("a step is too long", 0);
		memcpy(line, at, len);
		line[len] = '\0';
		carry_out(line);
		at += len + (at[len] == '\n');
	}
}
