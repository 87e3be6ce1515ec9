#!/usr/bin/env bash
# Builds BoGo's runner and the front of the shim in BOGO_FOLDER, if they are not there yet.
# Needs Debian's apt, golang-go and golang-golang-x-crypto-dev; the network only for Debian's archive.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=${BOGO_FOLDER:-$HOME/.cache/parley-bogo}
mkdir -p "$folder"
cd "$folder"

# The source as Debian signed it: its archive key vouches for the list of sources, that for the file. The hash besides, as
# expected.json is true of these tests alone.
source=android-platform-external-boringssl
archive=${source}_14.0.0+r45.orig.tar.xz
hash=f9223e8c15ad5d9e3f1cd50861f4c272658864661e2332bea5d60952aa0930cd
if [ ! -d runner ]; then
  mkdir -p apt/lists/partial apt/archives/partial
  echo 'deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian trixie main' >apt/sources.list
  options=(-qq -o Dir::Etc::sourcelist="$PWD/apt/sources.list" -o Dir::Etc::sourceparts=/dev/null -o Dir::State::lists="$PWD/apt/lists"
    -o Dir::Cache="$PWD/apt" -o APT::Sandbox::User="$(id -un)")
  apt-get "${options[@]}" update
  apt-get "${options[@]}" source --tar-only --download-only --only-source "$source"
  echo "$hash  $archive" | sha256sum --check --quiet
  module=go/src/boringssl.googlesource.com/boringssl
  mkdir -p "$module"
  tar -xJf "$archive" -C "$module" --strip-components=2 --wildcards '*/src/ssl/test/runner' '*/src/util/testresult'
  rm -rf apt "$source"_*
  ln -sfn "$module/ssl/test/runner" runner
fi

export GO111MODULE=off GOFLAGS= GOPATH="$PWD/go:/usr/share/gocode"
[ -e runner.test ] || go test -c -o runner.test boringssl.googlesource.com/boringssl/ssl/test/runner
[ front -nt "$here/front.go" ] || go build -o front "$here/front.go"
