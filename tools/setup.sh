#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Makes a fresh clone ready to run: npm packages by the lock file, then Debian packages.
# Does nothing, quickly, when both are there.
set -eu
cd "$(dirname "$0")/.."

# npm leaves this file behind when an installation is complete.
installed=node_modules/.package-lock.json
if [ ! -f "$installed" ] || [ package-lock.json -nt "$installed" ]; then
	npm ci --no-audit --no-fund >&2
	touch "$installed"
fi
npm run --silent build >&2
node bin/rfckit.js doctor --install >&2
