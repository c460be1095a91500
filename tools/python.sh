#!/bin/sh
# Name the Python that everything here is made and tested with: the first that suits.
for python in python3 python3.14 python3.13 python3.12 python3.11 /usr/bin/python3; do
  if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    break
  fi
done

version() {
  "$1" -c 'import ensurepip, sys, venv; print(sys.version_info[:2])' 2>/dev/null
}

# Debian's own is built to be quick, others of the same version often are not: a seventh of the time of all tests.
ours=$(version "$python")
if [ -n "$ours" ] && [ "$ours" = "$(version /usr/bin/python3)" ]; then
  python=/usr/bin/python3
fi
echo "$python"
