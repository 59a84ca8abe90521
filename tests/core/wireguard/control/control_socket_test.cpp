// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/control/control_socket.h"

#include "tests/core/wireguard/control/memory_interface.h"
#include "tests/support/temp_dir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <fstream>

#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace weft::wireguard {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using namespace std::chrono_literals;

constexpr int kPatienceMilliseconds = 20'000;

/// A client as wg(8) is one.
class Caller {
public:
    explicit Caller(const std::filesystem::path& path)
        : fd_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        const auto address = addressOf(path);
        connected_ =
            ::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
    }
    Caller(const Caller&) = delete;
    Caller& operator=(const Caller&) = delete;
    ~Caller() { ::close(fd_); }

    static sockaddr_un addressOf(const std::filesystem::path& path) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::strncpy(address.sun_path, path.c_str(), sizeof(address.sun_path) - 1);
        return address;
    }
    bool connected() const { return connected_; }
    void say(std::string_view text) {
        while (!text.empty()) {
            const auto count = ::send(fd_, text.data(), text.size(), MSG_NOSIGNAL);
            ASSERT_GT(count, 0);
            text.remove_prefix(static_cast<std::size_t>(count));
        }
    }
    void sayNoMore() { ::shutdown(fd_, SHUT_WR); }
    /// Reads until `end`, the end of the connection or the end of patience.
    std::string hear(std::string_view end = "\n\n") {
        std::string heard;
        std::array<char, 4096> buffer{};
        pollfd waiting{fd_, POLLIN, 0};
        while (!heard.ends_with(end) && ::poll(&waiting, 1, kPatienceMilliseconds) == 1) {
            const auto count = ::recv(fd_, buffer.data(), buffer.size(), 0);
            if (count <= 0) {
                return heard + "<closed>";
            }
            heard.append(buffer.data(), static_cast<std::size_t>(count));
        }
        return heard;
    }

private:
    int fd_;
    bool connected_ = false;
};

class ControlSocketTest : public ::testing::Test {
protected:
    StatusOr<std::unique_ptr<ControlSocket>> open(
        const std::string& name = "wg7", std::chrono::milliseconds patience = 10s) {
        return ControlSocket::create(
            {.name = name, .folder = folder(), .clients = 2, .patience = patience}, interface_);
    }
    std::filesystem::path folder() const { return temp_.path() / "wireguard"; }
    std::filesystem::path path() const { return folder() / "wg7.sock"; }
    static mode_t modeOf(const std::filesystem::path& path) {
        struct stat info {};
        EXPECT_EQ(::lstat(path.c_str(), &info), 0);
        return info.st_mode & 07777U;
    }
    /// Leaves a socket behind as a killed process does.
    void leaveDeadSocket() {
        std::filesystem::create_directories(folder());
        const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const auto address = Caller::addressOf(path());
        ASSERT_EQ(::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
        ::close(fd);
    }
    tests::TempDir temp_;
    MemoryInterface interface_;
};

TEST_F(ControlSocketTest, AnswersSetAndGet) {
    const auto socket = open();
    ASSERT_TRUE(socket.ok()) << socket.status();
    Caller caller((*socket)->path());

    caller.say("set=1\nlisten_port=51820\npublic_key=" + keyText('1') + "\n\n");
    EXPECT_EQ(caller.hear(), "errno=0\n\n");
    caller.say("get=1\n\n");
    EXPECT_THAT(caller.hear(), HasSubstr("listen_port=51820\npublic_key=" + keyText('1')));
}

TEST_F(ControlSocketTest, IsForItsOwnerAlone) {
    const auto socket = open();
    ASSERT_TRUE(socket.ok()) << socket.status();
    EXPECT_EQ(modeOf(path()), 0700U);
    EXPECT_EQ(modeOf(folder()), 0755U);
}

TEST_F(ControlSocketTest, GoesWithItsFile) {
    {
        const auto socket = open();
        ASSERT_TRUE(socket.ok()) << socket.status();
        ASSERT_TRUE(std::filesystem::exists(path()));
    }
    EXPECT_FALSE(std::filesystem::exists(path()));
}

TEST_F(ControlSocketTest, LeavesAFileThatIsNotItsOwn) {
    {
        const auto socket = open();
        ASSERT_TRUE(socket.ok()) << socket.status();
        // Held by a second name, so that its number is not given to the new file.
        std::filesystem::rename(path(), folder() / "moved");
        std::ofstream(path()) << "another";
    }
    EXPECT_TRUE(std::filesystem::exists(path()));
}

TEST_F(ControlSocketTest, TakesThePlaceOfADeadSocket) {
    leaveDeadSocket();
    const auto socket = open();
    ASSERT_TRUE(socket.ok()) << socket.status();
    EXPECT_TRUE(Caller(path()).connected());
}

TEST_F(ControlSocketTest, LeavesASocketThatAnswers) {
    const auto first = open();
    ASSERT_TRUE(first.ok()) << first.status();

    const auto second = open();

    EXPECT_EQ(second.status().code(), StatusCode::kFailedPrecondition);
    EXPECT_THAT(messageOf(second.status()), HasSubstr("served by another process"));
    Caller caller(path());
    caller.say("get=1\n\n");
    EXPECT_EQ(caller.hear(), "errno=0\n\n");
}

TEST_F(ControlSocketTest, LeavesAFileThatIsNoSocket) {
    std::filesystem::create_directories(folder());
    std::ofstream(path()) << "precious";
    EXPECT_EQ(open().status().code(), StatusCode::kFailedPrecondition);
    EXPECT_TRUE(std::filesystem::is_regular_file(path()));
}

TEST_F(ControlSocketTest, RefusesNamesThatAreNoInterfaces) {
    for (const std::string name : {"", ".", "..", "a/b", "sixteen-bytes-xx", "a b", "a:b"}) {
        EXPECT_EQ(open(name).status().code(), StatusCode::kInvalidArgument) << name;
    }
}

TEST_F(ControlSocketTest, LetsASilentClientGo) {
    const auto socket = open("wg7", 50ms);
    ASSERT_TRUE(socket.ok()) << socket.status();
    Caller silent(path());
    Caller halfway(path());
    halfway.say("set=1\nlisten_port=7\n");

    EXPECT_EQ(silent.hear(), "<closed>");
    EXPECT_EQ(halfway.hear(), "<closed>");
    EXPECT_EQ(interface_.state.listenPort, 0);
}

TEST_F(ControlSocketTest, LetsFurtherClientsWaitForTheirTurn) {
    const auto socket = open("wg7", 200ms);
    ASSERT_TRUE(socket.ok()) << socket.status();
    const Caller first(path());
    const Caller second(path());
    Caller third(path());

    third.say("get=1\n\n");

    EXPECT_EQ(third.hear(), "errno=0\n\n");
}

TEST_F(ControlSocketTest, AnswersAClientThatHasShutItsSide) {
    const auto socket = open();
    ASSERT_TRUE(socket.ok()) << socket.status();
    Caller caller(path());

    caller.say("set=1\nlisten_port=9\n");
    caller.sayNoMore();

    EXPECT_EQ(caller.hear("<closed>"), "errno=0\n\n<closed>");
    EXPECT_EQ(interface_.state.listenPort, 9);
}

TEST_F(ControlSocketTest, LoadsAndTellsTenThousandPeers) {
    std::string text = "set=1\n";
    for (int i = 0; i < 10'000; ++i) {
        text +=
            fmt::format("public_key={:064x}\nallowed_ip=10.{}.{}.0/24\n", i + 1, i / 256, i % 256);
    }
    const auto socket = open();
    ASSERT_TRUE(socket.ok()) << socket.status();
    Caller caller(path());

    caller.say(text + "\n");
    ASSERT_EQ(caller.hear(), "errno=0\n\n");
    caller.say("get=1\n\n");
    const auto told = caller.hear();

    EXPECT_THAT(told, EndsWith("allowed_ip=10.39.15.0/24\nerrno=0\n\n"));
    EXPECT_GT(told.size(), 10'000U * 250U);
}

TEST_F(ControlSocketTest, EndsWhileClientsAreConnected) {
    auto socket = open();
    ASSERT_TRUE(socket.ok()) << socket.status();
    Caller caller(path());
    caller.say("set=1\n");

    socket->reset();

    EXPECT_EQ(caller.hear(), "<closed>");
}

}  // namespace
}  // namespace weft::wireguard
