// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/control/control_session.h"

#include "tests/core/wireguard/control/memory_interface.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weft::wireguard {
namespace {

using ::testing::IsEmpty;

/// Takes what there is to say, at most 1,000 bytes at once.
std::string drain(ControlSession& session) {
    std::string answer;
    for (auto text = session.output(); !text.empty(); text = session.output()) {
        const auto piece = text.substr(0, 1000);
        answer += piece;
        session.sent(piece.size());
    }
    return answer;
}

/// Says `text` in pieces of `step` bytes and takes all answers.
std::string converse(ControlSession& session, std::string_view text, std::size_t step = 1U << 20U) {
    std::string answers;
    while (!text.empty() && !session.finished()) {
        const auto used = session.receive(text.substr(0, step));
        text.remove_prefix(used);
        const auto answer = drain(session);
        answers += answer;
        if (used == 0 && answer.empty()) {
            ADD_FAILURE() << "stuck before: " << text.substr(0, 80);
            break;
        }
    }
    return answers;
}

class ControlSessionTest : public ::testing::Test {
protected:
    std::string say(std::string_view text, std::size_t step = 1U << 20U) {
        ControlSession session(interface_);
        return converse(session, text, step);
    }
    MemoryInterface::Peer& peer(std::uint8_t byte) {
        crypto::WireGuardPublicKey key;
        key.bytes.fill(byte);
        return interface_.peersByKey.at(key);
    }
    MemoryInterface interface_;
};

const std::string kFull = "private_key=" + keyText('a')
                          + "\nlisten_port=51820\nfwmark=7\nreplace_peers=true\npublic_key="
                          + keyText('1') + "\npreshared_key=" + keyText('5')
                          + "\nendpoint=192.0.2.1:1\npersistent_keepalive_interval=25\n"
                            "replace_allowed_ips=true\nallowed_ip=10.0.0.0/24\n"
                            "allowed_ip=fd00::/64\nprotocol_version=1\npublic_key="
                          + keyText('2') + "\nendpoint=[fe80::1%eth0]:2\n";

const std::string kFullTold =
    "private_key=a8" + std::string(60, 'a') + "6a\nlisten_port=51820\nfwmark=7\npublic_key="
    + keyText('1') + "\npreshared_key=" + keyText('5')
    + "\nprotocol_version=1\nendpoint=192.0.2.1:1\nlast_handshake_time_sec=0\n"
      "last_handshake_time_nsec=0\ntx_bytes=0\nrx_bytes=0\npersistent_keepalive_interval=25\n"
      "allowed_ip=10.0.0.0/24\nallowed_ip=fd00::/64\npublic_key="
    + keyText('2') + "\npreshared_key=" + keyText('0')
    + "\nprotocol_version=1\nendpoint=[fe80::1%eth0]:2\nlast_handshake_time_sec=0\n"
      "last_handshake_time_nsec=0\ntx_bytes=0\nrx_bytes=0\npersistent_keepalive_interval=0\n"
      "errno=0\n\n";

TEST_F(ControlSessionTest, TellsWhatWasSetInTheOrderOfWireGuardGo) {
    EXPECT_EQ(say("set=1\n" + kFull + "\n"), "errno=0\n\n");
    EXPECT_EQ(say("get=1\n\n"), kFullTold);
}

TEST_F(ControlSessionTest, TakesBytesAsTheyCome) {
    EXPECT_EQ(say("set=1\n" + kFull + "\nget=1\n\n", 1), "errno=0\n\n" + kFullTold);
    EXPECT_EQ(say("get=1\n\nget=1\n\n", 3), kFullTold + kFullTold);
}

TEST_F(ControlSessionTest, TellsNothingOfAnEmptyInterface) {
    EXPECT_EQ(say("get=1\n\n"), "errno=0\n\n");
}

TEST_F(ControlSessionTest, MakesALongAnswerPieceByPiece) {
    interface_.peersPerPage = 2;
    for (int i = 0; i < 9; ++i) {
        crypto::WireGuardPublicKey key;
        key.bytes.fill(static_cast<std::uint8_t>(i));
        interface_.peersByKey[key];
    }
    ControlSession session(interface_);

    session.receive("get=1\n\n");
    const auto first = session.output().size();
    const auto whole = drain(session);

    EXPECT_LT(first, 600U);
    std::size_t told = 0;
    for (auto at = whole.find("public_key="); at != std::string::npos;
         at = whole.find("public_key=", at + 1)) {
        ++told;
    }
    EXPECT_EQ(told, 9U);
}

TEST_F(ControlSessionTest, ClosesOnAnUnknownOperationWithoutAnAnswer) {
    for (const std::string text : {"set=2\n", "get\n", "\n", "set=1\r\n", "hello\n"}) {
        ControlSession session(interface_);
        EXPECT_THAT(converse(session, text), IsEmpty()) << text;
        EXPECT_TRUE(session.finished()) << text;
    }
}

TEST_F(ControlSessionTest, RefusesAGetWithMoreThanItsBlankLine) {
    EXPECT_EQ(say("get=1\nx"), "errno=-22\n\n");
}

TEST_F(ControlSessionTest, AnswersAWrongSetOnceAndGoesOnBehindItsBlankLine) {
    EXPECT_EQ(say("set=1\nlisten_port=x\nlisten_port=7\n\nget=1\n\n"), "errno=-22\n\nerrno=0\n\n");
    EXPECT_EQ(interface_.state.listenPort, 0);
}

TEST_F(ControlSessionTest, TakesTheEndOfTheConnectionForTheEndOfASet) {
    ControlSession session(interface_);
    session.receive("set=1\nlisten_port=7\nfwmark=9");

    session.receiveEnd();

    EXPECT_EQ(session.output(), "errno=0\n\n");
    EXPECT_TRUE(session.finished());
    EXPECT_EQ(interface_.state.listenPort, 7);
    EXPECT_EQ(interface_.state.firewallMark, 9U);
}

TEST_F(ControlSessionTest, FinishesAnAnswerAfterTheClientHasSaidItsLast) {
    interface_.peersPerPage = 1;
    ASSERT_EQ(say("set=1\n" + kFull + "\n"), "errno=0\n\n");
    ControlSession session(interface_);
    session.receive("get=1\n\n");

    session.receiveEnd();
    EXPECT_EQ(drain(session), kFullTold);
    EXPECT_TRUE(session.finished());
}

TEST_F(ControlSessionTest, RefusesALineWithoutEnd) {
    const std::string endless = "set=1\nlisten_port=" + std::string(100'000, '1');
    EXPECT_EQ(say(endless + "\nfwmark=3\n\nget=1\n\n"), "errno=-5\n\nerrno=0\n\n");
    ControlSession session(interface_);
    EXPECT_THAT(converse(session, std::string(100'000, 's')), IsEmpty());
    EXPECT_TRUE(session.finished());
}

TEST_F(ControlSessionTest, PassesTheTargetsRefusalOn) {
    interface_.interfaceError = alreadyExists("port 7 is in use");
    EXPECT_EQ(say("set=1\nlisten_port=7\n\n"), "errno=-98\n\n");
    interface_.interfaceError = permissionDenied("no right to mark packets");
    EXPECT_EQ(say("set=1\nfwmark=7\n\n"), "errno=-13\n\n");
    interface_.peerError = resourceExhausted("65,536 peers");
    EXPECT_EQ(say("set=1\npublic_key=" + keyText('1') + "\n\n"), "errno=-28\n\n");
}

}  // namespace
}  // namespace weft::wireguard
