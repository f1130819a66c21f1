#!/usr/bin/env bash
# Imports every export that lies in a folder, oldest day first, and publishes after each: what cron or the
# systemd timer beside this file runs at night.
#
#   deploy/import-inbox.sh FOLDER
#
# A file's name holds the day it speaks of: 2026-10-31.csv, thang-10-2026-10-31.xlsx … A file that was
# imported before changes nothing, so files may stay; they hold personal data, so better take them away.
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

# one line a file, "day<TAB>path", in the order of the days
list_by_day() {
    for file in "$inbox"/*; do
        [ -f "$file" ] || continue
        if [[ ${file##*/} =~ [0-9]{4}-[0-9]{2}-[0-9]{2} ]]; then
            printf '%s\t%s\n' "${BASH_REMATCH[0]}" "$file"
        else
            # the name may be a person's, so it is not printed
            printf -- '-\t-\n'
        fi
    done | LC_ALL=C sort
}

worst=0
while IFS=$'\t' read -r day file; do
    if [ "$day" = - ]; then
        echo "A file in $inbox has no day (YYYY-MM-DD) in its name: left alone." >&2
        code=2
    else
        "${PYTHON:-.venv/bin/python}" -m dunghen import "$file" --as-of "$day"
        code=$?
    fi
    [ "$code" -gt "$worst" ] && worst=$code
done < <(list_by_day)
exit "$worst"
