#!/bin/sh
# Extracts the executable models: to JSON, which `cargo xtask codegen` turns into
# Rust, and to OCaml, which rust/tally-oracle compiles; and to JSON what the explorer
# says about memory orderings, for `cargo xtask orderings`. The library's .vo files
# must be there. Both results are kept in the repository, so that the Rust tests need no
# prover.
#
#   extraction/extract.sh --update   regenerate extraction/json and extraction/ocaml
#   extraction/extract.sh --check    say what differs from what is kept
#
# VO is the folder of the compiled library (default: theories). The text is the same
# on every run with Coq 8.16; other versions name auxiliary definitions differently,
# so only 8.16 regenerates or checks, and the script says so elsewhere.
set -eu
case ${1-} in
  --update | --check) ;;
  *) echo "usage: extraction/extract.sh --update | --check" >&2; exit 2 ;;
esac
cd "$(dirname "$0")/.."
root=$(pwd)
vo=${VO:-theories}
case $vo in /*) ;; *) vo=$root/$vo ;; esac
version=$(coqc --print-version 2>/dev/null | cut -d' ' -f1)
case $version in
  8.16.*) ;;
  '') echo "error: coqc is not there: install Coq (\`make deps\`)" >&2; exit 1 ;;
  *) echo "extract: skipped: the kept files are those of Coq 8.16, not of $version"; exit 0 ;;
esac
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/json" "$scratch/ocaml"
compile() { # FILE.v FOLDER: from FOLDER, where extraction writes
  cp "$root/extraction/$1" "$scratch/"
  (cd "$scratch/$2" && coqc -q -w -extraction-opaque-accessed,-extraction-ambiguous-name \
    -Q "$vo" tally -R "$scratch" "" "$scratch/$1")
}
compile word_trace.v .
compile explorer_trace.v .
compile rc_trace.v .
compile frame_trace.v .
compile segment_trace.v .
compile list_trace.v .
compile extract_json.v json
compile extract_check.v json
compile extract_run.v json
compile extract_orderings.v json
compile extract_ocaml.v ocaml
# One declaration a line, without the indentation: a quarter of the size.
for file in "$scratch"/json/*.json; do
  sed 's/^[[:space:]]*//' "$file" | tr -d '\n' |
    sed 's/{"what": "decl:/\n&/g' > "$file.new"
  echo >> "$file.new"
  mv "$file.new" "$file"
done
if [ "$1" = --check ]; then
  for folder in json ocaml; do
    diff -r "$scratch/$folder" "$root/extraction/$folder" > "$scratch/diff" || {
      head -n 20 "$scratch/diff" | cut -c 1-200 >&2
      echo "error: extraction/$folder is not what extraction/extract.sh writes" >&2
      exit 1
    }
  done
  echo "extract: extraction/json and extraction/ocaml are up to date"
else
  for folder in json ocaml; do
    rm -rf "$root/extraction/$folder"
    cp -r "$scratch/$folder" "$root/extraction/$folder"
  done
fi
