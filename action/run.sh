#!/usr/bin/env bash
# Runs one command of faceform for the action. Exit code 2, a plan with changes, is a success.
set -uo pipefail

read -ra faceform <<<"$FACEFORM"
# Over several lines as well: a path that got lost would be users whom no entry names.
read -r -d '' -a paths <<<"$INPUT_PATHS" || true
case "$INPUT_COMMAND" in
  validate) arguments=(validate --format github ${paths[@]+"${paths[@]}"}) ;;
  plan) arguments=(plan --detailed-exitcode --out "$INPUT_PLAN" ${paths[@]+"${paths[@]}"}) ;;
  apply) arguments=(apply --plan "$INPUT_PLAN" --journal journal.jsonl) ;;
  *)
    echo "::error::command is $INPUT_COMMAND; it may be validate, plan or apply"
    exit 1
    ;;
esac

"${faceform[@]}" "${arguments[@]}"
code=$?
echo "exit-code=$code" >>"$GITHUB_OUTPUT"
[ "$code" = 2 ] || exit "$code"
