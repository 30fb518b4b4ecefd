#!/usr/bin/env bash
# Builds fourfold/workspace:latest, equal to the Dockerfile's, where no image registry can be reached: Debian through
# debootstrap, Claude Code's native binary from npm, `docker import`. Needs root, debootstrap, npm and docker.
#   build-offline.sh            builds when nothing is cached, then imports into the engine that DOCKER_HOST names
#   build-offline.sh --rebuild  builds anew
#   build-offline.sh --no-import   only fills the cache
# Cache: ${FOURFOLD_CACHE:-~/.cache/fourfold}/workspace-image.tar
set -euo pipefail

image=${FOURFOLD_WORKSPACE_IMAGE:-fourfold/workspace:latest}
claude_version=${CLAUDE_VERSION:-2.1.328}
cache=${FOURFOLD_CACHE:-$HOME/.cache/fourfold}
tar=$cache/workspace-image.tar
packages=git,gh,ca-certificates,curl,procps,ripgrep,nodejs

build() {
    mkdir -p "$cache"
    work=$(mktemp -d "$cache/build.XXXXXX")
    trap 'rm -rf --one-file-system "$work"' EXIT
    debootstrap --variant=minbase --include="$packages" bookworm "$work/root" ${DEBIAN_MIRROR:-} >"$cache/debootstrap.log" 2>&1 ||
        { tail -n 20 "$cache/debootstrap.log" >&2; exit 1; }
    (cd "$work" && npm pack --silent "@anthropic-ai/claude-code-linux-x64@$claude_version" > packed &&
        tar -xzf "$(tail -n 1 packed)" package/claude)
    install -m 0755 "$work/package/claude" "$work/root/usr/local/bin/claude"
    chroot "$work/root" useradd --uid 1000 --user-group --no-create-home --home-dir /home/agent --shell /bin/bash agent
    install -d -o 1000 -g 1000 "$work/root/workspace"
    rm -rf "$work/root"/var/cache/apt/archives/*.deb "$work/root"/var/lib/apt/lists/*
    find "$work/root" -xdev -type f -perm /6000 -exec chmod a-s {} +
    tar -C "$work/root" --numeric-owner --exclude=./proc/* --exclude=./sys/* --exclude=./dev/* -cf "$tar.part" .
    mv "$tar.part" "$tar"
}

[[ " $* " != *" --rebuild "* && -s $tar ]] || build
if [[ " $* " != *" --no-import "* ]]; then
    docker import --change 'USER 1000:1000' --change 'WORKDIR /workspace' --change 'ENV HOME=/home/agent' \
        --change 'ENV LANG=C.UTF-8' --change 'ENV DISABLE_AUTOUPDATER=1' "$tar" "$image" >/dev/null
    echo "$image"
fi
