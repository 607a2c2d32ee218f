#!/usr/bin/env bash
# Runs one command of faceform for the action. Exit code 2, a plan with changes, is a success.
set -uo pipefail

read -ra faceform <<<"$FACEFORM"
# One path a line, so that it may have spaces; in a single line, spaces part them.
paths=()
if [[ "$INPUT_PATHS" == *$'\n'* ]]; then
  while IFS= read -r path; do
    [ -z "$path" ] || paths+=("$path")
  done <<<"$INPUT_PATHS"
else
  read -ra paths <<<"$INPUT_PATHS"
fi

case "$INPUT_COMMAND" in
  validate) arguments=(validate --format github) ;;
  plan)
    # A plan that fails must leave none behind which a later step takes for its own.
    rm -f -- "$INPUT_PLAN"
    arguments=(plan --detailed-exitcode --fail-on "${INPUT_FAIL_ON:-refused}" --out "$INPUT_PLAN")
    case "${INPUT_CHANGED_SINCE:-none}" in
      none) ;;
      *) arguments+=(--changed-since="$INPUT_CHANGED_SINCE") ;;
    esac
    [ -z "${INPUT_ALLOW_DELETES:-}" ] || arguments+=(--allow-deletes "$INPUT_ALLOW_DELETES")
    [ -z "${INPUT_ALLOW_DISABLES:-}" ] || arguments+=(--allow-disables "$INPUT_ALLOW_DISABLES")
    [ -z "${INPUT_ALLOW_SHORTENS:-}" ] || arguments+=(--allow-shortens "$INPUT_ALLOW_SHORTENS")
    [ -z "${INPUT_ALLOW_UPDATES:-}" ] || arguments+=(--allow-updates "$INPUT_ALLOW_UPDATES")
    [ -z "${INPUT_ALLOW_EMAILS:-}" ] || arguments+=(--allow-emails "$INPUT_ALLOW_EMAILS")
    ;;
  apply)
    arguments=(apply --plan "$INPUT_PLAN" --journal journal.jsonl)
    paths=()
    ;;
  *)
    # Only a plain word is shown: in a message to the runner a line break would begin the next command.
    found=
    [[ ! "$INPUT_COMMAND" =~ ^[[:alnum:]_-]{1,40}$ ]] || found=", not '$INPUT_COMMAND'"
    echo "::error::command must be validate, plan or apply$found"
    exit 1
    ;;
esac

"${faceform[@]}" "${arguments[@]}" -- ${paths[@]+"${paths[@]}"}
code=$?
echo "exit-code=$code" >>"$GITHUB_OUTPUT"
[ "$code" != 7 ] || echo "::error title=faceform plan::A condition of fail-on holds, such as a budget that apply would refuse. See the plan."
[ "$code" = 2 ] || exit "$code"
