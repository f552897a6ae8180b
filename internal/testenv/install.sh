#!/usr/bin/env bash
# Installs what the tests need from the system and is missing: by apt on Debian as root; elsewhere it says what to
# install. Does nothing, quickly, when all is there.
set -euo pipefail

# command  packages that bring it on Debian
needs='
git   git
curl  curl
jq    jq
gcc   gcc libc6-dev
redis-server  redis-server
'

commands=() packages=()
while read -r command from; do
  [ -n "$command" ] || continue
  command -v "$command" >/dev/null 2>&1 && continue
  commands+=("$command")
  read -ra from <<<"$from"
  packages+=("${from[@]}")
done <<<"$needs"

[ ${#packages[@]} -gt 0 ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "installing ${packages[*]}" >&2
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -qq -y --no-install-recommends "${packages[@]}" >/dev/null
  exit 0
fi

echo "The tests need ${commands[*]}. Install (Debian's package names): ${packages[*]}" >&2
exit 1
