#!/bin/sh
# compile_headers.sh COMPILER FOLDER: each header in the folder compiles when it alone is included, and twice.
set -eu
find "$2" -name '*.h' | xargs -P 2 -I HEADER sh -c \
  'printf "#include \"%s\"\n#include \"%s\"\n" "$3" "$3" | "$1" -std=c++20 -Wall -Wextra -Werror -fsyntax-only -I "$2" -x c++ -' \
  compile "$1" "$2" HEADER
