#!/usr/bin/env bash
# Builds the fuzzers as ClusterFuzzLite expects: compiler, flags and engine come from the environment, and everything goes to
# $OUT, with the shared libraries that a machine which only runs them does not have.
set -euo pipefail

# The system's libraries are of libstdc++.
flags=${CXXFLAGS//-stdlib=libc++/}
# clang before 15 cannot compile coroutines with it.
[[ $flags != *undefined* ]] || flags+=" -fno-sanitize=function"
work=${WORK:-$(mktemp -d)}
configure=(env CFLAGS= CXXFLAGS= cmake -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_COMPILER="$CXX"
           -DCMAKE_CXX_FLAGS_DEBUG= -DCMAKE_CXX_FLAGS="$flags")

"${configure[@]}" -S "$SRC/batchproof" -B "$work/batchproof" -DCMAKE_UNITY_BUILD=ON -DCMAKE_INSTALL_PREFIX="$work/installed" \
  -DBATCHPROOF_BUILD_TESTS=OFF -DBATCHPROOF_BUILD_EXAMPLES=OFF -DBATCHPROOF_BUILD_BENCH=OFF -DBATCHPROOF_BUILD_TOOLS=OFF
cmake --build "$work/batchproof"
cmake --install "$work/batchproof"

"${configure[@]}" -S "$SRC/orders" -B "$work/orders" -DCMAKE_PREFIX_PATH="$work/installed" -DENGINE="$LIB_FUZZING_ENGINE" \
  -DCMAKE_BUILD_WITH_INSTALL_RPATH=ON -DCMAKE_INSTALL_RPATH='$ORIGIN/lib'
cmake --build "$work/orders" --target fuzz_orders

mkdir -p "$OUT/lib"
cp "$work/orders/fuzz_orders" "$OUT/"
ldd "$work/orders/fuzz_orders" | awk '/libsimdjson/ { print $3 }' | xargs -r cp -t "$OUT/lib"
