# Sourced by ./fourfold test [--quick]. Its very last line is "N passed, N failed, N skipped".
# --quick leaves out the system tests and what is tagged `machine`: what needs a database, an engine or real processes.

tools="${XDG_CACHE_HOME:-$HOME/.cache}/fourfold/tools"

# What the integration tests use when it is there: a program to look for and the Debian package it comes in.
packages="git:git dockerd:docker.io chromium:chromium bwrap:bubblewrap debootstrap:debootstrap xz:xz-utils npm:npm redis-server:redis-server"

# Never fails: a test that lacks something skips and says why.
install_tools() {
    local missing= pair
    for pair in $packages; do
        PATH="$PATH:/usr/sbin:/sbin" command -v "${pair%%:*}" > /dev/null || missing="$missing ${pair##*:}"
    done
    if [ -n "$missing" ] && [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
        say "Installing for the tests:$missing"
        apt_quietly $missing || say "  not all could be installed; tests that need them will skip"
    elif [ -n "$missing" ]; then
        say "Not installed, tests that need them will skip:$missing"
    fi
    export PATH="$PATH:/usr/sbin:/sbin:$tools/node_modules/.bin"
    if ! command -v claude > /dev/null && command -v npm > /dev/null; then
        say "Installing Claude Code for the tests (into $tools)"
        mkdir -p "$tools" && timeout 300 npm install --silent --no-fund --no-audit --prefix "$tools" \
            @anthropic-ai/claude-code > /dev/null 2>&1 || say "  could not be installed; tests that need it will skip"
    fi
}

# Packages may not start their daemons: nothing survives a test run.
apt_quietly() {
    local policy=/usr/sbin/policy-rc.d ours=
    if [ ! -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' > "$policy" && chmod 755 "$policy" && ours=yes
    fi
    {
        DEBIAN_FRONTEND=noninteractive timeout 600 apt-get install -y -q --no-install-recommends "$@" \
            || { timeout 120 apt-get update -q \
                && DEBIAN_FRONTEND=noninteractive timeout 600 apt-get install -y -q --no-install-recommends "$@"; }
    } > /dev/null 2>&1
    local status=$?
    [ -z "$ours" ] || rm -f "$policy"
    return "$status"
}

# Reads JUnit XML reports; prints one line per skipped and failed test, then "passed failed skipped".
summarise() {
    awk '
        function attribute(name,   from, rest) {
            from = index($0, " " name "=\"")
            if (!from) return ""
            rest = substr($0, from + length(name) + 3)
            rest = substr(rest, 1, index(rest, "\"") - 1)
            rest = substr(rest, 1, 400)
            gsub(/&quot;/, "\"", rest); gsub(/&apos;/, "\047", rest); gsub(/&lt;/, "<", rest); gsub(/&gt;/, ">", rest)
            sub(/^(&#10;)+/, "", rest); gsub(/&#10; */, " ", rest); gsub(/&amp;/, "\\&", rest)
            return rest
        }
        /<testcase / { tests++; class = attribute("classname"); sub(/.*\./, "", class); test = class "." attribute("name"); bad = 0 }
        /TestAbortedException: / && !/Assumption failed: / { sub(/TestAbortedException: /, "&Assumption failed: ") }
        pending && /Assumption failed: / { sub(/^.*Assumption failed: /, ""); reason = $0; pending = 0; print "skipped: " test ": " reason }
        pending && /<\/skipped>/ { pending = 0; print "skipped: " test ": no reason given" }
        /<skipped/ { skipped++; reason = attribute("message")
                     if (reason == "" && /Assumption failed: /) { reason = $0; sub(/^.*Assumption failed: /, "", reason) }
                     if (reason == "" && !/\/>|<\/skipped>/) { pending = 1; next }
                     print "skipped: " test ": " (reason == "" ? "no reason given" : reason) }
        /<(failure|error)[ >]/ { if (!bad) { failed++; bad = 1; print "FAILED:  " test ": " attribute("message") } }
        END { print tests - failed - skipped + 0, failed + 0, skipped + 0 }
    ' "$@"
}

run_tests() {
    local quick= status=0 formatted=yes began reports counts passed failed skipped
    case "${1:-}" in
        --quick) quick=yes ;;
        "") ;;
        *) die "./fourfold test takes --quick or nothing, but got $1" ;;
    esac
    mkdir -p "$home/target"
    rm -rf "$home"/*/target/surefire-reports "$home"/*/target/failsafe-reports
    [ -n "$quick" ] || { install_tools; sweep; }

    say "Checking the format"
    maven "$home/target/format.log" -q -fae spotless:check || formatted=
    say "Running the tests (all output: target/test.log)"
    if [ -n "$quick" ]; then
        maven "$home/target/test.log" -Dmaven.test.failure.ignore=true -DexcludedGroups=machine -pl '!ear,!bench' test || status=1
    else
        # `verify` builds all there is: no need to build again afterwards.
        began=$(mktemp "$home/target/began-XXXXXX")
        maven "$home/target/test.log" -Dmaven.test.failure.ignore=true verify || status=1
        if [ "$status" = 0 ]; then mv -f "$began" "$built"; else rm -f "$began"; fi
    fi

    reports=$(find "$home" -path '*/target/*-reports/TEST-*.xml' | sort)
    counts="0 0 0"
    if [ -n "$reports" ]; then
        counts=$(printf '%s\n' "$reports" | tr '\n' '\0' | xargs -0 cat | summarise)
        printf '%s\n' "$counts" | sed '$d'
        counts=$(printf '%s\n' "$counts" | tail -n 1)
    fi
    read -r passed failed skipped <<< "$counts"
    if [ -z "$formatted" ]; then
        failed=$((failed + 1))
        echo "FAILED:  format: run ./fourfold format (target/format.log)"
    fi
    if [ "$status" != 0 ]; then
        grep -E '^\[ERROR\]' "$home/target/test.log" | head -n 12 || true
        failed=$((failed + 1))
        echo "FAILED:  build: target/test.log"
    fi
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" = 0 ] && [ "$passed" != 0 ]
}
