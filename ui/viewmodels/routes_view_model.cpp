// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/routes_view_model.h"

#include "ui/viewmodels/words.h"

#include <algorithm>
#include <utility>

namespace weft::viewmodels {
namespace {

using api::RouteAnswer;
using api::RouteState;

/// A search that is longer helps nobody and is compared with every route.
constexpr qsizetype kSearchCharacters = 200;

QString doneText(const api::MeshRoute& route, RouteAnswer answer) {
    const QString what = routeTitle(route);
    switch (answer) {
    case RouteAnswer::Agree:
        return RoutesViewModel::tr("%1 is accepted").arg(what);
    case RouteAnswer::Refuse:
        return RoutesViewModel::tr("%1 is refused").arg(what);
    case RouteAnswer::Forget:
        break;
    }
    return RoutesViewModel::tr("Your answer to %1 is forgotten").arg(what);
}

}  // namespace

RoutesViewModel::RoutesViewModel(bridge::Bridge& bridge, QObject* parent)
    : QObject(parent), bridge_(bridge) {}

void RoutesViewModel::setMesh(const api::ProfileId& profile) {
    if (profile == profile_) {
        return;
    }
    profile_ = profile;
    ++number_;
    known_ = false;
    asking_ = false;
    again_ = false;
    answering_ = false;
    last_ = {};
    error_.clear();
    answerError_.clear();
    search_.clear();
    routes_.clear();
    sort();
    Q_EMIT changed();
}

void RoutesViewModel::follow(bool readable) {
    readable_ = readable;
    if (shown_ && readable_) {
        ask();
    }
}

void RoutesViewModel::show(bool shown) {
    shown_ = shown;
    if (shown_ && readable_) {
        ask();
    }
}

void RoutesViewModel::refresh() {
    ask();
}

void RoutesViewModel::ask() {
    if (asking_) {
        again_ = true;
        return;
    }
    asking_ = true;
    again_ = false;
    using Routes = std::vector<api::MeshRoute>;
    const auto finish = [this, number = ++number_](const StatusOr<Routes>& routes) {
        if (number == number_) {
            take(routes);
        }
    };
    bridge_.controller().routes(profile_, bridge_.deliver<Routes>(this, finish));
}

void RoutesViewModel::take(const StatusOr<std::vector<api::MeshRoute>>& routes) {
    asking_ = false;
    if (routes.ok()) {
        routes_ = *routes;
        sort();
        known_ = true;
        error_.clear();
    } else {
        error_ = errorSentence(tr("The routes could not be read"), routes.status());
    }
    Q_EMIT changed();
    if (again_) {
        ask();
    }
}

void RoutesViewModel::setSearchText(const QString& text) {
    const QString wanted = text.left(kSearchCharacters);
    if (wanted != search_) {
        search_ = wanted;
        sort();
        Q_EMIT changed();
    }
}

void RoutesViewModel::sort() {
    std::vector<api::MeshRoute> inUse;
    std::vector<api::MeshRoute> offered;
    std::vector<api::MeshRoute> refused;
    std::vector<api::MeshRoute> own;
    for (const auto& route : routes_) {
        auto& part = isOwnRoute(route)                    ? own
                     : route.state == RouteState::InUse   ? inUse
                     : route.state == RouteState::Refused ? refused
                                                          : offered;
        part.push_back(route);
    }
    // What leads everywhere first: it changes the most.
    std::stable_partition(offered.begin(), offered.end(), [](const api::MeshRoute& route) {
        return route.isDefault;
    });
    asked_ = static_cast<int>(std::ranges::count_if(offered, [](const api::MeshRoute& route) {
        return route.state == RouteState::Asked || route.state == RouteState::KeyChanged;
    }));
    inUse_.setRoutes(std::move(inUse), search_);
    offered_.setRoutes(std::move(offered), search_);
    refused_.setRoutes(std::move(refused), search_);
    own_.setRoutes(std::move(own), search_);
}

void RoutesViewModel::accept(const QString& routeKey) {
    say({routeKey, RouteAnswer::Agree, false});
}

void RoutesViewModel::refuse(const QString& routeKey, bool fromAll) {
    say({routeKey, RouteAnswer::Refuse, fromAll});
}

void RoutesViewModel::forget(const QString& routeKey) {
    say({routeKey, RouteAnswer::Forget, false});
}

void RoutesViewModel::answerAgain() {
    if (!answerError_.isEmpty()) {
        say(last_);
    }
}

void RoutesViewModel::dismissAnswerError() {
    answerError_.clear();
    Q_EMIT changed();
}

void RoutesViewModel::say(const Said& said) {
    if (answering_) {
        return;
    }
    answering_ = true;
    last_ = said;
    answerError_.clear();
    Q_EMIT changed();
    send(said);
}

void RoutesViewModel::send(const Said& said) {
    const auto finish = [this, said, profile = profile_](const Status& status) {
        if (profile == profile_) {
            this->finish(said, status);
        }
    };
    const api::MeshRoute route = fromRouteKey(said.key);
    bridge_.controller().answerRoute(
        profile_,
        route.cidr,
        said.toAll ? std::string() : route.nodeId,
        said.answer,
        bridge_.deliverStatus(this, finish));
}

void RoutesViewModel::finish(const Said& said, const Status& status) {
    if (said.answer == RouteAnswer::Forget && !said.toAll
        && status.code() == StatusCode::kNotFound) {
        // Nothing was said about this member: then it was said about all.
        send({said.key, said.answer, true});
        return;
    }
    answering_ = false;
    if (status.ok()) {
        api::MeshRoute route = fromRouteKey(said.key);
        route.isDefault = route.cidr == "0.0.0.0/0" || route.cidr == "::/0";
        Q_EMIT done(doneText(route, said.answer));
    } else {
        answerError_ = errorSentence(tr("Your answer was not kept"), status);
    }
    Q_EMIT changed();
    ask();
}

}  // namespace weft::viewmodels
