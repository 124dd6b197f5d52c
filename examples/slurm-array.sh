#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The gate as a Slurm job array, and its verdict as a job that depends on it:
#
#   jobs=$(sbatch --parsable --array=1-4 examples/slurm-array.sh)
#   sbatch --dependency=afterany:$jobs examples/slurm-array.sh merge
#
# REPORTS names a directory that all nodes see. ARGUMENTS are words for rfckit ready.
#SBATCH --job-name=rfckit
#SBATCH --cpus-per-task=8
#SBATCH --mem=8G
#SBATCH --time=01:00:00
set -eu

rfckit=${RFCKIT:-npx rfckit}
reports=${REPORTS:-$PWD/rfckit-reports}
total=${SHARDS:-${SLURM_ARRAY_TASK_COUNT:-4}}
mkdir -p "$reports"

if [ "${1:-}" = merge ]; then
	# shellcheck disable=SC2086 # several words
	exec $rfckit report merge "$reports"/shard-*.json
fi

# shellcheck disable=SC2086 # several words
exec $rfckit ready ${ARGUMENTS:---profile ci} --shard "$SLURM_ARRAY_TASK_ID/$total" \
	--format text --format "json=$reports/shard-$SLURM_ARRAY_TASK_ID.json"
