// SPDX-License-Identifier: Apache-2.0
#include "app/daemon/process.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <string>
#include <system_error>

#include <malloc.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

namespace weft::app {
namespace {

/// glibc makes an arena for each thread that allocates, and an idle one keeps its pages. Two are
/// enough for a program whose threads mostly wait.
constexpr int kArenas = 2;
/// Freed memory above this goes back to the system.
constexpr int kTrimThresholdBytes = 128 * 1024;

sigset_t endingSignals() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    return set;
}

}  // namespace

void hardenProcess() {
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    ::umask(077);
    // NOLINTNEXTLINE(concurrency-mt-unsafe): before the first thread
    ::mallopt(M_ARENA_MAX, kArenas);
    // NOLINTNEXTLINE(concurrency-mt-unsafe): before the first thread
    ::mallopt(M_TRIM_THRESHOLD, kTrimThresholdBytes);
}

Status blockSignals() {
    struct sigaction ignore {};
    ignore.sa_handler = SIG_IGN;
    for (const int number : {SIGPIPE, SIGHUP}) {
        ::sigaction(number, &ignore, nullptr);
    }
    const sigset_t ending = endingSignals();
    if (const int error = ::pthread_sigmask(SIG_BLOCK, &ending, nullptr); error != 0) {
        return internalError("blocking signals: {}", std::generic_category().message(error));
    }
    return okStatus();
}

int waitForSignal(std::chrono::seconds interval, const std::function<void()>& meanwhile) {
    const sigset_t ending = endingSignals();
    const timespec pause{.tv_sec = interval.count(), .tv_nsec = 0};
    while (true) {
        if (const int number = ::sigtimedwait(&ending, nullptr, &pause); number > 0) {
            return number;
        }
        if (errno == EAGAIN) {
            meanwhile();
        }
    }
}

void restoreSignals() {
    const sigset_t ending = endingSignals();
    ::pthread_sigmask(SIG_UNBLOCK, &ending, nullptr);
}

base::LogTarget logTarget() {
    // "device:inode" of what the service manager gave as standard error; something else may have
    // been put in its place since.
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing in the process sets variables
    const char* stream = std::getenv("JOURNAL_STREAM");
    struct stat info {};
    if (stream == nullptr || ::fstat(STDERR_FILENO, &info) != 0) {
        return base::LogTarget::Stderr;
    }
    const std::string own = fmt::format("{}:{}", info.st_dev, info.st_ino);
    return own == stream ? base::LogTarget::Journal : base::LogTarget::Stderr;
}

void notifyReady() {
    ::sd_notify(0, "READY=1\nSTATUS=Serving");
}

void notifyStopping() {
    ::sd_notify(0, "STOPPING=1\nSTATUS=Leaving the mesh");
}

}  // namespace weft::app
