# SPDX-License-Identifier: Apache-2.0
# Sourced after common.sh. Programs that we did not write and that Debian does not have, or has too
# old. They are built as Go modules at pinned versions and kept in $PEER_CACHE, outside of the
# repository (default: ~/.cache/weft-peers). A peer that cannot be had ends the script by name.
PEER_CACHE=${PEER_CACHE:-${HOME:-/root}/.cache/weft-peers}

grpcurl_module=github.com/fullstorydev/grpcurl/cmd/grpcurl@v1.9.1
# May 2026, the newest when it was pinned; segmentation offload on both sides.
wireguard_go_version=v0.0.0-20260522210424-ecfc5a8d5446
wireguard_go_module=golang.zx2c4.com/wireguard@$wireguard_go_version
reference_module=github.com/webmeshproj/webmesh
# What the reference was written for. Go 1.21 and newer get it by themselves; older ones cannot.
reference_toolchain=go1.21.13

# need_go NAME LEAST: the Go that is installed is 1.LEAST or newer.
need_go() {
    local name=$1 least=$2 version
    command -v go >/dev/null || fail "$name: Go 1.$least or newer is needed to build it; Debian's own is older"
    version=$(GOTOOLCHAIN=local go env GOVERSION)
    [[ $version =~ ^go1\.([0-9]+) ]] ||
        fail "$name: Go 1.$least or newer is needed, and go env GOVERSION says '$version'"
    ((BASH_REMATCH[1] >= least)) || fail "$name: Go 1.$least or newer is needed, this is $version"
}

# get_go_program NAME FOLDER MODULE LEAST: FOLDER/... built by `go install MODULE`, Go 1.LEAST or newer.
get_go_program() {
    local name=$1 folder=$2 module=$3 least=$4 try log
    need_go "$name" "$least"
    log=$(mktemp)
    for try in 1 2 3; do
        say "$name: getting $module (try $try of 3)"
        if GOBIN="$folder" go install "$module" 2>"$log"; then
            rm -f "$log"
            return 0
        fi
    done
    tail -n 3 "$log" >&2
    rm -f "$log"
    fail "$name could not be had as a Go module"
}

# Sets grpcurl.
get_grpcurl() {
    grpcurl=$PEER_CACHE/bin/grpcurl
    [ -x "$grpcurl" ] || get_go_program grpcurl "$PEER_CACHE/bin" "$grpcurl_module" 21
}

# Sets wireguard_go_current; Debian's older one is /usr/bin/wireguard-go.
get_wireguard_go() {
    local folder=$PEER_CACHE/wireguard-go-$wireguard_go_version
    wireguard_go_current=$folder/wireguard
    [ -x "$wireguard_go_current" ] ||
        get_go_program "wireguard-go (current)" "$folder" "$wireguard_go_module" 23
}

# Sets noise_peer: a program of ours around wireguard-go's handshake. Built each time, since its
# source is in this repository; its go.mod pins the module.
get_noise_peer() {
    noise_peer=$PEER_CACHE/bin/noise_peer
    (
        cd "$WEFT_ROOT/tests/interop/wireguard/noise_peer"
        get_go_program "noise_peer (wireguard-go's handshake)" "$PEER_CACHE/bin" ./ 23
    )
}

# get_reference VERSION: sets reference_folder, where webmesh-node and wmctl of that version are. Go
# builds nothing that its checksum database does not vouch for, and that stays so.
get_reference() {
    local version=$1 program
    reference_folder=$PEER_CACHE/webmesh-$version
    for program in webmesh-node wmctl; do
        [ -x "$reference_folder/$program" ] ||
            GOTOOLCHAIN=$reference_toolchain get_go_program "$program $version" "$reference_folder" \
                "$reference_module/cmd/$program@$version" 21
    done
}

# Sets promtool. Out of Debian's package, which is not installed: it would start a server.
get_promtool() {
    local folder=$PEER_CACHE/prometheus try
    promtool=$folder/usr/bin/promtool
    if [ -x "$promtool" ]; then
        return 0
    fi
    mkdir -p "$folder"
    for try in 1 2 3; do
        say "promtool: getting Debian's prometheus (try $try of 3)"
        if (
            cd "$folder"
            apt-get download -qq -o APT::Sandbox::User=root prometheus && dpkg-deb -x prometheus_*.deb . &&
                rm -f prometheus_*.deb
        ); then
            return 0
        fi
    done
    fail "promtool could not be had as a Debian package (prometheus)"
}

packages_tunnel_peers=(ethtool iperf3 iproute2 iputils-ping jq wireguard-go wireguard-tools)
