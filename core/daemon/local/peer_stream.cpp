// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/local/peer_stream.h"

#include "core/services/server/grpc_status.h"

#include <utility>

namespace weft::daemon {
namespace {

namespace local = weft::local::v1;

/// Fills messages one after the other.
class Messages {
public:
    explicit Messages(bool reset) {
        if (reset) {
            queue_.emplace_back().set_reset(true);
        }
    }
    void change(const local::Peer& peer) { *room().add_changed() = peer; }
    void remove(const std::string& id) { room().add_removed_ids(id); }
    std::deque<local::PeersUpdate> take() {
        if (!queue_.empty()) {
            queue_.back().set_complete(true);
        }
        return std::move(queue_);
    }

private:
    local::PeersUpdate& room() {
        const auto used = queue_.empty()
                              ? kPeersPerMessage
                              : static_cast<std::size_t>(queue_.back().changed_size())
                                    + static_cast<std::size_t>(queue_.back().removed_ids_size());
        return used < kPeersPerMessage ? queue_.back() : queue_.emplace_back();
    }
    std::deque<local::PeersUpdate> queue_;
};

}  // namespace

std::deque<local::PeersUpdate> differences(const PeerList* before, const PeerList& now) {
    Messages messages(before == nullptr);
    static const PeerList kNothing;
    const auto& old = before == nullptr ? kNothing.items : before->items;
    auto left = old.begin();
    auto right = now.items.begin();
    // Both lists are sorted by id.
    while (left != old.end() || right != now.items.end()) {
        const int order = left == old.end() ? 1
                          : right == now.items.end()
                              ? -1
                              : left->peer.node().id().compare(right->peer.node().id());
        if (order < 0) {
            messages.remove(left->peer.node().id());
            ++left;
        } else if (order > 0) {
            messages.change(right->peer);
            ++right;
        } else {
            if (left->digest != right->digest) {
                messages.change(right->peer);
            }
            ++left;
            ++right;
        }
    }
    return messages.take();
}

std::shared_ptr<PeerStream> PeerStream::make(std::function<void()> released) {
    std::shared_ptr<PeerStream> stream(new PeerStream(std::move(released)));
    stream->self_ = stream;
    return stream;
}

void PeerStream::show(std::shared_ptr<const PeerList> peers) {
    bool write = false;
    {
        const base::MutexLock lock(mutex_);
        if (ending_) {
            return;
        }
        newest_ = std::move(peers);
        write = !writing_ && takeNext();
    }
    if (write) {
        StartWrite(&current_);
    }
}

void PeerStream::end(const Status& status) {
    {
        const base::MutexLock lock(mutex_);
        if (ending_) {
            return;
        }
        ending_ = true;
        status_ = status;
        queue_.clear();
        if (writing_) {
            return;
        }
    }
    Finish(services::toGrpc(status));
}

bool PeerStream::ended() const {
    const base::MutexLock lock(mutex_);
    return ending_;
}

void PeerStream::OnWriteDone(bool ok) {
    bool write = false;
    Status status;
    {
        const base::MutexLock lock(mutex_);
        writing_ = false;
        if (!ok && !ending_) {
            ending_ = true;
            status_ = cancelled("the caller has gone");
        }
        if (!ending_) {
            write = takeNext();
            if (!write) {
                return;
            }
        }
        status = status_;
    }
    if (write) {
        StartWrite(&current_);
    } else {
        Finish(services::toGrpc(status));
    }
}

void PeerStream::OnCancel() {
    end(cancelled("the caller has gone"));
}

void PeerStream::OnDone() {
    released_();
    // The last use of this object, unless a producer still holds it.
    self_.reset();
}

bool PeerStream::takeNext() {
    if (queue_.empty() && newest_ != told_) {
        queue_ = differences(told_.get(), *newest_);
        told_ = newest_;
    }
    if (queue_.empty()) {
        return false;
    }
    current_ = std::move(queue_.front());
    queue_.pop_front();
    writing_ = true;
    return true;
}

}  // namespace weft::daemon
