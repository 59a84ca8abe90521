// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/mutex.h"
#include "core/daemon/mesh_connection.h"

#include "weft/local/v1/local.pb.h"

#include <grpcpp/support/server_callback.h>

#include <deque>
#include <functional>
#include <memory>

namespace weft::daemon {

/// Peers in one message of a stream.
inline constexpr std::size_t kPeersPerMessage = 200;

/// What leads from one list to the next, in messages of at most kPeersPerMessage. Without a list
/// before it, the first message is a reset; the last one says that it is complete. Empty when
/// nothing differs.
std::deque<weft::local::v1::PeersUpdate> differences(const PeerList* before, const PeerList& now);

/// One caller's view of a profile's peers. However slow the caller is, only the list that it has
/// and the newest one are kept: what happened between is told as one difference. Thread: any. Keeps
/// itself alive until the library is done with it.
class PeerStream final : public grpc::ServerWriteReactor<weft::local::v1::PeersUpdate> {
public:
    /// `released` runs once when the library is done with the stream.
    static std::shared_ptr<PeerStream> make(std::function<void()> released);

    void show(std::shared_ptr<const PeerList> peers) WEFT_EXCLUDES(mutex_);
    void end(const Status& status) WEFT_EXCLUDES(mutex_);
    bool ended() const WEFT_EXCLUDES(mutex_);

    void OnWriteDone(bool ok) override WEFT_EXCLUDES(mutex_);
    void OnCancel() override;
    void OnDone() override;

private:
    explicit PeerStream(std::function<void()> released) : released_(std::move(released)) {}
    /// Whether there is a next message; it is in `current_` then.
    bool takeNext() WEFT_REQUIRES(mutex_);

    std::function<void()> released_;
    std::shared_ptr<PeerStream> self_;
    // Owned by whoever set writing_: the library reads it until OnWriteDone.
    weft::local::v1::PeersUpdate current_;
    mutable base::Mutex mutex_;
    std::shared_ptr<const PeerList> told_ WEFT_GUARDED_BY(mutex_);
    std::shared_ptr<const PeerList> newest_ WEFT_GUARDED_BY(mutex_);
    std::deque<weft::local::v1::PeersUpdate> queue_ WEFT_GUARDED_BY(mutex_);
    bool writing_ WEFT_GUARDED_BY(mutex_) = false;
    bool ending_ WEFT_GUARDED_BY(mutex_) = false;
    Status status_ WEFT_GUARDED_BY(mutex_);
};

}  // namespace weft::daemon
