// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/member.h"

#include "core/base/log.h"
#include "core/base/text.h"
#include "core/mesh/detail/join_failure.h"
#include "core/mesh/detail/member_machine.h"
#include "core/storage/registry/observers.h"

#include <algorithm>
#include <random>
#include <utility>

namespace weft::mesh {
namespace {

using detail::AttemptResult;
using detail::MemberAction;
using detail::MemberActions;
using detail::MemberMachine;

/// Events that come while the state is read; past it the attempt starts over.
constexpr std::size_t kMaxBufferedEvents = 262'144;

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("mesh");
    return logger;
}

std::string_view nameOf(MemberPhase phase) {
    switch (phase) {
    case MemberPhase::Off:
        return "off";
    case MemberPhase::ReachingMember:
        return "reaching a member";
    case MemberPhase::Joining:
        return "joining";
    case MemberPhase::ReadingState:
        return "reading the state";
    case MemberPhase::Connected:
        return "connected";
    case MemberPhase::Reconnecting:
        return "reconnecting";
    case MemberPhase::Failed:
        return "failed";
    case MemberPhase::Leaving:
        return "leaving";
    }
    return "";
}

Status anotherMesh(std::string_view server) {
    return failedPrecondition(
        "the server at {} belongs to another mesh now: it was not joined. Check the address, or "
        "make a new profile if that is the mesh you want",
        server);
}

/// Takes over into `join` what `update` sets.
void merge(const UpdateParams& update, JoinParams& join) {
    if (update.publicKey) {
        join.publicKey = *update.publicKey;
    }
    if (!update.primaryEndpoint.empty()) {
        join.primaryEndpoint = update.primaryEndpoint;
    }
    if (!update.wireguardEndpoints.empty()) {
        join.wireguardEndpoints = update.wireguardEndpoints;
    }
    if (!update.zone.empty()) {
        join.zone = update.zone;
    }
    join.asVoter = join.asVoter || update.asVoter;
    if (!update.routes.empty()) {
        join.routes = update.routes;
    }
    if (!update.features.empty()) {
        join.features = update.features;
    }
    if (!update.multiaddrs.empty()) {
        join.multiaddrs = update.multiaddrs;
    }
}

bool describesSame(const JoinParams& left, const JoinParams& right) {
    return left.publicKey == right.publicKey && left.primaryEndpoint == right.primaryEndpoint
           && left.wireguardEndpoints == right.wireguardEndpoints && left.zone == right.zone
           && left.asVoter == right.asVoter && left.routes == right.routes
           && left.features == right.features && left.multiaddrs == right.multiaddrs;
}

class MemberImpl final : public Member {
public:
    MemberImpl(MemberOptions options, base::Loop& loop, MemberLinkFactory& links)
        : options_(std::move(options))
        , loop_(loop)
        , links_(links)
        , machine_(
              {.addresses = options_.joinAddresses.size(),
               .maxJoinRetries = options_.maxJoinRetries}) {
        machine_.setKnowsMesh(!options_.expectedIdentity.empty());
    }

    ~MemberImpl() override {
        ++generation_;
        dropStreams();
        link_.reset();
        for (auto& done : std::exchange(stopping_, {})) {
            done(cancelled("the member is gone"));
        }
    }

    void start() override { act(machine_.start(moment())); }
    void stop(bool leave, Duration limit, StatusCallback done) override;
    void retryNow() override { act(machine_.retryNow(moment())); }
    void change(const UpdateParams& params) override;

    const MemberStatus& status() const override { return status_; }
    const storage::Registry& registry() const override { return registry_; }
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
    void dropLink();
    void dropStreams();
    void checkIdentity();
    void join();
    void onJoined(StatusOr<JoinGrant> grant);
    void follow();
    void followPeers();
    void followState();
    void onListing(StatusOr<std::vector<storage::Entry>> entries);
    void onEvents(std::vector<storage::Event> events);
    void askForServers();
    void leave();
    void sendUpdate();

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
    void lost(const Status& status) {
        act(machine_.onLost(detail::judgeFailure(status, dialled_).status, moment()));
    }

    MemberOptions options_;
    base::Loop& loop_;
    MemberLinkFactory& links_;
    MemberMachine machine_;
    MemberStatus status_;
    storage::Registry registry_;
    PeerSet peers_;
    storage::Observers<> observers_;

    std::unique_ptr<MemberLink> link_;
    /// Grows with each link, so that answers of a link that is gone are known.
    std::uint64_t generation_ = 0;
    std::string dialled_;
    Subscription peerStream_;
    Subscription stateStream_;
    bool reading_ = false;
    std::vector<storage::Event> buffered_;
    JoinParams sent_;
    bool updating_ = false;

    Subscription timer_;
    std::vector<StatusCallback> stopping_;
    std::minstd_rand random_{std::random_device{}()};
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

MemberMachine::Moment MemberImpl::moment() {
    return {loop_.clock().now(), std::uniform_real_distribution<>(0, 1)(random_)};
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as there are addresses to try
void MemberImpl::act(const MemberActions& actions) {
    const std::weak_ptr<bool> alive = alive_;
    for (const auto action : actions) {
        perform(action);
        if (alive.expired()) {
            return;
        }
    }
    armTimer();
    publishStatus();
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as there are addresses to try
void MemberImpl::perform(MemberAction action) {
    switch (action) {
    case MemberAction::DropLink:
        dropLink();
        break;
    case MemberAction::Dial:
        dial();
        break;
    case MemberAction::CheckIdentity:
        checkIdentity();
        break;
    case MemberAction::Join:
        join();
        break;
    case MemberAction::Follow:
        follow();
        break;
    case MemberAction::Leave:
        leave();
        break;
    case MemberAction::Finish:
        status_.grant.reset();
        peers_ = {};
        registry_.reset({}, 0);
        for (auto& done : std::exchange(stopping_, {})) {
            loop_.post([done = std::move(done)] { done(okStatus()); });
        }
        break;
    }
}

void MemberImpl::publishStatus() {
    const auto phase = machine_.phase();
    if (status_.phase != phase) {
        status_.phase = phase;
        status_.since = loop_.clock().wallNow();
        const auto why = messageOf(machine_.failure());
        log().info(
            "member is {} server={} why=\"{}\"", nameOf(phase), dialled_, base::escapeForLine(why));
    }
    status_.failure = machine_.failure();
    status_.serverAddress = dialled_;
    status_.retryAt.reset();
    if (phase == MemberPhase::Reconnecting && machine_.nextDeadline()) {
        const auto wait = *machine_.nextDeadline() - loop_.clock().now();
        status_.retryAt =
            loop_.clock().wallNow() + std::chrono::duration_cast<WallTime::duration>(wait);
    }
    observers_.notify();
}

void MemberImpl::armTimer() {
    timer_ = {};
    if (const auto deadline = machine_.nextDeadline()) {
        const auto wait = std::max(Duration::zero(), Duration(*deadline - loop_.clock().now()));
        timer_ = loop_.after(wait, [this] { act(machine_.onDeadline(moment())); });
    }
}

void MemberImpl::dial() {
    ++generation_;
    dialled_ = serverName();
    auto link = links_.dial(options_.joinAddresses[machine_.address()]);
    if (link.ok()) {
        link_ = *std::move(link);
        return;
    }
    // The step that follows finds no link and reports this.
    link_.reset();
    log().debug("dial failed server={} why=\"{}\"", dialled_, messageOf(link.status()));
}

void MemberImpl::dropStreams() {
    peerStream_.cancel();
    stateStream_.cancel();
    buffered_.clear();
    reading_ = false;
    updating_ = false;
}

void MemberImpl::dropLink() {
    ++generation_;
    dropStreams();
    if (link_) {
        // It may be one of the link's own callbacks that this runs in.
        loop_.post([retired = std::shared_ptr<MemberLink>(std::move(link_))] {});
    }
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as there are addresses to try
void MemberImpl::checkIdentity() {
    if (!link_) {
        act(machine_.onIdentityChecked(
            {true, unavailable("no connection to {}", dialled_)}, moment()));
        return;
    }
    const auto verdict = [this](const std::string& prefix, const StatusOr<std::string>& domain) {
        if (domain.ok() && meshIdentity(prefix, *domain) != options_.expectedIdentity) {
            act(machine_.onIdentityChecked({false, anotherMesh(dialled_)}, moment()));
            return;
        }
        act(machine_.onIdentityChecked({}, moment()));
    };
    link_->get(
        std::string(storage::kIpv6PrefixKey),
        forThisLink<StatusOr<std::string>>([this, verdict](const StatusOr<std::string>& prefix) {
            if (!prefix.ok()) {
                const bool unreachable = prefix.status().code() == StatusCode::kUnavailable
                                         || prefix.status().code() == StatusCode::kDeadlineExceeded;
                // A server that does not answer this before a join is asked after it.
                act(machine_.onIdentityChecked(
                    unreachable ? detail::judgeFailure(prefix.status(), dialled_) : AttemptResult(),
                    moment()));
                return;
            }
            link_->get(
                std::string(storage::kMeshDomainKey),
                forThisLink<StatusOr<std::string>>(
                    [verdict, prefix = *prefix](const StatusOr<std::string>& domain) {
                        verdict(prefix, domain);
                    }));
        }));
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as there are addresses to try
void MemberImpl::join() {
    if (!link_) {
        act(machine_.onJoined({true, unavailable("no connection to {}", dialled_)}, moment()));
        return;
    }
    sent_ = options_.join;
    link_->join(options_.join, forThisLink<StatusOr<JoinGrant>>([this](StatusOr<JoinGrant> grant) {
                    onJoined(std::move(grant));
                }));
}

void MemberImpl::onJoined(StatusOr<JoinGrant> grant) {
    if (!grant.ok()) {
        act(machine_.onJoined(detail::judgeFailure(grant.status(), dialled_), moment()));
        return;
    }
    const auto identity = meshIdentity(grant->networkIpv6.toString(), grant->meshDomain);
    if (!options_.expectedIdentity.empty() && identity != options_.expectedIdentity) {
        // Undo what the server took for a wish to join.
        link_->leave(options_.join.id, forThisLink<Status>([this](const Status&) {
                         act(machine_.onJoined({false, anotherMesh(dialled_)}, moment()));
                     }));
        return;
    }
    options_.expectedIdentity = identity;
    machine_.setKnowsMesh(true);
    status_.info = {grant->networkIpv4, grant->networkIpv6, grant->meshDomain, identity};
    peers_ = grant->peers;
    status_.grant = *std::move(grant);
    act(machine_.onJoined({}, moment()));
}

void MemberImpl::follow() {
    reading_ = true;
    buffered_.clear();
    const auto generation = generation_;
    followPeers();
    if (generation == generation_) {
        followState();
    }
}

void MemberImpl::followPeers() {
    const auto ended = forThisLink<Status>([this](const Status& status) {
        lost(status.ok() ? unavailable("the server closed the connection") : status);
    });
    peerStream_ = link_->subscribePeers(
        options_.join.id,
        forThisLink<PeerSet>([this](PeerSet peers) {
            peers_ = std::move(peers);
            if (machine_.phase() == MemberPhase::Connected) {
                observers_.notify();
            }
        }),
        ended);
}

void MemberImpl::followState() {
    const std::string prefix(storage::kRegistryPrefix);
    // First the changes, then the state: nothing falls between the two.
    stateStream_ = link_->subscribe(
        prefix,
        forThisLink<std::vector<storage::Event>>(
            [this](std::vector<storage::Event> events) { onEvents(std::move(events)); }),
        forThisLink<Status>([this](const Status& status) {
            lost(status.ok() ? unavailable("the server closed the connection") : status);
        }));
    link_->iterate(
        prefix,
        forThisLink<StatusOr<std::vector<storage::Entry>>>(
            [this](StatusOr<std::vector<storage::Entry>> entries) {
                onListing(std::move(entries));
            }));
}

void MemberImpl::onListing(StatusOr<std::vector<storage::Entry>> entries) {
    if (!entries.ok()) {
        act(machine_.onFollowing(detail::judgeFailure(entries.status(), dialled_), moment()));
        return;
    }
    reading_ = false;
    registry_.reset(*entries, 0);
    registry_.apply(std::exchange(buffered_, {}));
    if (registry_.node(options_.join.id) == nullptr) {
        act(machine_.onFollowing(
            {true, notFound("{} has forgotten this node", dialled_)}, moment()));
        return;
    }
    act(machine_.onFollowing({}, moment()));
    if (machine_.phase() == MemberPhase::Connected) {
        askForServers();
        sendUpdate();
    }
}

void MemberImpl::onEvents(std::vector<storage::Event> events) {
    if (reading_) {
        if (buffered_.size() + events.size() > kMaxBufferedEvents) {
            act(machine_.onFollowing(
                {true, resourceExhausted("the mesh changes faster than it can be read")},
                moment()));
            return;
        }
        std::ranges::move(events, std::back_inserter(buffered_));
        return;
    }
    registry_.apply(events);
    if (registry_.node(options_.join.id) == nullptr) {
        act(machine_.onLost(
            notFound("this node was removed from the mesh: joining again"), moment()));
        return;
    }
    observers_.notify();
}

void MemberImpl::askForServers() {
    link_->storageServers(forThisLink<StatusOr<std::vector<StorageServer>>>(
        [this](StatusOr<std::vector<StorageServer>> servers) {
            if (!servers.ok()) {
                return;
            }
            status_.servers = *std::move(servers);
            const auto leader = std::ranges::find(
                status_.servers, StorageServer::Suffrage::Leader, &StorageServer::suffrage);
            status_.leader = leader == status_.servers.end() ? std::string() : leader->id.value();
            observers_.notify();
        }));
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as there are addresses to try
void MemberImpl::leave() {
    if (!link_) {
        act(machine_.onLeft());
        return;
    }
    link_->leave(options_.join.id, forThisLink<Status>([this](const Status& status) {
                     if (!status.ok()) {
                         log().info(
                             "leave failed why=\"{}\"", base::escapeForLine(messageOf(status)));
                     }
                     act(machine_.onLeft());
                 }));
}

void MemberImpl::stop(bool leave, Duration limit, StatusCallback done) {
    stopping_.push_back(std::move(done));
    act(machine_.stop(leave, limit, moment()));
}

void MemberImpl::change(const UpdateParams& params) {
    merge(params, options_.join);
    sendUpdate();
}

void MemberImpl::sendUpdate() {
    if (machine_.phase() != MemberPhase::Connected || updating_
        || describesSame(sent_, options_.join)) {
        return;
    }
    const auto& join = options_.join;
    UpdateParams update;
    update.id = join.id;
    if (join.publicKey != sent_.publicKey) {
        update.publicKey = join.publicKey;
    }
    update.primaryEndpoint = join.primaryEndpoint;
    update.wireguardEndpoints = join.wireguardEndpoints;
    update.zone = join.zone;
    update.asVoter = join.asVoter && !sent_.asVoter;
    update.features = join.features;
    update.multiaddrs = join.multiaddrs;
    if (join.routes != sent_.routes) {
        update.routes = join.routes;
    }
    sent_ = join;
    updating_ = true;
    link_->update(update, forThisLink<Status>([this](const Status& status) {
                      updating_ = false;
                      if (!status.ok()) {
                          log().warn(
                              "update failed why=\"{}\"", base::escapeForLine(messageOf(status)));
                      }
                      // What changed meanwhile.
                      sendUpdate();
                  }));
}

}  // namespace

std::unique_ptr<Member> Member::create(
    MemberOptions options, base::Loop& loop, MemberLinkFactory& links) {
    return std::make_unique<MemberImpl>(std::move(options), loop, links);
}

}  // namespace weft::mesh
