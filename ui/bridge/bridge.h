// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/controller.h"
#include "ui/bridge/mailbox.h"

#include <QObject>
#include <QPointer>

#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

namespace weft::bridge {

class Inbox;

/// Brings what the core reports to the main thread as signals, by value, and never waits for it.
/// News that come faster than the window takes them are merged: the last state wins, changes of
/// peers add up to one change per peer.
/// Thread: main. The only place in the window that knows of other threads.
class Bridge final : public QObject {
    Q_OBJECT

public:
    /// Starts nothing. `controller` outlives the bridge.
    explicit Bridge(api::Controller& controller, QObject* parent = nullptr);
    ~Bridge() override;

    api::Controller& controller() { return controller_; }

    /// Begins to watch link and state.
    void start();
    /// Watches the members of that mesh instead of the one before; the empty id watches none.
    void watchPeers(const api::ProfileId& id);
    /// The same for the rules of a mesh.
    void watchPolicy(const api::ProfileId& id);

    /// A completion to hand to the controller: `then` runs later on the main thread, or never if
    /// `context` is gone by then.
    template <typename T, typename Then>
    Callback<T> deliver(QObject* context, Then then) {
        return [mailbox = mailbox_, guard = QPointer<QObject>(context), then = std::move(then)](
                   StatusOr<T> result) {
            mailbox->post([guard, then, result = std::move(result)] {
                if (guard) {
                    then(result);
                }
            });
        };
    }
    /// The same for a call that has no result but its status.
    StatusCallback deliverStatus(QObject* context, std::function<void(const Status&)> then);

Q_SIGNALS:
    void linkChanged(weft::api::LinkState link, const weft::Status& error);
    void stateChanged(const weft::api::DaemonState& state);
    void peersChanged(const weft::api::PeersUpdate& update);
    /// Never null.
    void policyChanged(const std::shared_ptr<const weft::api::PolicyState>& policy);

private:
    void deliverNews();

    api::Controller& controller_;
    std::shared_ptr<Mailbox> mailbox_;
    std::shared_ptr<Inbox> inbox_;
    Subscription link_;
    Subscription state_;
    Subscription peers_;
    Subscription policy_;
    std::uint64_t watched_ = 0;
    std::uint64_t watchedPolicy_ = 0;
};

}  // namespace weft::bridge
