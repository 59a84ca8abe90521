// SPDX-License-Identifier: Apache-2.0
// One WireGuard interface of Weft in the foreground, set up with wg(8) and ip(8): what the tests
// against other implementations and the benchmarks run. It has no mesh and keeps no state.
#include "app/startup/vector_mask.h"
#include "core/base/clock.h"
#include "core/base/poller.h"
#include "core/crypto/aead_timing.h"
#include "core/platform/tun.h"
#include "core/transport/udp_path.h"
#include "core/wireguard/control/control_socket.h"
#include "core/wireguard/device/device.h"

#include <fmt/format.h>

#include <csignal>
#include <cstdio>
#include <exception>
#include <string>

#include <CLI/CLI.hpp>

namespace weft::wireguard {
namespace {

struct Options {
    std::string name;
    std::size_t mtu = platform::kDefaultTunMtu;
    std::uint16_t port = 0;
    /// How much faster than the system's the engine's clock runs.
    double clockRate = 1.0;
    bool plainTun = false;
    bool noUdpRuns = false;
    bool noUdpJoin = false;
    std::string aead = "measured";
    /// Threads for the cipher; below 0: as the load and the cores ask for.
    int cryptoWorkers = -1;
};

/// Runs faster than the clock of the machine, so that a test sees timers of minutes.
class FastClock final : public base::Clock {
public:
    explicit FastClock(double rate)
        : rate_(rate), start_(system_.now()), wallStart_(system_.wallNow()) {}

    TimePoint now() const override { return start_ + scaled(); }
    WallTime wallNow() const override {
        return wallStart_ + std::chrono::duration_cast<WallTime::duration>(scaled());
    }

private:
    Duration scaled() const {
        const std::chrono::duration<double, std::nano> since = system_.now() - start_;
        return Duration(static_cast<std::int64_t>(since.count() * rate_));
    }

    const double rate_;
    base::SystemClock system_;
    const TimePoint start_;
    const WallTime wallStart_;
};

StatusOr<DeviceParts> makeParts(const Options& options) {
    platform::TunOptions tun;
    tun.name = options.name;
    tun.mtu = options.mtu;
    if (options.plainTun) {
        tun.offloads = {};
    }
    transport::UdpOptions udp;
    udp.port = options.port;
    udp.sending = options.noUdpRuns ? transport::UdpSending::Batch : transport::UdpSending::Runs;
    udp.joinsReceived = !options.noUdpJoin;
    DeviceParts parts;
    WEFT_ASSIGN_OR_RETURN(parts.tun, platform::openTun(tun));
    WEFT_ASSIGN_OR_RETURN(parts.udp, transport::openUdpPath(udp));
    WEFT_ASSIGN_OR_RETURN(parts.poller, base::createPoller());
    return parts;
}

crypto::AeadPlan planOf(const std::string& name) {
    if (name == "sodium") {
        return crypto::AeadPlan::onlySodium();
    }
    if (name == "openssl") {
        return crypto::AeadPlan::onlyOpenSsl();
    }
    return name == "defaults" ? crypto::AeadPlan::defaults() : crypto::measureAead();
}

Status serve(const Options& options) {
    sigset_t signals{};
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    // Before there are other threads, which inherit it.
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);

    const FastClock clock(options.clockRate);
    DeviceOptions device;
    device.engine.aeadPlan = planOf(options.aead);
    if (options.cryptoWorkers >= 0) {
        device.parallel.workers = static_cast<std::size_t>(options.cryptoWorkers);
    }
    if (options.clockRate > 1.0) {
        device.longestWait = std::chrono::milliseconds(2);
    }
    WEFT_ASSIGN_OR_RETURN(auto parts, makeParts(options));
    WEFT_ASSIGN_OR_RETURN(auto running, Device::start(std::move(device), std::move(parts), clock));
    ControlSocketOptions control;
    control.name = running->name();
    WEFT_ASSIGN_OR_RETURN(const auto socket, ControlSocket::create(control, *running));
    std::printf("%s\n", running->name().c_str());
    std::fflush(stdout);
    int received = 0;
    sigwait(&signals, &received);
    return okStatus();
}

int start(int argc, char** argv) {
    Options options;
    CLI::App app("Runs one WireGuard interface in the foreground until SIGTERM or SIGINT.");
    app.add_option("interface", options.name, "Its name, or a pattern such as weft%d")->required();
    app.add_option("--mtu", options.mtu, "Longest inner packet")->capture_default_str();
    app.add_option("--port", options.port, "UDP port; 0 lets the system choose");
    app.add_option("--clock-rate", options.clockRate, "Lets the engine's time run faster")
        ->check(CLI::Range(1.0, 1000.0));
    app.add_flag("--plain-tun", options.plainTun, "Take no super-packets from the host");
    app.add_flag("--no-udp-runs", options.noUdpRuns, "Send datagram by datagram");
    app.add_flag("--no-udp-join", options.noUdpJoin, "Receive datagram by datagram");
    app.add_option("--aead", options.aead, "Library for the cipher")
        ->check(CLI::IsMember({"measured", "defaults", "openssl", "sodium"}));
    app.add_option(
           "--crypto-workers",
           options.cryptoWorkers,
           "Always so many threads for the cipher, 0 for none; without it as the load asks for")
        ->check(CLI::Range(0, static_cast<int>(CryptoStage::kMostWorkers)));
    CLI11_PARSE(app, argc, argv);
    if (options.aead == "measured") {
        app::maskVectorsIfItPays(argv);
    }
    const Status status = serve(options);
    if (!status.ok()) {
        std::fputs(fmt::format("error: {}\n", messageOf(status)).c_str(), stderr);
        return 1;
    }
    return 0;
}

}  // namespace
}  // namespace weft::wireguard

int main(int argc, char** argv) {
    try {
        return weft::wireguard::start(argc, argv);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "error: %s\n", error.what());
        return 1;
    }
}
