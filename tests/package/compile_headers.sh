#!/bin/sh
# compile_headers.sh COMPILER FOLDER: each header below rekognition_jobs/ in the folder compiles when it alone is included, and
# twice.
set -eu
cd "$2"
find rekognition_jobs -name '*.h' | xargs -P 2 -I HEADER sh -c \
  'printf "#include <%s>\n#include <%s>\n" "$2" "$2" | "$1" -std=c++20 -Wall -Wextra -Werror -fsyntax-only -I . -x c++ -' \
  compile "$1" HEADER
