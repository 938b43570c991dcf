#!/bin/sh
# What files alone cannot do. DPKG_ROOT: the root that dpkg was told to install into, where that is another one.
set -e
root="${DPKG_ROOT:-}"
app="$root/opt/Klaxon"
profile=/etc/apparmor.d/klaxon-console

says() {
  [ -r "/proc/sys/$1" ] && [ "$(cat "/proc/sys/$1")" = "$2" ]
}

load_profile() {
  [ -z "$root" ] && [ -d /etc/apparmor.d ] || return 1
  command -v apparmor_parser >/dev/null && apparmor_status --enabled 2>/dev/null || return 1
  # Asked first: an older AppArmor does not know the profile's rules, and needs none.
  apparmor_parser --skip-kernel-load --skip-cache "$app/resources/apparmor-profile" >/dev/null 2>&1 || return 1
  cp "$app/resources/apparmor-profile" "$profile"
  apparmor_parser --replace "$profile"
}

# The window's sandbox: user namespaces, else the helper that belongs to root.
helper=0755
if says kernel/unprivileged_userns_clone 0 || says user/max_user_namespaces 0; then helper=4755; fi
if ! load_profile && says kernel/apparmor_restrict_unprivileged_userns 1; then helper=4755; fi
chmod "$helper" "$app/chrome-sandbox"

if [ -z "$root" ] && [ -d /run/systemd/system ]; then
  systemctl daemon-reload || true
  # Those that run go on with the new version; none is started that did not run.
  systemctl try-restart klaxon-shelf.service klaxon-keeper.service || true
fi
if [ -z "$root" ] && command -v update-desktop-database >/dev/null; then
  update-desktop-database -q /usr/share/applications || true
fi
