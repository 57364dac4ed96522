#!/usr/bin/env bash
# find_bug.sh FUZZER REPLAY VERIFY FOLDER: the fuzzer finds the planted bug and saves the batch, verify_handler finds it again in
# what was saved, and the program without a fuzzer on the input that the fuzzer kept.
set -euo pipefail
fuzzer=$1 replay=$2 verify=$3
rm -rf "$4" && mkdir -p "$4" && cd "$4"

fail() { echo "$1" && cat log && exit 1; }

! "$fuzzer" -seed=1 -max_total_time=60 > log 2>&1 || fail "the fuzzer found nothing"
grep -a 'is violated' log || fail "the fuzzer stopped for another reason"
grep -a '^stat::\|DONE\|^#' log | tail -n 1
ls regressions/orders/*.case.json
! "$verify" > log 2>&1 || fail "the saved case passes"
grep -a 'found in the saved case regressions/orders/' log || fail "the saved case came not first"
! "$replay" crash-* > log 2>&1 || fail "the input passes without the fuzzer"
grep -a 'is violated' log
