// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/routes_model.h"

#include "core/net/ip_prefix.h"
#include "ui/bridge/text.h"
#include "ui/viewmodels/peers_model.h"
#include "ui/viewmodels/words.h"

#include <algorithm>
#include <set>
#include <utility>

namespace weft::viewmodels {
namespace {

using api::RouteState;

QString stateWord(RouteState state) {
    switch (state) {
    case RouteState::InUse:
        return RoutesModel::tr("In use");
    case RouteState::Asked:
        return RoutesModel::tr("Waits for you");
    case RouteState::Refused:
        return RoutesModel::tr("Refused");
    case RouteState::KeyChanged:
        return RoutesModel::tr("Other key");
    case RouteState::Overlaps:
        return RoutesModel::tr("Overlaps");
    case RouteState::Unused:
        return RoutesModel::tr("Not used");
    case RouteState::Offered:
        return RoutesModel::tr("Offered");
    case RouteState::NotOffered:
        return RoutesModel::tr("Not offered");
    case RouteState::Unknown:
        break;
    }
    return {};
}

look::Tone toneOf(RouteState state) {
    switch (state) {
    case RouteState::InUse:
    case RouteState::Offered:
        return look::Tone::Ok;
    case RouteState::Asked:
        return look::Tone::Accent;
    case RouteState::KeyChanged:
    case RouteState::Overlaps:
    case RouteState::NotOffered:
        return look::Tone::Warn;
    default:
        return look::Tone::Neutral;
    }
}

bool canAccept(const api::MeshRoute& route) {
    return route.state == RouteState::Asked || route.state == RouteState::Refused
           || route.state == RouteState::KeyChanged || route.state == RouteState::Overlaps;
}

/// A network of the mesh itself is nobody's to refuse.
bool canRefuse(const api::MeshRoute& route) {
    return !route.nodeId.empty() && !isOwnRoute(route) && route.state != RouteState::Refused
           && route.state != RouteState::Unknown;
}

QString detailOf(const api::MeshRoute& route) {
    const QString why = asSentence(bridge::shownLong(route.text));
    if (isOwnRoute(route)) {
        return why.isEmpty() ? RoutesModel::tr("The members reach it through this node.") : why;
    }
    const QString who = route.nodeId.empty()
                            ? RoutesModel::tr("A network of the mesh itself.")
                            : RoutesModel::tr("Through %1.").arg(bridge::shown(route.nodeId));
    return why.isEmpty() ? who : RoutesModel::tr("%1 %2").arg(who, why);
}

/// The heading of what is asked before it is accepted.
QString questionOf(const api::MeshRoute& route) {
    const QString who = bridge::shown(route.nodeId);
    if (route.isDefault) {
        return RoutesModel::tr("Reach the Internet through %1?").arg(who);
    }
    return who.isEmpty() ? RoutesModel::tr("Reach %1 through the mesh?").arg(routeTitle(route))
                         : RoutesModel::tr("Reach %1 through %2?").arg(routeTitle(route), who);
}

/// What an agreement changes that people have to know of; empty when it may be given at once.
QStringList consequencesOf(const api::MeshRoute& route) {
    QStringList lines;
    if (route.state == RouteState::KeyChanged) {
        lines.append(RoutesModel::tr("You agreed while the member had another key. Make sure that "
                                     "it is still the same machine."));
    }
    if (route.state == RouteState::Overlaps) {
        lines.append(RoutesModel::tr("This computer reaches this network, or a part of it, in "
                                     "another way now, which may be lost to it. %1")
                         .arg(asSentence(bridge::shownLong(route.text)))
                         .trimmed());
    }
    if (route.isDefault) {
        const QString who = bridge::shown(route.nodeId);
        lines.append(RoutesModel::tr(
                         "What this computer sends to the Internet goes to %1 first. Who runs it "
                         "can see where you go, and what is not encrypted.")
                         .arg(who));
        lines.append(RoutesModel::tr("Networks beside this computer are reached as before. Whoever "
                                     "calls it from the Internet may get no answer meanwhile."));
        lines.append(RoutesModel::tr("Names are asked where they are asked now: of a server beside "
                                     "this computer as before, of one in the Internet through %1.")
                         .arg(who));
    }
    return lines;
}

using Key = std::pair<std::string, std::string>;

Key keyOf(const api::MeshRoute& route) {
    return {route.cidr, route.nodeId};
}

std::set<Key> keysOf(const std::vector<api::MeshRoute>& routes) {
    std::set<Key> keys;
    for (const auto& route : routes) {
        keys.insert(keyOf(route));
    }
    return keys;
}

/// Whether `word`, in small letters, is in it.
bool isFoundBy(const api::MeshRoute& route, const QString& word) {
    const QString texts =
        QStringList{routeTitle(route), bridge::shown(route.nodeId), stateWord(route.state)}.join(
            QLatin1Char('\n'));
    if (texts.toCaseFolded().contains(word)) {
        return true;
    }
    const auto address = net::IpAddress::parse(word.toStdString());
    const auto network = net::IpPrefix::parse(route.cidr);
    return address.ok() && network.ok() && network->contains(*address);
}

void keepFound(std::vector<api::MeshRoute>& routes, const QString& search) {
    const QStringList words = search.toCaseFolded().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    std::erase_if(routes, [&words](const api::MeshRoute& route) {
        return !std::ranges::all_of(
            words, [&route](const QString& word) { return isFoundBy(route, word); });
    });
}

}  // namespace

bool isOwnRoute(const api::MeshRoute& route) {
    return route.state == RouteState::Offered || route.state == RouteState::NotOffered;
}

QString toRouteKey(const api::MeshRoute& route) {
    return toPeerKey(route.cidr) + QLatin1Char('/') + toPeerKey(route.nodeId);
}

api::MeshRoute fromRouteKey(const QString& routeKey) {
    api::MeshRoute route;
    route.cidr = fromPeerKey(routeKey.section(QLatin1Char('/'), 0, 0));
    route.nodeId = fromPeerKey(routeKey.section(QLatin1Char('/'), 1, 1));
    return route;
}

QString routeTitle(const api::MeshRoute& route) {
    return route.isDefault ? RoutesModel::tr("The Internet (%1)").arg(bridge::shown(route.cidr))
                           : bridge::shown(route.cidr);
}

int RoutesModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

QVariant RoutesModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const api::MeshRoute& route = routes_.at(static_cast<std::size_t>(index.row()));
    switch (role) {
    case RouteKeyRole:
        return toRouteKey(route);
    case NetworkRole:
        return bridge::shown(route.cidr);
    case NodeRole:
        return bridge::shown(route.nodeId);
    case TitleRole:
        return routeTitle(route);
    case DetailRole:
        return detailOf(route);
    case BadgeRole:
        return stateWord(route.state);
    case ToneRole:
        return QVariant::fromValue(toneOf(route.state));
    case IconRole:
        return route.isDefault ? QStringLiteral("globe") : QStringLiteral("route");
    case CanAcceptRole:
        return canAccept(route);
    case CanRefuseRole:
        return canRefuse(route);
    case CanForgetRole:
        return route.state == RouteState::Refused;
    case QuestionRole:
        return questionOf(route);
    case ConsequencesRole:
        return consequencesOf(route);
    case PublicKeyRole:
        return bridge::shown(route.publicKey);
    default:
        return {};
    }
}

QHash<int, QByteArray> RoutesModel::roleNames() const {
    return {
        {RouteKeyRole, "routeKey"},
        {NetworkRole, "network"},
        {NodeRole, "node"},
        {TitleRole, "title"},
        {DetailRole, "detail"},
        {BadgeRole, "badge"},
        {ToneRole, "tone"},
        {IconRole, "iconName"},
        {CanAcceptRole, "canAccept"},
        {CanRefuseRole, "canRefuse"},
        {CanForgetRole, "canForget"},
        {QuestionRole, "question"},
        {ConsequencesRole, "consequences"},
        {PublicKeyRole, "publicKey"},
    };
}

void RoutesModel::setRoutes(std::vector<api::MeshRoute> routes, const QString& search) {
    const int before = count();
    const int totalBefore = std::exchange(total_, static_cast<int>(routes.size()));
    keepFound(routes, search);
    if (routes == routes_) {
        if (total_ != totalBefore) {
            Q_EMIT countChanged();
        }
        return;
    }
    if (!setInPlace(routes)) {
        beginResetModel();
        routes_ = std::move(routes);
        endResetModel();
    }
    if (count() != before || total_ != totalBefore) {
        Q_EMIT countChanged();
    }
}

bool RoutesModel::setInPlace(std::vector<api::MeshRoute>& routes) {
    // Each takes time that grows with the list.
    constexpr std::size_t kMostDifferences = 64;
    const std::set<Key> now = keysOf(routes);
    const std::set<Key> before = keysOf(routes_);
    std::vector<Key> kept;
    std::ranges::set_intersection(before, now, std::back_inserter(kept));
    const std::size_t differences = before.size() + now.size() - 2 * kept.size();
    if (kept.empty() || differences > kMostDifferences || now.size() != routes.size()) {
        return false;
    }
    for (int row = count() - 1; row >= 0; --row) {
        if (!now.contains(keyOf(routes_.at(static_cast<std::size_t>(row))))) {
            beginRemoveRows({}, row, row);
            routes_.erase(routes_.begin() + row);
            endRemoveRows();
        }
    }
    for (std::size_t at = 0; at < routes.size(); ++at) {
        const int row = static_cast<int>(at);
        const bool isThere = at < routes_.size() && keyOf(routes_.at(at)) == keyOf(routes.at(at));
        if (!isThere && before.contains(keyOf(routes.at(at)))) {
            return false;  // in another order
        }
        if (!isThere) {
            beginInsertRows({}, row, row);
            routes_.insert(routes_.begin() + row, routes.at(at));
            endInsertRows();
        } else if (routes_.at(at) != routes.at(at)) {
            routes_.at(at) = routes.at(at);
            Q_EMIT dataChanged(index(row), index(row));
        }
    }
    return true;
}

}  // namespace weft::viewmodels
