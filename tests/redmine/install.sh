#!/usr/bin/env bash
# Installs the Redmine that the tests of its ticket system start for themselves. Nothing is started or configured here: the
# fixture makes a database of its own in a temporary folder (RedmineServer.cs).
set -euo pipefail

if [ -d /usr/share/redmine ] && command -v puma >/dev/null && dpkg -s redmine-sqlite >/dev/null 2>&1; then
  exit 0
fi

# Packages start what they install unless this says no; put back as it was.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod +x "$policy"
fi

export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends redmine redmine-sqlite puma >/dev/null
