// SPDX-License-Identifier: Apache-2.0
// What a tunnel reads of its peers, how often, and what it makes of it.
#include "core/daemon/detail/interface_answers.h"
#include "core/daemon/detail/tunnel_scrape.h"
#include "tests/core/daemon/mesh_tunnel_fixture.h"

#include <gmock/gmock.h>

#include <chrono>
#include <future>
#include <vector>

namespace weft::daemon {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using Connection = weft::local::v1::Connection;
using CheckItem = weft::local::v1::CheckItem;

TEST_F(MeshTunnelTest, ReadsFiguresOnceASecondWhileSomebodyLooks) {
    open();
    givePeer();
    tunnels_.setFigures({figuresOf(1s)});
    tunnel_->watch(true);
    loop_.runPosted();
    const int before = figures_;

    loop_.advance(5s);

    EXPECT_EQ(figures_ - before, 5);
    const auto* figures = tunnel_->statisticsOf(mesh::NodeId("bravo"));
    ASSERT_NE(figures, nullptr);
    EXPECT_EQ(figures->receivedBytes, 7U);
    EXPECT_EQ(tunnel_->statisticsOf(mesh::NodeId("charlie")), nullptr);
}

TEST_F(MeshTunnelTest, ReadsNothingWhenAllAnswerAndNobodyLooks) {
    open();
    givePeer();
    tunnels_.setFigures({figuresOf(0s)});
    tunnel_->watch(true);
    loop_.runPosted();
    tunnel_->watch(false);
    loop_.advance(10s);
    const int before = tunnels_.newest().figuresRead;

    loop_.advance(1h);

    EXPECT_EQ(tunnels_.newest().figuresRead, before);
}

TEST_F(MeshTunnelTest, AnswersWhoAskedWhenTheInterfaceGoes) {
    open();
    std::vector<StatusCode> answers;
    const auto note = [&answers](const StatusOr<TunnelStatistics>& now) {
        answers.push_back(now.status().code());
    };
    tunnel_->statistics(note);
    loop_.runPosted();
    tunnel_->statistics(note);

    tunnel_.reset();
    loop_.runPosted();

    EXPECT_THAT(answers, ElementsAre(StatusCode::kOk, StatusCode::kCancelled));
}

TEST_F(MeshTunnelTest, ScrapesOnItsLoopForAThreadThatWaits) {
    open();
    givePeer();
    tunnels_.setFigures({figuresOf(1s)});
    TunnelScrape scrape(loop_, *tunnel_, true);
    auto figures = std::async(std::launch::async, [&scrape] { return scrape.read(); });

    while (figures.wait_for(1ms) != std::future_status::ready) {
        loop_.runPosted();
    }

    const auto read = figures.get();
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(read->interfaceName, "weft0");
    EXPECT_EQ(read->receivedBytes, 7U);
    EXPECT_EQ(read->peers, 1U);
    EXPECT_EQ(read->freshPeers, 1U);
    ASSERT_THAT(read->perPeer, SizeIs(1));
    EXPECT_EQ(read->perPeer[0].receivedBytes, 7U);
}

TEST_F(MeshTunnelTest, LetsAScrapeGoWhenItIsClosed) {
    open();
    TunnelScrape scrape(loop_, *tunnel_, false);
    auto figures = std::async(std::launch::async, [&scrape] { return scrape.read(); });

    scrape.close();

    EXPECT_FALSE(figures.get().has_value());
    tunnel_.reset();
    loop_.runPosted();
}

TEST_F(MeshTunnelTest, TellsOfItsInterfaceAsReferenceNodesDo) {
    InterfaceAnswers answers(tunnel_);
    std::vector<StatusCode> codes;
    ::v1::InterfaceMetrics told;
    const auto note = [&](const StatusOr<::v1::InterfaceMetrics>& now) {
        codes.push_back(now.status().code());
        if (now.ok()) {
            told = *now;
        }
    };
    answers.read(note);
    open();
    givePeer();
    tunnels_.setFigures({figuresOf(1s)});

    answers.read(note);
    loop_.runPosted();
    answers.read(note);
    tunnel_.reset();
    loop_.runPosted();

    EXPECT_THAT(
        codes,
        ElementsAre(StatusCode::kFailedPrecondition, StatusCode::kOk, StatusCode::kCancelled));
    EXPECT_EQ(told.device_name(), "weft0");
    EXPECT_EQ(told.address_v4(), "172.16.0.1/32");
    EXPECT_EQ(told.address_v6(), "fd00::1:0/112");
    ASSERT_EQ(told.peers_size(), 1);
    EXPECT_EQ(told.peers(0).receive_bytes(), 7U);
}

TEST_F(MeshTunnelTest, NoticesTheFirstHandshakeByItself) {
    open();
    givePeer();
    EXPECT_EQ(describe().checklist(0).text(), "weft0 is up, UDP port 51820");
    EXPECT_EQ(describe().checklist(2).id(), "handshake");
    EXPECT_EQ(describe().checklist(2).state(), CheckItem::STATE_PENDING);
    tunnels_.setFigures({figuresOf(0s)});
    const int before = changes_;

    loop_.advance(5s);

    EXPECT_GT(changes_, before);
    EXPECT_EQ(describe().checklist(2).state(), CheckItem::STATE_OK);
    EXPECT_THAT(describe().checklist(2).text(), HasSubstr("1 of 1 peers answer"));
}

TEST_F(MeshTunnelTest, IsDegradedWhenNobodyHasAnsweredForThreeMinutes) {
    open();
    givePeer();
    loop_.advance(3min);
    EXPECT_EQ(describe().state(), Connection::STATE_CONNECTED);

    loop_.advance(1s);

    EXPECT_EQ(describe().state(), Connection::STATE_DEGRADED);
    EXPECT_EQ(describe().checklist(2).state(), CheckItem::STATE_WARN);
    EXPECT_THAT(describe().problems(0).remedy(), HasSubstr("UDP port 51820"));
}

}  // namespace
}  // namespace weft::daemon
