// SPDX-License-Identifier: Apache-2.0
#include "app/cli/run.h"
#include "app/cli/sandbox_process.h"
#include "core/base/log.h"
#include "core/base/mutex.h"
#include "core/config/load.h"
#include "core/control/controller.h"

#include <csignal>
#include <cstdlib>
#include <iostream>
#include <thread>

#include <pthread.h>
#include <unistd.h>

namespace {

/// Turns Ctrl-C and SIGTERM into the end of the command that runs; a second one ends the program.
/// Signals are blocked in all threads and taken by one thread, so that no handler runs anywhere.
class Signals {
public:
    Signals() {
        sigemptyset(&set_);
        for (const int signal : {SIGINT, SIGTERM, kStop}) {
            sigaddset(&set_, signal);
        }
        pthread_sigmask(SIG_BLOCK, &set_, nullptr);
        thread_ = std::thread([this] { wait(); });
    }
    ~Signals() {
        pthread_kill(thread_.native_handle(), kStop);
        thread_.join();
    }
    Signals(const Signals&) = delete;
    Signals& operator=(const Signals&) = delete;

    void setRunning(weft::cli::EventPump* pump) WEFT_EXCLUDES(mutex_) {
        const weft::base::MutexLock lock(mutex_);
        pump_ = pump;
    }

private:
    static constexpr int kStop = SIGUSR1;

    void wait() {
        bool again = false;
        for (int signal = 0; sigwait(&set_, &signal) == 0 && signal != kStop; again = true) {
            if (again || !interrupt()) {
                std::_Exit(128 + signal);
            }
        }
    }

    /// Whether there was something to interrupt.
    bool interrupt() WEFT_EXCLUDES(mutex_) {
        const weft::base::MutexLock lock(mutex_);
        if (pump_ == nullptr) {
            return false;
        }
        pump_->interrupt();
        return true;
    }

    sigset_t set_{};
    weft::base::Mutex mutex_;
    weft::cli::EventPump* pump_ WEFT_GUARDED_BY(mutex_) = nullptr;
    std::thread thread_;
};

weft::control::ControllerOptions controllerOptions(std::optional<weft::Duration> timeout) {
    weft::control::ControllerOptions options;
    if (timeout) {
        options.callTimeout = *timeout;
        options.joinTimeout = *timeout;
        options.planTimeout = *timeout;
        options.queryTimeout = *timeout;
    }
    return options;
}

weft::StatusOr<std::unique_ptr<weft::cli::RunningSandbox>> startSandbox(
    const std::vector<std::string>& options) {
    WEFT_ASSIGN_OR_RETURN(const auto program, weft::cli::findDaemonProgram());
    WEFT_ASSIGN_OR_RETURN(auto started, weft::cli::SandboxProcess::start(program, options));
    return std::unique_ptr<weft::cli::RunningSandbox>(std::move(started));
}

weft::Status becomeSandbox(const std::vector<std::string>& options) {
    WEFT_ASSIGN_OR_RETURN(const auto program, weft::cli::findDaemonProgram());
    return weft::cli::becomeSandbox(program, options);
}

}  // namespace

int main(int argc, char** argv) {
    // A front end speaks to its user; its own log is for those who look for a fault in it.
    weft::base::configureLogging("off", weft::base::LogTarget::Stderr);
    Signals signals;
    const auto process = weft::config::requestOfProcess(argc, argv);
    const weft::base::SystemClock clock;
    const weft::cli::Surroundings surroundings{
        .out = std::cout,
        .err = std::cerr,
        .in = std::cin,
        .clock = clock,
        .colour = ::isatty(STDOUT_FILENO) == 1,
        .interactive = ::isatty(STDIN_FILENO) == 1,
        .environment = process.environment,
        .connect =
            [](const std::filesystem::path& socket, std::optional<weft::Duration> timeout) {
                return weft::control::connectLocal(socket, controllerOptions(timeout));
            },
        .running = [&signals](weft::cli::EventPump* pump) { signals.setRunning(pump); },
        .startSandbox = startSandbox,
        .becomeSandbox = becomeSandbox,
    };
    return weft::cli::runCommandLine(process.arguments, surroundings);
}
