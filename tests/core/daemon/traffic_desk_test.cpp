// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/traffic/traffic_desk.h"

#include "tests/core/daemon/connection_table_fixture.h"

#include <gmock/gmock.h>

#include <memory>
#include <vector>

namespace weft::daemon {
namespace {

namespace local = weft::local::v1;

using testing::IsEmpty;
using testing::SizeIs;
using namespace std::chrono_literals;

class TrafficDeskTest : public ConnectionTableTest {
protected:
    void begin() {
        open();
        desk_ = std::make_unique<TrafficDesk>(loop_, *table_);
        desk_->start();
        id_ = connectedMember();
        count(0);
    }
    /// What the tunnel has received by now.
    void count(std::uint64_t received) {
        TrafficSample sample;
        sample.total = {received, received / 2};
        sample.peers.push_back({"nas", {received, received / 2}});
        factory_.made.back()->traffic = sample;
    }
    void pass(Duration time) {
        loop_.advance(time);
        loop_.runPosted();
    }
    StatusOr<Subscription> watch(const std::string& id, const std::string& peer = {}) {
        local::TrafficRequest request;
        request.set_profile_id(id);
        request.set_node_id(peer);
        return desk_->watch(
            request,
            [this](const local::TrafficUpdate& update) { told_.push_back(update); },
            ended_.callback());
    }
    local::TrafficUpdate history() const {
        local::TrafficRequest request;
        request.set_profile_id(id_);
        const auto told = desk_->history(request);
        EXPECT_TRUE(told.ok()) << told.status();
        return told.ok() ? *told : local::TrafficUpdate();
    }

    std::string id_;
    std::vector<local::TrafficUpdate> told_;
    StatusSlot ended_;
    std::unique_ptr<TrafficDesk> desk_;
};

TEST_F(TrafficDeskTest, TellsAllFirstAndThenWhatIsNewEachSecond) {
    begin();
    pass(kQuietSampleInterval);
    count(20'000);
    pass(kQuietSampleInterval);

    const auto watch = this->watch(id_);

    ASSERT_TRUE(watch.ok()) << watch.status();
    ASSERT_THAT(told_, SizeIs(1));
    EXPECT_TRUE(told_[0].reset());
    // Of the time between the two readings.
    EXPECT_EQ(told_[0].points_size(), 10);
    loop_.runPosted();
    told_.clear();
    count(23'000);
    pass(kWatchedSampleInterval);
    ASSERT_THAT(told_, SizeIs(1));
    EXPECT_FALSE(told_[0].reset());
    const auto& points = told_[0].points();
    EXPECT_EQ(points[points.size() - 1].received_bytes(), 3000U);
    EXPECT_EQ(points[points.size() - 1].sent_bytes(), 1500U);
}

TEST_F(TrafficDeskTest, ReadsSeldomWhileNobodyLooks) {
    begin();
    pass(kQuietSampleInterval);
    const auto before = history().points_size();

    pass(kQuietSampleInterval - 1s);
    EXPECT_EQ(history().points_size(), before);
    pass(1s);
    EXPECT_GT(history().points_size(), before);
}

TEST_F(TrafficDeskTest, TellsOfOnePeer) {
    begin();
    pass(kQuietSampleInterval);
    count(10'000);
    pass(kQuietSampleInterval);

    const auto nas = watch(id_, "nas");
    const auto nobody = watch(id_, "nobody");

    ASSERT_THAT(told_, SizeIs(2));
    EXPECT_EQ(told_[0].points(told_[0].points_size() - 1).received_bytes(), 1000U);
    EXPECT_EQ(told_[1].points(told_[1].points_size() - 1).received_bytes(), 0U);
}

TEST_F(TrafficDeskTest, RemembersOverADisconnect) {
    begin();
    pass(kQuietSampleInterval);
    count(10'000);
    pass(kQuietSampleInterval);
    const auto before = history().points_size();
    ASSERT_GT(before, 0);

    StatusSlot stopped;
    table_->disconnectProfile(id_, stopped.callback());
    factory_.made.back()->tell(Connection::STATE_OFF);
    loop_.runPosted();
    pass(60s);

    EXPECT_EQ(history().points_size(), before);
}

TEST_F(TrafficDeskTest, ForgetsAProfileThatIsRemoved) {
    begin();
    pass(kQuietSampleInterval);
    const auto watch = this->watch(id_);
    ASSERT_TRUE(watch.ok());

    StatusSlot removed;
    table_->removeProfile(id_, false, removed.callback());
    factory_.made.back()->stopping(okStatus());
    loop_.runPosted();
    pass(1s);

    EXPECT_EQ(ended_.code(), StatusCode::kNotFound);
    local::TrafficRequest request;
    request.set_profile_id(id_);
    EXPECT_EQ(desk_->history(request).status().code(), StatusCode::kNotFound);
}

TEST_F(TrafficDeskTest, RefusesWhatThereIsNot) {
    begin();
    EXPECT_EQ(watch("none").status().code(), StatusCode::kNotFound);
    local::TrafficRequest request;
    request.set_profile_id(id_);
    request.set_span(static_cast<local::TrafficSpan>(77));
    EXPECT_EQ(desk_->history(request).status().code(), StatusCode::kInvalidArgument);
    EXPECT_THAT(told_, IsEmpty());
}

TEST_F(TrafficDeskTest, WithoutATunnelNothingIsKnown) {
    begin();
    factory_.made.back()->traffic = failedPrecondition("there is no tunnel interface");
    pass(kQuietSampleInterval);
    pass(kQuietSampleInterval);

    EXPECT_EQ(history().points_size(), 0);
}

TEST_F(TrafficDeskTest, AHandleMayOutliveTheDesk) {
    begin();
    auto watch = this->watch(id_);
    ASSERT_TRUE(watch.ok());

    desk_.reset();
    pass(kQuietSampleInterval);
    watch->cancel();

    EXPECT_THAT(told_, SizeIs(1));
}

}  // namespace
}  // namespace weft::daemon
