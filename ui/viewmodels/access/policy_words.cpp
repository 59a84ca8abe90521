// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/access/policy_words.h"

#include "core/net/network.h"
#include "ui/bridge/text.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <utility>

namespace weft::viewmodels {
namespace {

constexpr qsizetype kMostNameBytes = 63;
constexpr std::string_view kForbidden = "/\\:*?\"'<>|, ";
constexpr std::string_view kGroupPrefix = "group:";

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Access)
};

QString everyoneOr(const std::vector<std::string>& nodes) {
    const bool all = nodes.empty() || std::ranges::find(nodes, "*") != nodes.end();
    return all ? Words::tr("everybody") : enumerated(shownNames(nodes));
}

QString listOf(const std::vector<std::string>& names) {
    return names.empty() ? Words::tr("none") : shownNames(names).join(QStringLiteral(", "));
}

QString listOf(const std::vector<api::Subject>& subjects) {
    QStringList texts;
    for (const api::Subject& subject : subjects) {
        texts.append(subjectText(subject));
    }
    return texts.isEmpty() ? Words::tr("none") : texts.join(QStringLiteral(", "));
}

QString listOf(const std::vector<api::RoleRule>& rules) {
    QStringList texts;
    for (const api::RoleRule& rule : rules) {
        texts.append(sentenceOf(rule));
    }
    return texts.isEmpty() ? Words::tr("none") : texts.join(QStringLiteral("; "));
}

std::vector<Fact> partsOf(const api::Role& role) {
    return {{Words::tr("Rights"), listOf(role.rules)}};
}

std::vector<Fact> partsOf(const api::RoleBinding& binding) {
    return {
        {Words::tr("Role"), bridge::shown(binding.role)},
        {Words::tr("Given to"), listOf(binding.subjects)},
    };
}

std::vector<Fact> partsOf(const api::Group& group) {
    return {{Words::tr("Members"), listOf(group.subjects)}};
}

std::vector<Fact> partsOf(const api::NetworkAcl& acl) {
    return {
        {Words::tr("Action"), actionWord(acl.action)},
        {Words::tr("Priority"), QString::number(acl.priority)},
        {Words::tr("From"), everyoneOr(acl.sourceNodes)},
        {Words::tr("To"), everyoneOr(acl.destinationNodes)},
        {Words::tr("From networks"), listOf(acl.sourceCidrs)},
        {Words::tr("To networks"), listOf(acl.destinationCidrs)},
    };
}

std::vector<Fact> partsOf(const api::Route& route) {
    return {
        {Words::tr("Member"), bridge::shown(route.node)},
        {Words::tr("Networks"), listOf(route.destinationCidrs)},
        {Words::tr("Next hop"), bridge::shown(route.nextHopNode)},
    };
}

std::vector<Fact> partsOf(const api::MeshEdge& edge) {
    QStringList attributes;
    for (const auto& [name, value] : edge.attributes) {
        attributes.append(QStringLiteral("%1=%2").arg(bridge::shown(name), bridge::shown(value)));
    }
    return {
        {Words::tr("Weight"), QString::number(edge.weight)},
        {Words::tr("Attributes"), attributes.join(QStringLiteral(", "))},
    };
}

QString networksClause(const api::NetworkAcl& acl) {
    const auto limits = [](const std::vector<std::string>& networks) {
        return !networks.empty() && std::ranges::find(networks, "*") == networks.end();
    };
    QString clause;
    if (limits(acl.sourceCidrs)) {
        clause += Words::tr(" from %1").arg(enumerated(shownNames(acl.sourceCidrs)));
    }
    if (limits(acl.destinationCidrs)) {
        clause += Words::tr(" on %1").arg(enumerated(shownNames(acl.destinationCidrs)));
    }
    return clause;
}

}  // namespace

QString nameProblem(const QString& name) {
    const QByteArray bytes = name.toUtf8();
    if (bytes.isEmpty()) {
        return Words::tr("It needs a name.");
    }
    if (bytes.size() > kMostNameBytes) {
        return Words::tr("A name has at most %1 characters.").arg(kMostNameBytes);
    }
    const auto* const bad = std::ranges::find_if(bytes, [](char each) {
        return kForbidden.find(each) != std::string_view::npos
               || static_cast<unsigned char>(each) < 0x20;
    });
    if (bad == bytes.end()) {
        return {};
    }
    return *bad == ' ' ? Words::tr("A name has no spaces; use a hyphen.")
                       : Words::tr("A name has none of / \\ : * ? \" ' < > | and comma.");
}

QString networkProblem(const QString& network) {
    if (network == QLatin1String("*") || net::parseNetwork(network.toStdString()).ok()) {
        return {};
    }
    if (const auto inside = net::IpPrefix::parse(network.toStdString()); inside.ok()) {
        // As the core words it.
        return Words::tr("%1 is an address inside a network: write %2.")
            .arg(
                QString::fromStdString(inside->toString()),
                QString::fromStdString(inside->masked().toString()));
    }
    if (net::IpAddress::parse(network.toStdString()).ok()) {
        return Words::tr("%1 is one address; write %1/%2 for it alone.")
            .arg(
                network,
                network.contains(QLatin1Char(':')) ? QStringLiteral("128") : QStringLiteral("32"));
    }
    return Words::tr("%1 is no network. Networks look like 10.1.0.0/24 or fd00:1::/64.")
        .arg(bridge::shown(network.toStdString()));
}

QString nodeEntryProblem(const QString& entry) {
    if (entry == QLatin1String("*")) {
        return {};
    }
    const QString prefix =
        QString::fromLatin1(kGroupPrefix.data(), static_cast<qsizetype>(kGroupPrefix.size()));
    return nameProblem(entry.startsWith(prefix) ? entry.mid(prefix.size()) : entry);
}

QString enumerated(const QStringList& items) {
    constexpr qsizetype kMost = 3;
    if (items.size() <= 1) {
        return items.value(0);
    }
    if (items.size() <= kMost) {
        return Words::tr("%1 and %2", "an enumeration and its last item")
            .arg(items.mid(0, items.size() - 1).join(QStringLiteral(", ")), items.last());
    }
    return Words::tr("%1 and %2 more", "an enumeration and how many it leaves out")
        .arg(items.mid(0, kMost - 1).join(QStringLiteral(", ")))
        .arg(items.size() - (kMost - 1));
}

QStringList shownNames(const std::vector<std::string>& names) {
    QStringList shown;
    for (const std::string& name : names) {
        const bool group = name.starts_with(kGroupPrefix);
        shown.append(
            name == "*" ? Words::tr("everything")
            : group     ? Words::tr("group %1").arg(bridge::shown(name.substr(kGroupPrefix.size())))
                        : bridge::shown(name));
    }
    return shown;
}

QString actionWord(api::AclAction action) {
    // An action that nobody knows denies.
    return action == api::AclAction::Accept ? Words::tr("Allow") : Words::tr("Deny");
}

QString resourceName(api::PolicyResource resource) {
    switch (resource) {
    case api::PolicyResource::Votes:
        return Words::tr("Votes");
    case api::PolicyResource::Roles:
        return Words::tr("Roles");
    case api::PolicyResource::RoleBindings:
        return Words::tr("Role bindings");
    case api::PolicyResource::Groups:
        return Words::tr("Groups");
    case api::PolicyResource::NetworkAcls:
        return Words::tr("Access rules");
    case api::PolicyResource::Routes:
        return Words::tr("Routes");
    case api::PolicyResource::DataChannels:
        return Words::tr("Data channels");
    case api::PolicyResource::Edges:
        return Words::tr("Edges");
    case api::PolicyResource::Observers:
        return Words::tr("Observers");
    case api::PolicyResource::PubSub:
        return Words::tr("Shared keys");
    case api::PolicyResource::All:
        return Words::tr("Everything");
    case api::PolicyResource::Unknown:
        break;
    }
    return Words::tr("Unknown");
}

QString verbName(api::PolicyVerb verb) {
    switch (verb) {
    case api::PolicyVerb::Put:
        return Words::tr("Change");
    case api::PolicyVerb::Get:
        return Words::tr("Read");
    case api::PolicyVerb::Delete:
        return Words::tr("Delete");
    case api::PolicyVerb::All:
        return Words::tr("Do everything");
    case api::PolicyVerb::Unknown:
        break;
    }
    return Words::tr("Unknown");
}

QString sentenceOf(const api::RoleRule& rule) {
    QStringList verbs;
    for (const api::PolicyVerb verb : rule.verbs) {
        verbs.append(verbName(verb));
    }
    QStringList resources;
    for (const api::PolicyResource resource : rule.resources) {
        resources.append(resourceName(resource));
    }
    const QString what =
        Words::tr("%1: %2", "verbs: resources").arg(enumerated(verbs), enumerated(resources));
    const bool named = !rule.resourceNames.empty()
                       && std::ranges::find(rule.resourceNames, "*") == rule.resourceNames.end();
    return named ? Words::tr("%1, only %2").arg(what, enumerated(shownNames(rule.resourceNames)))
                 : what;
}

QString sentenceOf(const api::NetworkAcl& acl) {
    const QString from = everyoneOr(acl.sourceNodes);
    const QString to = everyoneOr(acl.destinationNodes) + networksClause(acl);
    return acl.action == api::AclAction::Accept
               ? Words::tr("Let %1 reach %2").arg(from, to)
               : Words::tr("Keep %1 from reaching %2").arg(from, to);
}

QString subjectText(const api::Subject& subject) {
    if (subject.name == "*") {
        return Words::tr("everybody");
    }
    switch (subject.kind) {
    case api::SubjectKind::Group:
        return Words::tr("group %1").arg(bridge::shown(subject.name));
    case api::SubjectKind::User:
        return Words::tr("user %1").arg(bridge::shown(subject.name));
    default:
        return bridge::shown(subject.name);
    }
}

std::vector<Fact> factsOf(const api::PolicyObject& object) {
    return std::visit([](const auto& known) { return partsOf(known); }, object);
}

bool saysNothing(const Fact& fact) {
    return fact.value.isEmpty() || fact.value == Words::tr("none");
}

QStringList differences(const api::PolicyObject& mine, const api::PolicyObject& theirs) {
    const std::vector<Fact> before = factsOf(mine);
    const std::vector<Fact> now = factsOf(theirs);
    QStringList lines;
    for (std::size_t i = 0; i < std::min(before.size(), now.size()); ++i) {
        if (before[i].value != now[i].value) {
            lines.append(Words::tr("%1: %2 there, %3 here", "field: their value, my value")
                             .arg(now[i].label, now[i].value, before[i].value));
        }
    }
    return lines;
}

}  // namespace weft::viewmodels
