#!/usr/bin/env bash
# Imports every export that lies in a folder, oldest day first, and publishes once: what cron or the systemd
# timer beside this file runs at night.
#
#   deploy/import-inbox.sh FOLDER [OPTION…]
#
# Options are those of `python -m dunghen inbox` (--within 25, --mapping /a/full/path.toml, --complete-for,
# --accept-rejects …) and hold for every file of the folder.
#
# A file's name holds the day it speaks of: 2026-10-31.csv, thang-10-2026-10-31.xlsx … A file that was
# imported before changes nothing, so files may stay; they hold personal data, so better take them away. A
# file whose import was undone is refused every night until it is taken away.
# Ends with 0 if every file was taken, with 1 if one was refused, with 2 if one could not be used; the others
# are imported all the same.
set -u

guides="docs/cong-bo.md (tiếng Việt), docs/publishing.md"
inbox=${1:-}
if [ -z "$inbox" ] || [ ! -d "$inbox" ]; then
    echo "Cách dùng: deploy/import-inbox.sh THƯ_MỤC [TÙY CHỌN…]: không có thư mục '$inbox'." >&2
    echo "Usage: deploy/import-inbox.sh FOLDER [OPTION…]: there is no folder '$inbox'. See $guides." >&2
    exit 2
fi
shift
inbox=$(cd "$inbox" && pwd) || exit 2
cd "$(dirname "$0")/.." || exit 2
if [ -z "${DUNGHEN_KEY:-}" ]; then
    echo "Chưa đặt DUNGHEN_KEY. DUNGHEN_KEY is not set." >&2
    echo "Cách tạo và nơi giữ / how to make it and where to keep it: $guides." >&2
    exit 2
fi

python=${PYTHON:-.venv/bin/python}
"$python" -m dunghen inbox "$inbox" "$@"
worst=$?
[ "$worst" -le 2 ] && exit "$worst"

# The process itself was ended, for want of memory perhaps; nothing was kept or published. Whichever file does
# that keeps no other out: each in a process of its own. What the whole folder came to does not count then.
echo "Lần nhập cả thư mục bị ngắt (mã $worst): giờ nhập từng tệp một." >&2
echo "The import of the whole folder was ended (code $worst): now one file after the other." >&2
shopt -s nullglob
files=("$inbox"/*)
# without a file it was not for the files that it ended
[ "${#files[@]}" -eq 0 ] && exit 2
worst=0
dated=()
for file in "${files[@]}"; do
    [ -f "$file" ] || continue
    if [[ ${file##*/} =~ [0-9]{4}-[0-9]{2}-[0-9]{2} ]]; then
        dated+=("${BASH_REMATCH[0]}"$'\t'"$file")
    else
        echo "Có tệp không có ngày trong tên: không nhập. A file without a day in its name: not imported." >&2
        worst=2
    fi
done
while IFS=$'\t' read -r -d '' day file; do
    "$python" -m dunghen import "$file" --as-of "$day" "$@" </dev/null
    code=$?
    # a process that was ended (137 …) took its file no more than one that said so
    [ "$code" -gt 2 ] && code=2
    [ "$code" -gt "$worst" ] && worst=$code
done < <([ "${#dated[@]}" -gt 0 ] && printf '%s\0' "${dated[@]}" | LC_ALL=C sort -z)
exit "$worst"
