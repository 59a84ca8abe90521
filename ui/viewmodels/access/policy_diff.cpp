// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/access/policy_diff.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/access/policy_model.h"
#include "ui/viewmodels/access/policy_words.h"

#include <QCoreApplication>
#include <QVariantMap>

#include <algorithm>
#include <utility>

namespace weft::viewmodels {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Changes)
};

std::vector<Fact> factsOfSide(const std::optional<api::PolicyObject>& side) {
    return side ? factsOf(*side) : std::vector<Fact>();
}

QString valueAt(const std::vector<Fact>& facts, std::size_t row) {
    return row < facts.size() ? facts[row].value : QString();
}

}  // namespace

QString kindWord(api::PolicyKind kind) {
    switch (kind) {
    case api::PolicyKind::Role:
        return Words::tr("Role");
    case api::PolicyKind::RoleBinding:
        return Words::tr("Binding");
    case api::PolicyKind::Group:
        return Words::tr("Group");
    case api::PolicyKind::NetworkAcl:
        return Words::tr("Rule");
    case api::PolicyKind::Route:
        return Words::tr("Route");
    case api::PolicyKind::Edge:
        break;
    }
    return Words::tr("Edge");
}

QString kindHeading(api::PolicyKind kind) {
    switch (kind) {
    case api::PolicyKind::Role:
        return Words::tr("Roles");
    case api::PolicyKind::RoleBinding:
        return Words::tr("Bindings");
    case api::PolicyKind::Group:
        return Words::tr("Groups");
    case api::PolicyKind::NetworkAcl:
        return Words::tr("Rules");
    case api::PolicyKind::Route:
        return Words::tr("Routes");
    case api::PolicyKind::Edge:
        break;
    }
    return Words::tr("Edges");
}

QString objectTitle(const api::ObjectRef& ref) {
    return ref.target.empty() ? bridge::shown(ref.name)
                              : Words::tr("%1 – %2", "the two ends of an edge")
                                    .arg(bridge::shown(ref.name), bridge::shown(ref.target));
}

QString objectText(const api::ObjectRef& ref) {
    return Words::tr("%1 %2", "kind of an object, its name")
        .arg(kindWord(ref.kind), objectTitle(ref));
}

QString toObjectKey(const api::ObjectRef& ref) {
    return QString::number(static_cast<int>(ref.kind)) + QLatin1Char(':') + toPolicyKey(ref);
}

api::ObjectRef fromObjectKey(const QString& key) {
    constexpr int kLast = static_cast<int>(api::PolicyKind::Edge);
    const int kind = key.section(QLatin1Char(':'), 0, 0).toInt();
    return fromPolicyKey(
        static_cast<api::PolicyKind>(std::clamp(kind, 0, kLast)), key.section(QLatin1Char(':'), 1));
}

QString identityOf(const api::ObjectRef& ref) {
    api::ObjectRef sorted = ref;
    if (ref.kind == api::PolicyKind::Edge && sorted.target < sorted.name) {
        std::swap(sorted.name, sorted.target);
    }
    return toObjectKey(sorted);
}

QString editWord(bool before, bool after) {
    return !after    ? Words::tr("Removed", "an object in a draft or change")
           : !before ? Words::tr("New", "an object in a draft or change")
                     : Words::tr("Changed", "an object in a draft or change");
}

look::Tone editTone(bool before, bool after) {
    return !after ? look::Tone::Error : !before ? look::Tone::Ok : look::Tone::Accent;
}

QVariantList fieldChanges(
    const std::optional<api::PolicyObject>& before, const std::optional<api::PolicyObject>& after) {
    const std::vector<Fact> old = factsOfSide(before);
    const std::vector<Fact> now = factsOfSide(after);
    QVariantList fields;
    for (std::size_t row = 0; row < std::max(old.size(), now.size()); ++row) {
        const QString was = valueAt(old, row);
        const QString is = valueAt(now, row);
        // Of something new or removed only what it has is worth a line.
        const bool isSilent =
            old.empty() ? saysNothing(now[row]) : now.empty() && saysNothing(old[row]);
        if (was != is && !isSilent) {
            fields.append(QVariantMap{
                {QStringLiteral("label"), (old.empty() ? now : old)[row].label},
                {QStringLiteral("before"), was},
                {QStringLiteral("after"), is}});
        }
    }
    return fields;
}

QVariantList threeSides(
    const std::optional<api::PolicyObject>& base,
    const std::optional<api::PolicyObject>& mine,
    const std::optional<api::PolicyObject>& theirs) {
    const std::vector<Fact> first = factsOfSide(base);
    const std::vector<Fact> second = factsOfSide(mine);
    const std::vector<Fact> third = factsOfSide(theirs);
    const auto& labels = !first.empty() ? first : !second.empty() ? second : third;
    QVariantList fields;
    for (std::size_t row = 0; row < labels.size(); ++row) {
        const bool differs = (mine && theirs) && valueAt(second, row) != valueAt(third, row);
        fields.append(QVariantMap{
            {QStringLiteral("label"), labels[row].label},
            {QStringLiteral("base"), valueAt(first, row)},
            {QStringLiteral("mine"), valueAt(second, row)},
            {QStringLiteral("theirs"), valueAt(third, row)},
            {QStringLiteral("differs"), differs}});
    }
    return fields;
}

}  // namespace weft::viewmodels
