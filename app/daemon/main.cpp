// SPDX-License-Identifier: Apache-2.0
#include "app/daemon/idle_memory.h"
#include "app/daemon/process.h"
#include "app/daemon/sandbox_program.h"
#include "app/startup/vector_mask.h"
#include "core/base/log.h"
#include "core/config/load.h"
#include "core/config/print.h"
#include "core/daemon/daemon.h"
#include "core/daemon/tunnel/real_tunnels.h"
#include "core/rpc/library.h"

#include <cstdio>
#include <exception>
#include <string>

namespace weft::app {
namespace {

constexpr int kExitOk = 0;
constexpr int kExitNotStarted = 1;
constexpr int kExitBadConfiguration = 2;

void print(std::FILE* file, const std::string& text) {
    std::fwrite(text.data(), 1, text.size(), file);
    std::fflush(file);
}

int refuse(int code, const Status& status) {
    print(stderr, fmt::format("weftd: {}\n", messageOf(status)));
    return code;
}

int serve(const config::NodeOptions& options) {
    auto& log = base::logger("weftd");
    for (const auto& warning : options.warnings) {
        log.warn("configuration {}", warning);
    }
    // First of all: a thread of the library that is older than this would take the signals, and
    // end the process with them whenever the main thread does not wait for one.
    if (const Status blocked = blockSignals(); !blocked.ok()) {
        return refuse(kExitNotStarted, blocked);
    }
    rpc::prepareLibrary();
    daemon::RealTunnels tunnels;
    auto daemon = daemon::Daemon::start(options, daemon::Daemon::Reach::Socket, &tunnels);
    if (!daemon.ok()) {
        return refuse(kExitNotStarted, daemon.status());
    }
    log.info("serving version={} socket={}", WEFT_VERSION, options.weft.localSocket.string());
    notifyReady();

    IdleMemory memory;
    const int number = waitForSignal(IdleMemory::kInterval, [&memory] {
        if (memory.isDue(processorTimeUsed())) {
            giveBackMemory();
        }
    });

    log.info("stopping signal={}", number);
    notifyStopping();
    restoreSignals();
    (*daemon)->stop();
    log.info("stopped");
    return kExitOk;
}

int run(int argc, char* const* argv) {
    hardenProcess();
    const auto request = config::requestOfProcess(argc, argv);
    if (!request.arguments.empty() && request.arguments.front() == kSandboxFlag) {
        return runSandbox(
            {request.arguments.begin() + 1, request.arguments.end()}, request.environment);
    }
    const auto invocation = config::readInvocation(request.arguments);
    if (!invocation.ok()) {
        return refuse(kExitBadConfiguration, invocation.status());
    }
    if (invocation->help) {
        print(stdout, config::helpText("weftd"));
        print(stdout, "\nA mesh that is simulated: weftd --sandbox --help\n");
        return kExitOk;
    }
    if (invocation->version) {
        print(stdout, fmt::format("weftd {}\n", WEFT_VERSION));
        return kExitOk;
    }
    const auto options = config::load(request);
    if (!options.ok()) {
        return refuse(kExitBadConfiguration, options.status());
    }
    if (invocation->printConfig) {
        print(stdout, config::printConfig(*options));
        return kExitOk;
    }
    maskVectorsIfItPays(argv);
    if (!base::configureLogging(options->global.logLevel, logTarget())) {
        return refuse(
            kExitBadConfiguration,
            invalidArgument("global.log-level: \"{}\" is no level", options->global.logLevel));
    }
    return serve(*options);
}

}  // namespace
}  // namespace weft::app

int main(int argc, char** argv) {
    try {
        return weft::app::run(argc, argv);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "weftd: %s\n", error.what());
        return 1;
    }
}
