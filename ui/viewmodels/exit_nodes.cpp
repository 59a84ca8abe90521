// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/exit_nodes.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/words.h"

#include <utility>

namespace weft::viewmodels {

using api::RouteState;

ExitNodes::ExitNodes(bridge::Bridge& bridge, QObject* parent) : QObject(parent), bridge_(bridge) {}

void ExitNodes::setMesh(const api::ProfileId& profile) {
    if (profile == profile_) {
        return;
    }
    profile_ = profile;
    ++number_;
    asking_ = false;
    again_ = false;
    askedRow_ = -1;
    used_.clear();
    inUse_.clear();
    offers_.setRoutes({});
    Q_EMIT changed();
}

void ExitNodes::follow(bool readable) {
    if (readable) {
        ask();
        return;
    }
    watched_.insert(profile_);
    if (!used_.empty() || offers_.count() > 0) {
        ++number_;
        asking_ = false;
        used_.clear();
        inUse_.clear();
        offers_.setRoutes({});
        Q_EMIT changed();
    }
}

void ExitNodes::ask() {
    if (asking_) {
        again_ = true;
        return;
    }
    asking_ = true;
    again_ = false;
    using Routes = std::vector<api::MeshRoute>;
    const auto finish = [this, number = ++number_](const StatusOr<Routes>& routes) {
        if (number == number_) {
            asking_ = false;
            take(routes);
        }
    };
    bridge_.controller().routes(profile_, bridge_.deliver<Routes>(this, finish));
}

void ExitNodes::take(const StatusOr<std::vector<api::MeshRoute>>& routes) {
    if (routes.ok()) {
        std::vector<api::MeshRoute> offers;
        const bool isNews = !watched_.insert(profile_).second;
        used_.clear();
        for (const api::MeshRoute& route : *routes) {
            if (!route.isDefault || route.nodeId.empty() || isOwnRoute(route)) {
                continue;
            }
            if (route.state == RouteState::InUse) {
                used_.push_back(route);
            }
            offers.push_back(route);
            if (route.state == RouteState::Asked && told_.insert({profile_, route.nodeId}).second
                && isNews) {
                Q_EMIT offered(bridge::shown(route.nodeId));
            }
        }
        inUse_ = used_.empty() ? QString() : bridge::shown(used_.front().nodeId);
        offers_.setRoutes(std::move(offers));
        Q_EMIT changed();
    }
    if (std::exchange(again_, false)) {
        ask();
    }
}

void ExitNodes::choose(const QString& routeKey) {
    for (int row = 0; row < offers_.count(); ++row) {
        const QModelIndex at = offers_.index(row);
        if (at.data(RoutesModel::RouteKeyRole).toString() == routeKey
            && at.data(RoutesModel::CanAcceptRole).toBool()) {
            askedRow_ = row;
            Q_EMIT asked();
            return;
        }
    }
}

void ExitNodes::useNone() {
    for (const api::MeshRoute& route : used_) {
        forget(route, false);
    }
}

void ExitNodes::forget(const api::MeshRoute& route, bool toAll) {
    const auto finish = [this, route, toAll, profile = profile_](const Status& status) {
        if (profile != profile_) {
            return;
        }
        if (status.code() == StatusCode::kNotFound && !toAll) {
            // Nothing was said about this member: then it was said about all.
            forget(route, true);
            return;
        }
        if (!status.ok()) {
            Q_EMIT failed(errorSentence(tr("The way to the Internet was not changed"), status));
        }
        ask();
    };
    bridge_.controller().answerRoute(
        profile_,
        route.cidr,
        toAll ? std::string() : route.nodeId,
        api::RouteAnswer::Forget,
        bridge_.deliverStatus(this, finish));
}

QString ExitNodes::textOfAsked(int role) const {
    return offers_.index(askedRow_).data(role).toString();
}

QStringList ExitNodes::consequences() const {
    return offers_.index(askedRow_).data(RoutesModel::ConsequencesRole).toStringList();
}

}  // namespace weft::viewmodels
