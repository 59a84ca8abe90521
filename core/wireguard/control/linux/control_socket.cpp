// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/control/control_socket.h"

#include "core/base/log.h"
#include "core/base/thread_name.h"
#include "core/wireguard/control/control_session.h"
#include "core/wireguard/control/linux/socket_file.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <thread>
#include <vector>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

namespace weft::wireguard {
namespace {

using Instant = std::chrono::steady_clock::time_point;

/// After a refusal of the system, such as for want of descriptors.
constexpr std::chrono::seconds kAcceptPause{1};
constexpr std::size_t kReadBytes = 65'536;
/// IFNAMSIZ without the end.
constexpr std::size_t kMostNameBytes = 15;

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("wireguard");
    return logger;
}

bool isInterfaceName(std::string_view name) {
    return !name.empty() && name.size() <= kMostNameBytes && name != "." && name != ".."
           && std::all_of(name.begin(), name.end(), [](char each) {
                  return each > ' ' && each < '\x7f' && each != '/' && each != ':';
              });
}

bool wouldBlock() {
    return errno == EAGAIN || errno == EINTR;
}

/// One connection: moves bytes between the socket and the session, without ever waiting.
class Client {
public:
    Client(base::UniqueFd fd, ControlTarget& target, Instant now)
        : fd_(std::move(fd)), session_(target), active_(now) {}

    int fd() const { return fd_.get(); }
    Instant lastActive() const { return active_; }
    short interest() { return session_.output().empty() ? POLLIN : POLLOUT; }

    /// False when the connection is over.
    bool work(std::span<char> buffer, Instant now) {
        if (!write(now)) {
            return false;
        }
        if (!session_.output().empty()) {
            return true;
        }
        return !session_.finished() && read(buffer, now);
    }

private:
    bool read(std::span<char> buffer, Instant now) {
        if (waiting_.empty()) {
            const auto count = ::recv(fd_.get(), buffer.data(), buffer.size(), 0);
            if (count < 0) {
                return wouldBlock();
            }
            active_ = now;
            if (count == 0) {
                session_.receiveEnd();
                return write(now) && !session_.output().empty();
            }
            waiting_.append({buffer.data(), static_cast<std::size_t>(count)});
            crypto::wipeMemory(
                {reinterpret_cast<std::uint8_t*>(buffer.data()), static_cast<std::size_t>(count)});
        }
        while (!waiting_.empty()) {
            waiting_.removePrefix(session_.receive(waiting_.text()));
            if (!write(now) || session_.finished()) {
                return !session_.output().empty();
            }
            if (!session_.output().empty()) {
                return true;
            }
        }
        return true;
    }

    /// Sends what the socket takes. False when the client is gone.
    bool write(Instant now) {
        for (auto text = session_.output(); !text.empty(); text = session_.output()) {
            const auto count = ::send(fd_.get(), text.data(), text.size(), MSG_NOSIGNAL);
            if (count < 0) {
                return wouldBlock();
            }
            active_ = now;
            session_.sent(static_cast<std::size_t>(count));
        }
        return true;
    }

    base::UniqueFd fd_;
    ControlSession session_;
    /// Read from the socket and not yet taken by the session; at most one read.
    WipedText waiting_;
    Instant active_;
};

class LinuxControlSocket final : public ControlSocket {
public:
    LinuxControlSocket(
        ControlSocketOptions options, SocketFile file, base::UniqueFd wake, ControlTarget& target)
        : options_(std::move(options))
        , file_(std::move(file))
        , wake_(std::move(wake))
        , target_(target)
        , thread_([this] { run(); }) {}

    ~LinuxControlSocket() override {
        const std::uint64_t one = 1;
        // An eventfd takes eight bytes unless its counter is full, and then it is awake anyway.
        [[maybe_unused]] const auto written = ::write(wake_.get(), &one, sizeof(one));
        thread_.join();
    }

    const std::filesystem::path& path() const override { return file_.path(); }

private:
    void run() {
        base::setThreadName("wg-control");
        std::vector<char> buffer(kReadBytes);
        std::vector<pollfd> waits;
        for (;;) {
            listWaits(waits);
            if (::poll(waits.data(), waits.size(), untilNextTimeout()) < 0 && errno != EINTR) {
                log().error(
                    "control socket failed error={}", std::generic_category().message(errno));
                return;
            }
            if (waits.front().revents != 0) {
                return;
            }
            const auto now = std::chrono::steady_clock::now();
            serveClients(waits, buffer, now);
            if ((waits.at(1).revents & POLLIN) != 0) {
                acceptClients(now);
            }
        }
    }

    void listWaits(std::vector<pollfd>& waits) {
        waits.clear();
        waits.push_back({wake_.get(), POLLIN, 0});
        const bool room =
            clients_.size() < options_.clients && std::chrono::steady_clock::now() >= acceptAgain_;
        waits.push_back({room ? file_.fd() : -1, POLLIN, 0});
        for (auto& client : clients_) {
            waits.push_back({client->fd(), client->interest(), 0});
        }
    }

    int untilNextTimeout() const {
        auto next = Instant::max();
        const auto now = std::chrono::steady_clock::now();
        if (acceptAgain_ > now) {
            next = acceptAgain_;
        }
        for (const auto& client : clients_) {
            next = std::min(next, client->lastActive() + options_.patience);
        }
        if (next == Instant::max()) {
            return -1;
        }
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(next - now);
        return static_cast<int>(std::max<std::int64_t>(left.count(), 0));
    }

    void serveClients(const std::vector<pollfd>& waits, std::span<char> buffer, Instant now) {
        std::vector<std::unique_ptr<Client>> staying;
        for (std::size_t i = 0; i < clients_.size(); ++i) {
            auto& client = clients_.at(i);
            const bool ready = waits.at(i + 2).revents != 0;
            if (ready ? client->work(buffer, now)
                      : now - client->lastActive() < options_.patience) {
                staying.push_back(std::move(client));
            }
        }
        clients_ = std::move(staying);
    }

    void acceptClients(Instant now) {
        while (clients_.size() < options_.clients) {
            base::UniqueFd fd(
                ::accept4(file_.fd(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
            if (!fd.valid()) {
                if (!wouldBlock()) {
                    acceptAgain_ = now + kAcceptPause;
                }
                return;
            }
            clients_.push_back(std::make_unique<Client>(std::move(fd), target_, now));
        }
    }

    const ControlSocketOptions options_;
    SocketFile file_;
    base::UniqueFd wake_;
    ControlTarget& target_;
    std::vector<std::unique_ptr<Client>> clients_;
    Instant acceptAgain_{};
    std::thread thread_;
};

}  // namespace

StatusOr<std::unique_ptr<ControlSocket>> ControlSocket::create(
    const ControlSocketOptions& options, ControlTarget& target) {
    if (!isInterfaceName(options.name)) {
        return invalidArgument("\"{}\" is not the name of an interface", options.name);
    }
    base::UniqueFd wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (!wake.valid()) {
        return unavailable(
            "preparing the control socket: {}", std::generic_category().message(errno));
    }
    WEFT_ASSIGN_OR_RETURN(
        auto file, SocketFile::listenAt(options.folder / (options.name + ".sock")));
    return std::make_unique<LinuxControlSocket>(options, std::move(file), std::move(wake), target);
}

}  // namespace weft::wireguard
