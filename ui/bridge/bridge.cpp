// SPDX-License-Identifier: Apache-2.0
#include "ui/bridge/bridge.h"

#include "ui/bridge/inbox.h"

namespace weft::bridge {

Bridge::Bridge(api::Controller& controller, QObject* parent)
    : QObject(parent)
    , controller_(controller)
    , mailbox_(std::make_shared<Mailbox>(this))
    , inbox_(std::make_shared<Inbox>()) {}

Bridge::~Bridge() {
    mailbox_->close();
    // A callback in progress only copies into the inbox, so that these do not wait noticeably.
    policy_.cancel();
    peers_.cancel();
    state_.cancel();
    link_.cancel();
}

void Bridge::start() {
    link_ = controller_.watchLink(
        [inbox = inbox_, mailbox = mailbox_, this](api::LinkState link, const Status& error) {
            if (inbox->putLink(link, error)) {
                mailbox->post([this] { deliverNews(); });
            }
        });
    state_ = controller_.watchState(
        [inbox = inbox_, mailbox = mailbox_, this](const api::DaemonState& state) {
            if (inbox->putState(state)) {
                mailbox->post([this] { deliverNews(); });
            }
        });
}

void Bridge::watchPeers(const api::ProfileId& id) {
    peers_.cancel();
    inbox_->beginWatch(++watched_);
    if (id.empty()) {
        return;
    }
    peers_ = controller_.watchPeers(
        id,
        [inbox = inbox_, mailbox = mailbox_, watch = watched_, this](
            const api::PeersUpdate& update) {
            if (inbox->putPeers(watch, update)) {
                mailbox->post([this] { deliverNews(); });
            }
        });
}

void Bridge::watchPolicy(const api::ProfileId& id) {
    policy_.cancel();
    inbox_->beginPolicyWatch(++watchedPolicy_);
    if (id.empty()) {
        return;
    }
    policy_ = controller_.watchPolicy(
        id,
        [inbox = inbox_, mailbox = mailbox_, watch = watchedPolicy_, this](
            const api::PolicyState& policy) {
            if (inbox->putPolicy(watch, std::make_shared<const api::PolicyState>(policy))) {
                mailbox->post([this] { deliverNews(); });
            }
        });
}

StatusCallback Bridge::deliverStatus(QObject* context, std::function<void(const Status&)> then) {
    return [mailbox = mailbox_, guard = QPointer<QObject>(context), then = std::move(then)](
               Status status) {
        mailbox->post([guard, then, status = std::move(status)] {
            if (guard) {
                then(status);
            }
        });
    };
}

void Bridge::deliverNews() {
    const Inbox::News news = inbox_->take();
    if (news.link) {
        Q_EMIT linkChanged(news.link->first, news.link->second);
    }
    if (news.state) {
        Q_EMIT stateChanged(*news.state);
    }
    if (news.peers) {
        Q_EMIT peersChanged(*news.peers);
    }
    if (news.policy) {
        Q_EMIT policyChanged(news.policy);
    }
}

}  // namespace weft::bridge
