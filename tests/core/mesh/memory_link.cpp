// SPDX-License-Identifier: Apache-2.0
#include "tests/core/mesh/memory_link.h"

#include <utility>

namespace weft::tests {

/// One connection. Answers come over the loop, and none after it is gone.
class MemoryLink final : public mesh::MemberLink {
public:
    MemoryLink(MemoryLinks& owner, std::string host) : owner_(owner), host_(std::move(host)) {
        owner_.links_.insert(this);
    }
    ~MemoryLink() override { owner_.links_.erase(this); }

    void join(const mesh::JoinParams& params, Callback<mesh::JoinGrant> done) override {
        ++owner_.joins;
        askAny<StatusOr<mesh::JoinGrant>>(std::move(done), [this, params](auto answer) {
            const auto& refusal = owner_.servers_[host_].joinAnswer;
            if (!refusal.ok()) {
                answer(refusal);
                return;
            }
            server()->host->join(params, caller(), answer);
        });
    }
    void update(const mesh::UpdateParams& params, StatusCallback done) override {
        owner_.updates.push_back(params);
        ask<Status>(std::move(done), [this, params](auto answer) {
            if (!owner_.updateAnswer_.ok()) {
                answer(owner_.updateAnswer_);
                return;
            }
            server()->host->update(params, caller(), answer);
        });
    }
    void leave(const mesh::NodeId& id, StatusCallback done) override {
        ask<Status>(std::move(done), [this, id](auto answer) {
            server()->host->leave(id, caller(), answer);
        });
    }
    Subscription subscribePeers(
        const mesh::NodeId& id,
        std::function<void(mesh::PeerSet)> changed,
        StatusCallback ended) override {
        auto stream = open(std::move(ended));
        if (auto* fixture = isOutside() ? nullptr : server()) {
            stream->subscription = fixture->host->subscribePeers(
                id, [changed = std::move(changed)](const mesh::PeerSet& peers) { changed(peers); });
        }
        return closing(stream);
    }
    void reportDirect(const mesh::DirectReport& report, StatusCallback done) override {
        ask<Status>(std::move(done), [this, report](auto answer) {
            answer(server()->host->directWays().report(report, certificateOf(owner_.identity_)));
        });
    }
    Subscription watchDirect(
        const mesh::NodeId& id,
        std::function<void(mesh::DirectOffers)> changed,
        StatusCallback ended) override {
        auto stream = open(std::move(ended));
        if (auto* fixture = isOutside() ? nullptr : server()) {
            stream->subscription = fixture->host->directWays().watch(
                id, [changed = std::move(changed)](const mesh::DirectOffers& offers) {
                    changed(offers);
                });
        }
        return closing(stream);
    }
    void reportEffect(const mesh::EffectReport& report, StatusCallback done) override {
        ask<Status>(std::move(done), [this, report](auto answer) {
            answer(server()->host->propagation().report(report, certificateOf(owner_.identity_)));
        });
    }
    void storageServers(Callback<std::vector<mesh::StorageServer>> done) override {
        ask<StatusOr<std::vector<mesh::StorageServer>>>(
            std::move(done), [this](auto answer) { answer(server()->host->storageServers()); });
    }
    void meshAddress(Callback<net::IpAddress> done) override {
        askAny<StatusOr<net::IpAddress>>(std::move(done), [this](auto answer) {
            const auto* own = server()->host->registry().node(mesh::NodeId("alpha"));
            answer(own->privateIpv6->address());
        });
    }
    void get(const std::string& key, Callback<std::string> done) override {
        ask<StatusOr<std::string>>(std::move(done), [this, key](auto answer) {
            const auto entry = server()->store->get(key);
            answer(entry.ok() ? StatusOr<std::string>(entry->value) : entry.status());
        });
    }
    void iterate(const std::string& prefix, Callback<std::vector<storage::Entry>> done) override {
        ask<StatusOr<std::vector<storage::Entry>>>(std::move(done), [this, prefix](auto answer) {
            auto listing = server()->store->list(prefix);
            if (owner_.beforeListing) {
                owner_.beforeListing();
            }
            answer(
                listing.ok() ? StatusOr<std::vector<storage::Entry>>(std::move(listing->entries))
                             : listing.status());
        });
    }
    void listKeys(const std::string& prefix, Callback<std::vector<std::string>> done) override {
        ask<StatusOr<std::vector<std::string>>>(std::move(done), [this, prefix](auto answer) {
            answer(server()->store->listKeys(prefix));
        });
    }
    void publish(const storage::Put& put, StatusCallback done) override {
        ask<Status>(std::move(done), [this, put](auto answer) {
            server()->host->publish(put.key, put.value, put.ttl, caller(), answer);
        });
    }
    Subscription subscribe(
        const std::string& prefix,
        std::function<void(std::vector<storage::Event>)> changed,
        StatusCallback ended) override {
        auto stream = open(std::move(ended));
        auto* fixture = isOutside() ? nullptr : server();
        if (fixture == nullptr) {
            return closing(stream);
        }
        auto* owner = &owner_;
        auto watch = fixture->store->watch(
            prefix,
            std::nullopt,
            [owner, changed = std::move(changed), weak = std::weak_ptr<Stream>(stream)](
                std::vector<storage::Event> events) {
                for (auto& event : events) {
                    event.revision = 0;
                }
                owner->loop_.post([owner, changed, weak, events] {
                    if (!weak.expired() && !owner->mute_) {
                        changed(events);
                    }
                });
            });
        if (watch.ok()) {
            stream->subscription = std::move(watch->subscription);
        }
        return closing(stream);
    }

    void cut(const Status& status) {
        for (auto& stream : std::exchange(streams_, {})) {
            stream->subscription.cancel();
            if (!stream->closed) {
                stream->ended(status);
            }
        }
    }
    const std::string& host() const { return host_; }

private:
    struct Stream {
        Subscription subscription;
        StatusCallback ended;
        bool closed = false;
    };

    MeshFixture* server() { return owner_.serverAt(host_); }
    mesh::Caller caller() const { return certificateOf(owner_.identity_); }

    static Status notInNetwork() { return permissionDenied("request is not in-network"); }
    bool isOutside() const { return owner_.servers_[host_].isOutside; }

    template <typename Result, typename Done, typename Call>
    void ask(Done done, Call call) {
        askAny<Result>(std::move(done), [this, call](auto answer) {
            if (isOutside()) {
                answer(notInNetwork());
            } else {
                call(answer);
            }
        });
    }
    /// What is answered to callers from anywhere.
    template <typename Result, typename Done, typename Call>
    void askAny(Done done, Call call) {
        owner_.loop_.post([this, weak = std::weak_ptr<bool>(alive_), done, call] {
            if (weak.expired() || owner_.silent_) {
                return;
            }
            if (server() == nullptr) {
                done(unavailable("connect: Connection refused"));
                return;
            }
            call([weak, done](Result result) {
                if (!weak.expired()) {
                    done(std::move(result));
                }
            });
        });
    }

    std::shared_ptr<Stream> open(StatusCallback ended) {
        auto stream = std::make_shared<Stream>();
        stream->ended = std::move(ended);
        streams_.push_back(stream);
        if (isOutside()) {
            owner_.loop_.post([stream] {
                if (!stream->closed) {
                    stream->ended(notInNetwork());
                }
            });
        }
        return stream;
    }
    static Subscription closing(const std::shared_ptr<Stream>& stream) {
        return Subscription([stream] {
            stream->closed = true;
            stream->subscription.cancel();
        });
    }

    MemoryLinks& owner_;
    const std::string host_;
    std::vector<std::shared_ptr<Stream>> streams_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

MemoryLinks::MemoryLinks(ManualLoop& loop, std::string identity)
    : loop_(loop), identity_(std::move(identity)) {}

MemoryLinks::~MemoryLinks() = default;

StatusOr<std::unique_ptr<mesh::MemberLink>> MemoryLinks::dial(const net::HostPort& address) {
    dialled.push_back(address.host);
    return std::make_unique<MemoryLink>(*this, address.host);
}

StatusOr<std::unique_ptr<mesh::MemberLink>> MemoryLinks::dialAs(
    const net::HostPort& address, const std::string& name) {
    names.push_back(name);
    return dial(address);
}

void MemoryLinks::serve(const std::string& host, MeshFixture* server) {
    servers_[host].fixture = server;
    if (server == nullptr) {
        cutStreams(unavailable("connection closed"));
    }
}

void MemoryLinks::refuseJoins(const std::string& host, Status status) {
    servers_[host].joinAnswer = std::move(status);
}

void MemoryLinks::cutStreams(const Status& status) {
    const auto links = links_;
    for (auto* link : links) {
        if (links_.contains(link)) {
            link->cut(status);
        }
    }
}

MeshFixture* MemoryLinks::serverAt(const std::string& host) {
    return servers_[host].fixture;
}

}  // namespace weft::tests
