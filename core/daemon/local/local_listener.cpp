// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/local/local_listener.h"

#include "core/base/log.h"
#include "core/base/thread_name.h"
#include "core/daemon/local/grade.h"

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

namespace weft::daemon {
namespace {

/// A stranger who knocks all the time gets one line now and then.
constexpr std::chrono::seconds kRefusalLogInterval{10};

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("daemon");
    return logger;
}

bool watch(int epoll, int fd, std::uint32_t events) {
    epoll_event event{};
    event.events = events;
    event.data.fd = fd;
    return ::epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) == 0;
}

base::UniqueFd openReserve() {
    return base::UniqueFd(::open("/dev/null", O_RDONLY | O_CLOEXEC));
}

}  // namespace

StatusOr<std::unique_ptr<LocalListener>> LocalListener::create(
    LocalListenerOptions options, Accepted accepted, Gone gone) {
    WEFT_ASSIGN_OR_RETURN(
        auto socket, BoundSocket::create(options.path, {.group = options.policy.group}));
    std::unique_ptr<LocalListener> listener(new LocalListener(
        std::move(options), std::move(socket), std::move(accepted), std::move(gone)));
    WEFT_RETURN_IF_ERROR(listener->prepare());
    return listener;
}

LocalListener::LocalListener(
    LocalListenerOptions options, BoundSocket socket, Accepted accepted, Gone gone)
    : options_(std::move(options))
    , socket_(std::move(socket))
    , accepted_(std::move(accepted))
    , gone_(std::move(gone)) {}

LocalListener::~LocalListener() {
    if (thread_.joinable()) {
        const std::uint64_t one = 1;
        // An eventfd takes eight bytes unless its counter is full, and then it is awake anyway.
        [[maybe_unused]] const auto written = ::write(wake_.get(), &one, sizeof(one));
        thread_.join();
    }
}

Status LocalListener::prepare() {
    epoll_ = base::UniqueFd(::epoll_create1(EPOLL_CLOEXEC));
    wake_ = base::UniqueFd(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    reserve_ = openReserve();
    if (!epoll_.valid() || !wake_.valid() || !watch(epoll_.get(), wake_.get(), EPOLLIN)
        || !watch(epoll_.get(), socket_.fd(), EPOLLIN)) {
        return unavailable(
            "preparing the local socket: {}", std::generic_category().message(errno));
    }
    thread_ = std::thread([this] { run(); });
    return okStatus();
}

void LocalListener::run() {
    base::setThreadName("local-accept");
    std::array<epoll_event, 64> events{};
    for (;;) {
        const int count = ::epoll_wait(epoll_.get(), events.data(), events.size(), -1);
        if (count < 0 && errno != EINTR) {
            log().error(
                "the local socket has failed error={}", std::generic_category().message(errno));
            return;
        }
        bool pending = false;
        for (int i = 0; i < count; ++i) {
            const int fd = events.at(static_cast<std::size_t>(i)).data.fd;
            if (fd == wake_.get()) {
                return;
            }
            if (fd == socket_.fd()) {
                pending = true;
            } else {
                onClosed(fd);
            }
        }
        // After the closed ones, which make room.
        if (pending) {
            acceptAll();
        }
    }
}

void LocalListener::acceptAll() {
    // A few at a time, so that closed connections are noticed during a flood.
    constexpr int kAtOnce = 32;
    for (int i = 0; i < kAtOnce; ++i) {
        base::UniqueFd connection(
            ::accept4(socket_.fd(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
        if (connection.valid()) {
            acceptOne(std::move(connection));
        } else if (errno == EMFILE || errno == ENFILE) {
            refuseForLackOfDescriptors();
            return;
        } else if (errno != EINTR && errno != ECONNABORTED) {
            return;
        }
    }
}

void LocalListener::acceptOne(base::UniqueFd connection) {
    const auto peer = peerCredentials(connection.get());
    if (!peer.ok()) {
        return;
    }
    const auto grade = gradeOf(*peer, options_.policy);
    if (grade == api::Grade::None) {
        noteRefused(*peer);
        return;
    }
    const auto found = perUser_.find(peer->uid);
    const std::size_t held = found == perUser_.end() ? 0 : found->second;
    if (watched_.size() >= options_.connections || held >= options_.connectionsPerUser) {
        log().debug("too many local connections uid={} held={}", peer->uid, held);
        return;
    }
    base::UniqueFd second(::fcntl(connection.get(), F_DUPFD_CLOEXEC, 0));
    // EPOLLHUP is always told; EPOLLRDHUP comes when either side has shut the connection down.
    if (!second.valid() || !watch(epoll_.get(), second.get(), EPOLLRDHUP)) {
        return;
    }
    if (!accepted_(*peer, grade, std::move(connection))) {
        ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, second.get(), nullptr);
        return;
    }
    const int key = second.get();
    watched_.emplace(key, Watched{std::move(second), peer->uid});
    ++perUser_[peer->uid];
}

void LocalListener::noteRefused(const PeerCredentials& peer) {
    ++refused_;
    const auto now = std::chrono::steady_clock::now();
    if (lastNoted_ && now - *lastNoted_ < kRefusalLogInterval) {
        return;
    }
    lastNoted_ = now;
    log().warn("local callers refused uid={} pid={} count={}", peer.uid, peer.pid, refused_);
    refused_ = 0;
}

void LocalListener::refuseForLackOfDescriptors() {
    reserve_.reset();
    const base::UniqueFd refused(::accept4(socket_.fd(), nullptr, nullptr, SOCK_CLOEXEC));
    log().warn("local caller refused: no file descriptors left");
    reserve_ = openReserve();
}

void LocalListener::onClosed(int descriptor) {
    const auto found = watched_.find(descriptor);
    if (found == watched_.end()) {
        return;
    }
    const uid_t uid = found->second.uid;
    // gRPC may still hold the other descriptor of the same connection, so that closing ours alone
    // would leave it in the epoll set.
    ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, descriptor, nullptr);
    watched_.erase(found);
    const auto user = perUser_.find(uid);
    if (user != perUser_.end() && --user->second == 0) {
        perUser_.erase(user);
        gone_(uid);
    }
}

}  // namespace weft::daemon
