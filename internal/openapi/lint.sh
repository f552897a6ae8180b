#!/usr/bin/env bash
# Holds docs/openapi.json against two linters of other makers. Needs node and the npm registry; leaves nothing behind.
set -euo pipefail
cd "$(dirname "$0")/../.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --silent --no-audit --no-fund --prefix "$work" @stoplight/spectral-cli@6.16.3 @redocly/cli@2.77.0

echo 'extends: ["spectral:oas"]' > "$work/spectral.yaml"
"$work/node_modules/.bin/spectral" lint --fail-severity=warn --ruleset "$work/spectral.yaml" docs/openapi.json

# The server is relative and has no terms of its own to link, so the strictest rules about hosts do not apply.
REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true "$work/node_modules/.bin/redocly" lint --extends=recommended docs/openapi.json
