#!/bin/sh
# After the files have gone, and not for an upgrade: what after-install.sh has made.
set -e
case "${1-}" in remove | purge | 0) ;; *) exit 0 ;; esac
[ -z "${DPKG_ROOT:-}" ] || exit 0
profile=/etc/apparmor.d/klaxon-console
if [ -f "$profile" ]; then
  ! command -v apparmor_parser >/dev/null || apparmor_parser --remove "$profile" >/dev/null 2>&1 || true
  rm -f "$profile"
fi
if [ -d /run/systemd/system ]; then systemctl daemon-reload || true; fi
if command -v update-desktop-database >/dev/null; then
  update-desktop-database -q /usr/share/applications || true
fi
