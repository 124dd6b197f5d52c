// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whether the machine is the one that the host has asked for. Which nodes have memory
 * and which tiers there are has to be what the host predicts, line by line: no vector is
 * carried out on another machine.
 */
#include "runner.h"

static unsigned long line_length(const char *line)
{
	unsigned long len = 0;

	while (line[len] && line[len] != '\n')
		len++;
	return len;
}

static int has_line(const char *text, const char *line, unsigned long len)
{
	while (*text) {
		unsigned long own = line_length(text);

		if (own == len && !memcmp(text, line, len))
			return 1;
		text += own + (text[own] == '\n');
	}
	return 0;
}

/* A tier without nodes is none. */
static int is_of_machine(const char *line, unsigned long len)
{
	if (!memcmp(line, "nodes.memory=", 13))
		return 1;
	return !memcmp(line, "tier.", 5) && line[len - 1] != '=';
}

/* What is wanted follows the steps. */
void expect_machine(void)
{
	const char *wanted = shared_at(RFCK_STEPS_OFF);
	const char *fact = shared_at(control->facts_off);
	const char *end = fact + control->facts_bytes;
	long missing = 0;

	wanted += strlen(wanted) + 1;
	for (const char *at = wanted; *at; at++)
		missing += *at == '\n';
	for (; fact < end; fact += line_length(fact) + 1) {
		if (!is_of_machine(fact, line_length(fact)))
			continue;
		if (!has_line(wanted, fact, line_length(fact)))
			fail("the machine is another one than the host has asked for", 0);
		missing--;
	}
	if (missing)
		fail("the machine lacks nodes or tiers that the host has asked for", 0);
}
