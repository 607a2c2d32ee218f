#!/usr/bin/env bash
# Puts the saved plan into one comment of the pull request: the first run writes it, later ones edit it.
set -euo pipefail

read -ra faceform <<<"$FACEFORM"
body=$(mktemp)
trap 'rm -f "$body"' EXIT
"${faceform[@]}" show "$INPUT_PLAN" --format markdown >"$body"

# The first line is hidden, and the same for each plan of one tenant.
marker=$(head -n 1 "$body")
export marker
comments="repos/$GITHUB_REPOSITORY/issues/$PULL_REQUEST/comments"
mine='.[] | select(.body | startswith(env.marker)) | .id'
id=$(gh api --paginate "$comments" --jq "$mine" | head -n 1)
if [ -z "$id" ]; then
  gh api --method POST "$comments" --field "body=@$body" --silent
else
  gh api --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id" --field "body=@$body" --silent
fi
