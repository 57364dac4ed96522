#!/usr/bin/env bash
# Builds the fuzzers as OSS-Fuzz and ClusterFuzzLite expect: compiler, flags and engine come from the environment, and
# everything goes to $OUT: programs, seed corpora as zip files, dictionaries, options, and the shared libraries that a
# machine which only runs them does not have.
set -euo pipefail
cd "$SRC/batchproof"

# The system's libraries are of libstdc++.
flags=${CXXFLAGS//-stdlib=libc++/}
# clang before 15 cannot compile coroutines with it.
[[ $flags != *undefined* ]] || flags+=" -fno-sanitize=function"

work=${WORK:-$(mktemp -d)}
env CFLAGS= CXXFLAGS= cmake -S . -B "$work/batchproof" -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_COMPILER="$CXX" \
  -DCMAKE_CXX_FLAGS_DEBUG= -DCMAKE_CXX_FLAGS="$flags" -DCMAKE_BUILD_WITH_INSTALL_RPATH=ON -DCMAKE_INSTALL_RPATH='$ORIGIN/lib' \
  -DCMAKE_UNITY_BUILD=ON -DBATCHPROOF_BUILD_FUZZ=ON -DBATCHPROOF_FUZZING_ENGINE="$LIB_FUZZING_ENGINE" \
  -DBATCHPROOF_BUILD_TESTS=OFF -DBATCHPROOF_BUILD_EXAMPLES=OFF -DBATCHPROOF_BUILD_BENCH=OFF
cmake --build "$work/batchproof" --target fuzzers

mkdir -p "$OUT/lib"
for program in "$work"/batchproof/fuzz/fuzz_*; do
  [[ -x $program && ! -d $program ]] || continue
  name=$(basename "$program")
  target=${name#fuzz_}
  cp "$program" "$OUT/"
  fuzz/make_corpus "$target" "$work/corpus/$target"
  rm -f "$OUT/${name}_seed_corpus.zip"
  (cd "$work/corpus/$target" && zip -q "$OUT/${name}_seed_corpus.zip" -- *)
  dictionary=fuzz/$target.dict
  [[ -e $dictionary ]] || dictionary=fuzz/json.dict
  cp "$dictionary" "$OUT/$name.dict"
  cp fuzz/oss-fuzz/fuzz.options "$OUT/$name.options"
  if [[ -d fuzz/regressions/$target ]]; then
    (cd "fuzz/regressions/$target" && zip -q "$OUT/${name}_seed_corpus.zip" -- *)
  fi
  ldd "$program" | awk '/libsimdjson|libyaml|libfmt/ { print $3 }' | xargs -r cp -t "$OUT/lib"
done

# A target is silently left out where a library is missing that its component needs.
for source in fuzz/*.cpp; do
  target=$(basename "$source" .cpp)
  [[ -x $OUT/fuzz_$target ]] || { echo "build.sh: there is no program of $source" >&2; exit 1; }
done
