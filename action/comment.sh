#!/usr/bin/env bash
# Puts the saved plan into one comment of the pull request: the first run writes it, later ones edit it. Where there is
# no plan it says so, since the comment would show the one before.
set -euo pipefail

read -ra faceform <<<"$FACEFORM"
body=$(mktemp)
trap 'rm -f "$body"' EXIT

# Hidden, and the same for each run of one job with these inputs and this tenant, whether it makes a plan or not.
tenant=${FACEFORM_TENANT_URL:-}${FACEFORM_ENV:-}
job=$(printf '%s\n' "$GITHUB_WORKFLOW" "$GITHUB_JOB" "$INPUT_PATHS" "$INPUT_PLAN" "$tenant" | sha256sum)
marker="<!-- faceform ${job:0:16} -->"
export marker
{
  echo "$marker"
  if [ -e "$INPUT_PLAN" ]; then
    "${faceform[@]}" show "$INPUT_PLAN" --format markdown
  else
    echo "### faceform made no plan"
    echo "Planning commit $HEAD_SHA failed: [the log]($RUN_URL) says why."
  fi
} >"$body"

comments="repos/$GITHUB_REPOSITORY/issues/$PULL_REQUEST/comments"
# Only our own: the author of another's comment could change it after us.
mine='.[] | select(.user.login == "github-actions[bot]" and (.body | startswith(env.marker))) | .id'
ids=$(gh api --paginate "$comments" --jq "$mine")
id=${ids%%$'\n'*}
if [ -z "$id" ]; then
  gh api --method POST "$comments" --field "body=@$body" --silent
else
  gh api --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id" --field "body=@$body" --silent
fi
