#!/bin/sh
# install.sh CMAKE BUILD FOLDER MOVED: installs what is built, and moves it elsewhere, where nothing may be missing.
set -eu
rm -rf "$3" "$4"
"$1" --install "$2" --prefix "$3" >/dev/null
mv "$3" "$4"
cd "$4"
for file in share/doc/rekognition_jobs/LICENSE share/doc/rekognition_jobs/THIRD_PARTY_LICENSES.txt; do
  [ -s "$file" ] || {
    echo "$file is missing"
    exit 1
  }
done
if grep -rIl -e "$2" -e "$3" .; then
  echo "These files name the folder that they were built or installed in."
  exit 1
fi
