// SPDX-License-Identifier: Apache-2.0
#include "tests/interop/wireguard/peer_process.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace weft::tests {
namespace {

constexpr std::size_t kLengthBytes = 4;
constexpr std::size_t kReadAheadBytes = 64 * 1024;

/// The two ends of a pipe, closed unless they were taken.
struct Pipe {
    Pipe() {
        std::array<int, 2> ends{-1, -1};
        if (::pipe2(ends.data(), O_CLOEXEC) == 0) {
            read = ends[0];
            write = ends[1];
        }
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    ~Pipe() {
        for (const int end : {read, write}) {
            if (end >= 0) {
                ::close(end);
            }
        }
    }

    int read = -1;
    int write = -1;
};

}  // namespace

StatusOr<PeerProcess> PeerProcess::start(const std::string& path) {
    // A child that ended shows as an error of write.
    std::signal(SIGPIPE, SIG_IGN);  // NOLINT(cert-err33-c): SIG_IGN for SIGPIPE cannot fail
    Pipe input;
    Pipe output;
    if (input.read < 0 || output.read < 0) {
        return unavailable("no pipes to talk to {}", path);
    }
    posix_spawn_file_actions_t actions{};
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input.read, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output.write, STDOUT_FILENO);
    std::string program = path;
    const std::array<char*, 2> arguments{program.data(), nullptr};
    pid_t child = -1;
    const int error =
        ::posix_spawn(&child, path.c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) {
        return notFound("{} does not start", path);
    }
    return PeerProcess(child, std::exchange(input.write, -1), std::exchange(output.read, -1));
}

PeerProcess::PeerProcess(pid_t child, int toChild, int fromChild)
    : child_(child), toChild_(toChild), fromChild_(fromChild) {}

PeerProcess::PeerProcess(PeerProcess&& other) noexcept
    : child_(std::exchange(other.child_, -1))
    , toChild_(other.toChild_)
    , fromChild_(other.fromChild_)
    , ahead_(std::move(other.ahead_)) {}

PeerProcess::~PeerProcess() {
    if (child_ < 0) {
        return;
    }
    // The end of its input is the child's sign to end.
    ::close(toChild_);
    ::close(fromChild_);
    ::kill(child_, SIGTERM);
    ::waitpid(child_, nullptr, 0);
}

Status PeerProcess::send(char letter, std::span<const std::uint8_t> payload) const {
    std::vector<std::uint8_t> frame;
    const auto length = static_cast<std::uint32_t>(payload.size() + 1);
    for (std::size_t i = 0; i < kLengthBytes; ++i) {
        frame.push_back(static_cast<std::uint8_t>(length >> (8 * i)));
    }
    frame.push_back(static_cast<std::uint8_t>(letter));
    frame.insert(frame.end(), payload.begin(), payload.end());
    std::span<const std::uint8_t> rest(frame);
    while (!rest.empty()) {
        const auto written = ::write(toChild_, rest.data(), rest.size());
        if (written <= 0) {
            return unavailable("the peer program has ended");
        }
        rest = rest.subspan(static_cast<std::size_t>(written));
    }
    return okStatus();
}

StatusOr<Frame> PeerProcess::receive() {
    std::array<std::uint8_t, kLengthBytes> header{};
    WEFT_RETURN_IF_ERROR(readExactly(header));
    std::uint32_t length = 0;
    for (std::size_t i = 0; i < kLengthBytes; ++i) {
        length |= static_cast<std::uint32_t>(header[i]) << (8 * i);
    }
    if (length == 0 || length > kReadAheadBytes) {
        return dataLoss("the peer program sent a frame of {} bytes", length);
    }
    std::vector<std::uint8_t> frame(length);
    WEFT_RETURN_IF_ERROR(readExactly(frame));
    return Frame{
        .letter = static_cast<char>(frame.front()),
        .payload = std::vector<std::uint8_t>(frame.begin() + 1, frame.end()),
    };
}

Status PeerProcess::readExactly(std::span<std::uint8_t> out) {
    while (ahead_.size() < out.size()) {
        pollfd ready{.fd = fromChild_, .events = POLLIN, .revents = 0};
        const auto patience = std::chrono::milliseconds(kPatience).count();
        if (::poll(&ready, 1, static_cast<int>(patience)) <= 0) {
            return deadlineExceeded("the peer program said nothing for {} ms", patience);
        }
        std::array<std::uint8_t, kReadAheadBytes> chunk{};
        const auto count = ::read(fromChild_, chunk.data(), chunk.size());
        if (count <= 0) {
            return unavailable("the peer program has ended");
        }
        ahead_.insert(ahead_.end(), chunk.begin(), chunk.begin() + count);
    }
    const auto end = ahead_.begin() + static_cast<std::ptrdiff_t>(out.size());
    std::copy(ahead_.begin(), end, out.begin());
    ahead_.erase(ahead_.begin(), end);
    return okStatus();
}

}  // namespace weft::tests
