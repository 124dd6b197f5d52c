// SPDX-License-Identifier: GPL-2.0-only
/* The two string functions that the kernel's nolibc of 6.12 has not. */
#include "runner.h"

char *text_find(const char *text, const char *part)
{
	unsigned long len = strlen(part);

	for (; *text; text++)
		if (!strncmp(text, part, len))
			return (char *)text;
	return NULL;
}

void text_append(char *text, const char *more)
{
	strcpy(text + strlen(text), more);
}
