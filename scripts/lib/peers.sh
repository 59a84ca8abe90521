# SPDX-License-Identifier: Apache-2.0
# Sourced after common.sh. Programs that we did not write and that Debian does not have, or has too
# old. They are built as Go modules at pinned versions and kept in $PEER_CACHE, outside of the
# repository (default: ~/.cache/weft-peers). A peer that cannot be had ends the script by name.
PEER_CACHE=${PEER_CACHE:-${HOME:-/root}/.cache/weft-peers}

grpcurl_module=github.com/fullstorydev/grpcurl/cmd/grpcurl@v1.9.1
# May 2026, the newest when it was pinned; segmentation offload on both sides.
wireguard_go_version=v0.0.0-20260522210424-ecfc5a8d5446
wireguard_go_module=golang.zx2c4.com/wireguard@$wireguard_go_version

# get_go_program NAME FOLDER MODULE LEAST: FOLDER/... built by `go install MODULE`, Go 1.LEAST or newer.
get_go_program() {
    local name=$1 folder=$2 module=$3 least=$4 version try log
    command -v go >/dev/null || fail "$name: Go 1.$least or newer is needed to build it; Debian's own is older"
    version=$(go env GOVERSION | sed 's/^go1\.\([0-9]*\).*/\1/')
    ((version >= least)) || fail "$name: Go 1.$least or newer is needed, this is $(go env GOVERSION)"
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

packages_tunnel_peers=(ethtool iperf3 iproute2 iputils-ping jq wireguard-go wireguard-tools)
