#!/usr/bin/env bash
# Imports every export that lies in a folder, oldest day first, and publishes once: what cron or the systemd
# timer beside this file runs at night.
#
#   deploy/import-inbox.sh FOLDER
#
# A file's name holds the day it speaks of: 2026-10-31.csv, thang-10-2026-10-31.xlsx … A file that was
# imported before changes nothing, so files may stay; they hold personal data, so better take them away. A
# file whose import was undone is refused every night until it is taken away.
# Ends with 0 if every file was taken, with 1 if one was refused, with 2 if one could not be used; the others
# are imported all the same.
set -u

inbox=${1:-}
if [ -z "$inbox" ] || [ ! -d "$inbox" ]; then
    echo "Usage: deploy/import-inbox.sh FOLDER: the folder in which the exports lie ('$inbox' is none)." >&2
    exit 2
fi
inbox=$(cd "$inbox" && pwd) || exit 2
cd "$(dirname "$0")/.." || exit 2
if [ -z "${DUNGHEN_KEY:-}" ]; then
    echo "DUNGHEN_KEY is not set: docs/publishing.md tells how to make it and where to keep it." >&2
    exit 2
fi

python=${PYTHON:-.venv/bin/python}
"$python" -m dunghen inbox "$inbox"
worst=$?
[ "$worst" -le 2 ] && exit "$worst"

# The process itself was ended, for want of memory perhaps; nothing was kept or published. Whichever file does
# that keeps no other out: each in a process of its own.
echo "The import of the whole folder was ended (code $worst): now one file after the other." >&2
worst=2
while IFS=$'\t' read -r day file; do
    "$python" -m dunghen import "$file" --as-of "$day"
done < <(for file in "$inbox"/*; do
    if [ -f "$file" ] && [[ ${file##*/} =~ [0-9]{4}-[0-9]{2}-[0-9]{2} ]]; then
        printf '%s\t%s\n' "${BASH_REMATCH[0]}" "$file"
    fi
done | LC_ALL=C sort)
exit "$worst"
