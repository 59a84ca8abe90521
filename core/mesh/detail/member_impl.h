// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/loop.h"
#include "core/mesh/detail/join_failure.h"
#include "core/mesh/detail/member_machine.h"
#include "core/mesh/detail/registry_mirror.h"
#include "core/mesh/member.h"
#include "core/storage/registry/observers.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace weft::mesh::detail {

/// The shell around MemberMachine: dials, calls, listens and reports what came of it.
class MemberImpl final : public Member {
public:
    MemberImpl(MemberOptions options, base::Loop& loop, MemberLinkFactory& links)
        : options_(std::move(options))
        , loop_(loop)
        , links_(links)
        , machine_(
              {.addresses = options_.joinAddresses.size(),
               .maxJoinRetries = options_.maxJoinRetries,
               .keepsTrying = options_.keepsTrying}) {
        machine_.setKnowsMesh(!options_.expectedIdentity.empty());
    }

    ~MemberImpl() override;

    void start() override { act(machine_.start(moment())); }
    void stop(bool leave, Duration limit, StatusCallback done) override;
    void retryNow() override { act(machine_.retryNow(moment())); }
    void noteNetwork() override { act(machine_.onNetwork(moment())); }
    void change(const UpdateParams& params) override;

    const MemberStatus& status() const override { return status_; }
    const storage::Registry& registry() const override { return state_.registry(); }
    const PeerSet& peers() const override { return peers_; }
    MemberLink* link() override { return link_.get(); }
    Subscription onChange(std::function<void()> changed) override {
        return observers_.add(std::move(changed));
    }

private:
    MemberMachine::Moment moment();
    void act(const MemberActions& actions);
    void perform(MemberAction action);
    void publishStatus();
    void armTimer();

    void dial();
    void dialOutside();
    void take(StatusOr<std::unique_ptr<MemberLink>> link);
    void dropLink();
    void dropStreams();
    void checkIdentity();
    void join();
    void onJoined(StatusOr<JoinGrant> grant);
    bool followInside(const Status& status);
    void dialInside();
    void redialInside();
    using Step = void (MemberImpl::*)();
    /// Follows a server within the mesh that knows this node, `otherwise` goes on.
    void checkInside(Step otherwise);
    void goOutside();
    void joinOutside();
    void checkAddress();
    void follow();
    void followPeers();
    void onStreamEnded(const Status& status);
    void followState();
    void onListing(StatusOr<std::vector<storage::Entry>> entries);
    void onEvents(std::vector<storage::Event> events);
    void askForServers();
    void check(Duration limit);
    void checkLater();
    void leave();
    void sendUpdate();
    void onUpdated(const Status& status, const JoinParams& before);
    void retryUpdateLater();
    /// Asks whether this node is in the mesh still, and joins again when it is not.
    void askForSelf();
    void noteForgotten();
    void noteConnected();

    /// `handle` on the result, if the link is still the one that was asked.
    template <typename Result, typename Handle>
    auto forThisLink(Handle handle) {
        return [this, generation = generation_, alive = std::weak_ptr<bool>(alive_), handle](
                   Result result) {
            if (!alive.expired() && generation == generation_) {
                handle(std::move(result));
            }
        };
    }
    std::string serverName() const {
        return options_.joinAddresses.empty()
                   ? std::string()
                   : options_.joinAddresses[machine_.address()].toString();
    }
    AttemptResult judge(const Status& status) const {
        return judgeFailure(status, dialled_, options_.showsPassword);
    }
    void lost(const Status& status) { act(machine_.onLost(judge(status).status, moment())); }

    MemberOptions options_;
    base::Loop& loop_;
    MemberLinkFactory& links_;
    MemberMachine machine_;
    MemberStatus status_;
    RegistryMirror state_;
    PeerSet peers_;
    storage::Observers<> observers_;

    std::unique_ptr<MemberLink> link_;
    /// Grows with each link, so that answers of a link that is gone are known.
    std::uint64_t generation_ = 0;
    std::string dialled_;
    /// The link goes through the mesh.
    bool isInside_ = false;
    /// Of servers within the mesh, since the last join.
    std::size_t insideTries_ = 0;
    Subscription insideTimer_;
    Subscription peerStream_;
    Subscription stateStream_;
    JoinParams sent_;
    bool updating_ = false;
    /// Failures of updates in a row, and the next attempt.
    int updateFailures_ = 0;
    Subscription updateTimer_;
    /// The limit of the check that is under way, and the next one.
    Subscription checkTimer_;
    Subscription nextCheck_;
    /// The mesh has forgotten this node, and it is not back yet.
    bool isForgotten_ = false;
    /// As the mesh had it when this node was connected last.
    std::optional<WallTime> joinedAt_;

    Subscription timer_;
    std::vector<StatusCallback> stopping_;
    std::minstd_rand random_{std::random_device{}()};
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace weft::mesh::detail
