#!/bin/sh
# Before the files go, and not for an upgrade: dpkg says `remove`, rpm how many versions stay.
set -e
case "${1-}" in remove | 0) ;; *) exit 0 ;; esac
if [ -z "${DPKG_ROOT:-}" ] && [ -d /run/systemd/system ]; then
  systemctl disable --now klaxon-shelf.service klaxon-keeper.service || true
fi
