#!/bin/sh
# Makes patches/v0 and the plan of patches/v1 from the mails of patches/v1, and proves that the
# plan gives these mails back. Run it after a change of stage v1: npm run replay
set -eu
cd "$(dirname "$0")/.."
rfckit() { node bin/rfckit.js series "$@"; }

rfckit apply --stage v1
rfckit split v1 --plan patches/v0/split-plan.yaml --stage v0
rfckit export --stage v0
rfckit split v0 --propose patches/v1/split-plan.yaml --replace --like v1
rfckit split v0 --stage v1
rfckit export --stage v1
rfckit status --stage v1
