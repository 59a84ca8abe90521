// SPDX-License-Identifier: Apache-2.0
#include "app/gui/quit_signals.h"

#include <csignal>

#include <sys/signalfd.h>
#include <unistd.h>

namespace weft::app {
namespace {

sigset_t quitting() {
    sigset_t set;
    sigemptyset(&set);
    for (const int number : {SIGTERM, SIGINT, SIGHUP}) {
        sigaddset(&set, number);
    }
    return set;
}

}  // namespace

void QuitSignals::block() {
    const sigset_t set = quitting();
    ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
    struct sigaction ignore {};
    ignore.sa_handler = SIG_IGN;
    ::sigaction(SIGPIPE, &ignore, nullptr);
}

QuitSignals::QuitSignals(QObject* parent) : QObject(parent) {
    const sigset_t set = quitting();
    fd_ = ::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    if (fd_ < 0) {
        return;
    }
    notifier_ = new QSocketNotifier(fd_, QSocketNotifier::Read, this);
    connect(notifier_, &QSocketNotifier::activated, this, [this] {
        signalfd_siginfo info{};
        while (::read(fd_, &info, sizeof(info)) == sizeof(info)) {
        }
        Q_EMIT asked();
    });
}

QuitSignals::~QuitSignals() {
    if (fd_ >= 0) {
        ::close(fd_);
    }
}

}  // namespace weft::app
