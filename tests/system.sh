#!/bin/sh
# Installs what the tests need besides Python, where apt-get may be used.
# Missing pieces are reported by the tests that need them.
set -eu

missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium fonts-noto-cjk"
command -v pdftotext >/dev/null 2>&1 || missing="$missing poppler-utils"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
# Independent readers of calendar feeds, and of QR codes.
[ -f /usr/include/libical/ical.h ] || missing="$missing libical-dev gcc libc6-dev"
command -v khal >/dev/null 2>&1 || missing="$missing khal"
command -v vdirsyncer >/dev/null 2>&1 || missing="$missing vdirsyncer"
command -v zbarimg >/dev/null 2>&1 || missing="$missing zbar-tools"
command -v node >/dev/null 2>&1 || missing="$missing nodejs npm"

# Thunderbird's reader, from npm.
script() {
    [ -f build/node/node_modules/ical.js/dist/ical.js ] && return
    if ! command -v npm >/dev/null 2>&1; then
        echo "not installed: ical.js" >&2
        return
    fi
    mkdir -p build/node
    npm install --silent --no-audit --no-fund --prefix build/node ical.js@2.2.1 ||
        echo "not installed: ical.js" >&2
}

if [ -z "$missing" ]; then
    script
    exit 0
fi

if ! command -v apt-get >/dev/null 2>&1 || [ "$(id -u)" != 0 ]; then
    echo "not installed:$missing" >&2
    script
    exit 0
fi

apt-get update -q
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing
script
