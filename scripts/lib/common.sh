# SPDX-License-Identifier: Apache-2.0
# Sourced by the scripts beside it. Needs bash.
set -euo pipefail
WEFT_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$WEFT_ROOT"

say() { printf '\033[1m==>\033[0m %s\n' "$*"; }
fail() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

# Debian 12 packages by purpose.
packages_core=(
    build-essential ccache cmake git libabsl-dev libasio-dev libcli11-dev libfmt-dev libgrpc++-dev libldap-dev
    libldns-dev libprotobuf-dev libqrcodegencpp-dev libsodium-dev libspdlog-dev libsqlite3-dev libssl-dev
    libsystemd-dev libtomlplusplus-dev libyaml-cpp-dev libzip-dev mold nftables ninja-build pkg-config prometheus-cpp-dev
    protobuf-compiler protobuf-compiler-grpc
)
packages_gui=(
    dbus fonts-dejavu-core libgl1-mesa-dri qml6-module-qtqml qml6-module-qtqml-models
    qml6-module-qtqml-workerscript qml6-module-qtquick qml6-module-qtquick-controls
    qml6-module-qtquick-layouts qml6-module-qtquick-templates qml6-module-qtquick-window
    qt6-base-dev qt6-declarative-dev qt6-declarative-dev-tools qt6-l10n-tools qt6-tools-dev-tools
    qtkeychain-qt6-dev
)
packages_display=(trayer xauth xvfb)
packages_test=(
    bind9-dnsutils dbus-daemon imagemagick iperf3 iproute2 iputils-ping libbenchmark-dev libcap2-bin libgmock-dev libgtest-dev
    openssl
    python3 python3-dbus python3-gi qml6-module-qttest slapd xdotool
)
packages_check=(clang-14 clang-format-14 clang-tidy-14 curl jq)
packages_fuzz=(clang-19 libclang-rt-19-dev llvm-19)
packages_bench=(etcd-server etcd-client)

missing_packages() {
    local name
    for name in "$@"; do
        dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null | grep -qx installed ||
            printf '%s\n' "$name"
    done
}

# Installs what is missing of the packages named. Says what it does; asks for root when it must.
install_packages() {
    local missing
    mapfile -t missing < <(missing_packages "$@")
    if ((${#missing[@]} == 0)); then
        return 0
    fi
    command -v apt-get >/dev/null ||
        fail "this script installs with apt, which is not here; Weft is built on Debian 12. Missing: ${missing[*]}"
    if [ "$(id -u)" -ne 0 ]; then
        fail "packages are missing and you are not root. Run this once, then start again:
  sudo apt-get update && sudo apt-get install --no-install-recommends ${missing[*]}"
    fi
    say "installing ${#missing[@]} packages: ${missing[*]}"
    # etcd is only a peer in benchmarks; its service must not start because it was installed.
    if printf '%s\n' "${missing[@]}" | grep -qx etcd-server; then
        mkdir -p /etc/systemd/system
        ln -sf /dev/null /etc/systemd/system/etcd.service
    fi
    # slapd answers tests that start it themselves; installed, it gets no directory and does not run.
    if printf '%s\n' "${missing[@]}" | grep -qx slapd; then
        mkdir -p /etc/systemd/system
        ln -sf /dev/null /etc/systemd/system/slapd.service
        echo "slapd slapd/no_configuration boolean true" | debconf-set-selections
    fi
    apt-get update -qq || fail "the package lists could not be read (apt-get update); check the network"
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" \
        >/dev/null || fail "apt-get could not install: ${missing[*]}"
}

# Configures and builds a preset: build_preset PRESET [target ...]
build_preset() {
    local preset=$1
    shift
    if [ ! -f "build/$preset/build.ninja" ]; then
        say "configuring build/$preset"
        cmake --preset "$preset" >"/tmp/weft-configure-$$.log" 2>&1 || {
            cat "/tmp/weft-configure-$$.log" >&2
            rm -f "/tmp/weft-configure-$$.log"
            fail "cmake could not configure build/$preset"
        }
        rm -f "/tmp/weft-configure-$$.log"
    fi
    say "building build/$preset ${*:-(everything)}"
    cmake --build "build/$preset" -j "${JOBS:-$(nproc)}" ${1:+--target "$@"} ||
        fail "the build failed; the first error is above"
}
