#!/bin/sh
# Stands before git in PATH, counts the calls, and at one of them kills rfckit:
# before git starts, after it has ended, or both at once when git has started or works.
# What to do is in a file beside it, because not every caller of git passes its environment on.
. "${0%/*}/kill.env"
# Calls may come at once; each must have a number of its own.
exec 9>>"$KILL_COUNT.lock"
flock 9
count=$(($(cat "$KILL_COUNT") + 1))
echo "$count" >"$KILL_COUNT"
exec 9>&-
if [ "$count" = "$KILL_AT" ]; then
	case $KILL_MODE in
	before)
		kill -9 "$PPID"
		;;
	after)
		"$REAL_GIT" "$@"
		kill -9 "$PPID"
		;;
	during)
		"$REAL_GIT" "$@" <&0 &
		kill -9 "$PPID" $!
		;;
	later)
		"$REAL_GIT" "$@" <&0 &
		sleep 0.003
		kill -9 "$PPID" $!
		;;
	esac
	exit 1
fi
exec "$REAL_GIT" "$@"
