// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/access/path_editors.h"

#include "core/net/ip_prefix.h"
#include "ui/bridge/text.h"
#include "ui/viewmodels/access/fields.h"
#include "ui/viewmodels/access/policy_model.h"
#include "ui/viewmodels/access/policy_words.h"

#include <algorithm>

namespace weft::viewmodels {

RouteEditor::RouteEditor(bridge::Bridge& bridge, QObject* parent)
    : PolicyEditor(bridge, api::PolicyKind::Route, parent) {}

void RouteEditor::setNode(const QString& node) {
    if (node != node_) {
        node_ = node;
        edited();
    }
}

void RouteEditor::setNetworks(const QStringList& networks) {
    if (networks != networks_) {
        networks_ = networks;
        edited();
    }
}

void RouteEditor::setNextHop(const QString& nextHop) {
    if (nextHop != nextHop_) {
        nextHop_ = nextHop;
        edited();
    }
}

api::PolicyObject RouteEditor::build() const {
    return api::Route{
        coreName(),
        node_.trimmed().toStdString(),
        toNames(networks_),
        nextHop_.trimmed().toStdString()};
}

void RouteEditor::load(const api::PolicyObject* object) {
    const auto* route = object == nullptr ? nullptr : std::get_if<api::Route>(object);
    const api::Route none;
    const api::Route& from = route == nullptr ? none : *route;
    node_ = QString::fromStdString(from.node);
    networks_ = fromNames(from.destinationCidrs);
    nextHop_ = QString::fromStdString(from.nextHopNode);
}

void RouteEditor::check(QVariantMap& problems, bool missing) const {
    if (node_.trimmed().isEmpty()) {
        if (missing) {
            problems.insert(QStringLiteral("node"), tr("Say which member leads there."));
        }
    } else if (const QString problem = nodeEntryProblem(node_.trimmed()); !problem.isEmpty()) {
        problems.insert(QStringLiteral("node"), problem);
    }
    const QString wrong = firstProblem(networks_, [](const QString& network) {
        return network == QLatin1String("*") ? tr("Write the network itself, such as 10.1.0.0/24.")
                                             : networkProblem(network);
    });
    if (!wrong.isEmpty()) {
        problems.insert(QStringLiteral("networks"), wrong);
    } else if (missing && networks_.isEmpty()) {
        problems.insert(QStringLiteral("networks"), tr("Name at least one network."));
    }
    if (!nextHop_.trimmed().isEmpty()) {
        if (const QString problem = nameProblem(nextHop_.trimmed()); !problem.isEmpty()) {
            problems.insert(QStringLiteral("nextHop"), problem);
        }
    }
}

QString RouteEditor::warning() const {
    for (const QString& network : networks_) {
        const auto prefix = net::IpPrefix::parse(network.toStdString());
        if (prefix.ok() && prefix->isDefaultRoute()) {
            return tr("All traffic to the Internet could go this way. Members take it only when "
                      "they agree.");
        }
    }
    return overlap();
}

QString RouteEditor::overlap() const {
    if (state() == nullptr) {
        return {};
    }
    for (const api::StoredObject& stored : state()->objects) {
        const auto* other = std::get_if<api::Route>(&stored.object);
        if (other == nullptr || other->name == coreName()) {
            continue;
        }
        for (const std::string& theirs : other->destinationCidrs) {
            const auto their = net::IpPrefix::parse(theirs);
            const auto mine = std::ranges::find_if(networks_, [&their](const QString& network) {
                const auto prefix = net::IpPrefix::parse(network.toStdString());
                return prefix.ok() && their.ok() && prefix->overlaps(*their);
            });
            if (mine != networks_.end()) {
                return tr("%1 overlaps %2 of the route %3.")
                    .arg(*mine, bridge::shown(theirs), bridge::shown(other->name));
            }
        }
    }
    return {};
}

EdgeEditor::EdgeEditor(bridge::Bridge& bridge, QObject* parent)
    : PolicyEditor(bridge, api::PolicyKind::Edge, parent) {}

void EdgeEditor::setSource(const QString& source) {
    if (source != source_) {
        source_ = source;
        edited();
    }
}

void EdgeEditor::setTarget(const QString& target) {
    if (target != target_) {
        target_ = target;
        edited();
    }
}

void EdgeEditor::setWeight(const QString& weight) {
    if (weight != weight_) {
        weight_ = weight;
        edited();
    }
}

void EdgeEditor::openBetween(const QString& source, const QString& target) {
    const api::ObjectRef ref{
        api::PolicyKind::Edge, source.trimmed().toStdString(), target.trimmed().toStdString()};
    if (state() != nullptr && state()->find(ref) != nullptr) {
        openKey(toPolicyKey(ref));
        return;
    }
    openNew();
    setSource(source);
    setTarget(target);
}

int EdgeEditor::protocol() const {
    return attributes_.contains(api::kEdgeAttributeIce)      ? 1
           : attributes_.contains(api::kEdgeAttributeLibp2p) ? 2
                                                             : 0;
}

void EdgeEditor::setProtocol(int protocol) {
    if (protocol == this->protocol() || !isNew()) {
        return;
    }
    attributes_.clear();
    if (protocol > 0) {
        attributes_[protocol == 1 ? api::kEdgeAttributeIce : api::kEdgeAttributeLibp2p] = "true";
    }
    edited();
}

api::PolicyObject EdgeEditor::build() const {
    return api::MeshEdge{
        source_.trimmed().toStdString(),
        target_.trimmed().toStdString(),
        static_cast<std::int32_t>(weight_.toInt()),
        attributes_};
}

void EdgeEditor::load(const api::PolicyObject* object) {
    const auto* edge = object == nullptr ? nullptr : std::get_if<api::MeshEdge>(object);
    const api::MeshEdge none;
    const api::MeshEdge& from = edge == nullptr ? none : *edge;
    source_ = QString::fromStdString(from.source);
    target_ = QString::fromStdString(from.target);
    weight_ = QString::number(from.weight);
    attributes_ = from.attributes;
}

void EdgeEditor::check(QVariantMap& problems, bool missing) const {
    const auto end = [&](const char* field, const QString& id) {
        const bool shown = missing || !id.trimmed().isEmpty();
        const QString problem = shown ? nameProblem(id.trimmed()) : QString();
        if (!problem.isEmpty()) {
            problems.insert(QLatin1String(field), problem);
        }
    };
    end("source", source_);
    end("target", target_);
    if (!source_.trimmed().isEmpty() && source_.trimmed() == target_.trimmed()) {
        problems.insert(QStringLiteral("target"), tr("An edge connects two different members."));
    }
    bool isNumber = false;
    const int weight = weight_.toInt(&isNumber);
    if (!isNumber || weight < 0) {
        problems.insert(QStringLiteral("weight"), tr("A whole number, 0 or more."));
    }
}

}  // namespace weft::viewmodels
