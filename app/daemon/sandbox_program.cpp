// SPDX-License-Identifier: Apache-2.0
#include "app/daemon/sandbox_program.h"

#include "app/daemon/process.h"
#include "core/base/log.h"
#include "core/base/unique_fd.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <string>

#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace weft::app {
namespace {

constexpr int kExitOk = 0;
constexpr int kExitNotStarted = 1;
constexpr int kExitBadUse = 2;

void print(std::FILE* file, const std::string& text) {
    std::fwrite(text.data(), 1, text.size(), file);
    std::fflush(file);
}

int refuse(int code, const Status& status) {
    print(stderr, fmt::format("weftd: {}\n", messageOf(status)));
    return code;
}

std::string introduction(const SandboxInvocation& invocation, const std::string& socket) {
    return fmt::format(
        "A sandbox: a mesh of {0} nodes that are simulated (seed {1}). Nothing leaves this "
        "computer.\n"
        "\n"
        "  weftctl --socket {2} status\n"
        "  weftctl --socket {2} peers\n"
        "  weftctl --socket {2} policy export rules\n"
        "  weft --socket {2}\n"
        "\n"
        "Ctrl-C ends it and removes what it made.\n",
        invocation.options.nodes,
        invocation.options.seed,
        socket);
}

/// Whether nothing comes any more from whoever holds standard input open.
bool hasInputEnded() {
    std::array<char, 256> bytes{};
    const auto count = ::read(STDIN_FILENO, bytes.data(), bytes.size());
    return count == 0 || (count < 0 && errno != EINTR && errno != EAGAIN);
}

/// Waits for one of the signals that blockSignals has blocked, or the end of the input.
Status waitForEnd(bool endsWithInput) {
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGINT);
    const base::UniqueFd signals(::signalfd(-1, &ending, SFD_CLOEXEC));
    if (!signals.valid()) {
        return unavailable("waiting for signals is not possible");
    }
    std::array<pollfd, 2> waits{
        pollfd{.fd = signals.get(), .events = POLLIN, .revents = 0},
        pollfd{.fd = endsWithInput ? STDIN_FILENO : -1, .events = POLLIN, .revents = 0}};
    while (true) {
        if (::poll(waits.data(), waits.size(), -1) < 0 && errno != EINTR) {
            return unavailable("waiting for the end is not possible");
        }
        signalfd_siginfo signal{};
        const bool isSignalled = waits[0].revents != 0;
        // One that stays would end the process as soon as signals are restored.
        if (isSignalled && ::read(signals.get(), &signal, sizeof(signal)) < 0) {
            return unavailable("a signal cannot be read");
        }
        if (isSignalled || (waits[1].revents != 0 && hasInputEnded())) {
            return okStatus();
        }
    }
}

}  // namespace

int runSandbox(const std::vector<std::string>& arguments, const Environment& environment) {
    const auto invocation = readSandboxInvocation(arguments, environment);
    if (!invocation.ok()) {
        return refuse(kExitBadUse, invocation.status());
    }
    if (invocation->help) {
        print(stdout, sandboxHelp());
        return kExitOk;
    }
    base::configureLogging("warn", logTarget());
    if (const Status blocked = blockSignals(); !blocked.ok()) {
        return refuse(kExitNotStarted, blocked);
    }
    auto sandbox = daemon::sandbox::Sandbox::start(invocation->options);
    if (!sandbox.ok()) {
        return refuse(kExitNotStarted, sandbox.status());
    }
    const auto socket = (*sandbox)->socket().string();
    print(stdout, invocation->endsWithInput ? socket + '\n' : introduction(*invocation, socket));
    const Status ended = waitForEnd(invocation->endsWithInput);
    restoreSignals();
    sandbox->reset();
    return ended.ok() ? kExitOk : refuse(kExitNotStarted, ended);
}

}  // namespace weft::app
