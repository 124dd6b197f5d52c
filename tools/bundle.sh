#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Makes dist/bundle/ of what tsc compiled: a few large files, which load faster than many small
# ones. Packages that only some commands need stay outside. Does nothing when it is up to date.
set -eu
cd "$(dirname "$0")/.."

made=dist/bundle/main.js
if [ -f "$made" ] && [ ! package-lock.json -nt "$made" ] &&
	[ -z "$(find dist -maxdepth 1 -name '*.tsbuildinfo' -newer "$made")" ]; then
	exit 0
fi
rm -rf dist/bundle
# Packages that are CommonJS inside call require, which a module does not have.
require='import{createRequire as requireOf}from"node:module";const require=requireOf(import.meta.url);'
exec npx --no-install esbuild dist/tools/cli/main.js --bundle --splitting --outdir=dist/bundle \
	--platform=node --format=esm --target=node20.20 --chunk-names='[name]-[hash]' \
	--minify-whitespace --minify-syntax --banner:js="$require" --log-level=warning \
	--external:diff --external:ink --external:react --external:remark-parse \
	--external:simple-git --external:unified --external:vscode-languageserver \
	--external:vscode-languageserver-textdocument
