// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/access/policy_model.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/access/policy_diff.h"
#include "ui/viewmodels/access/policy_words.h"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

namespace weft::viewmodels {
namespace {

QString hex(const std::string& name) {
    return QString::fromLatin1(QByteArray::fromStdString(name).toHex());
}

std::string unhex(const QString& text) {
    return QByteArray::fromHex(text.toLatin1()).toStdString();
}

QString priorityText(std::int32_t priority) {
    using Limits = std::numeric_limits<std::int32_t>;
    return priority == Limits::max()   ? PolicyModel::tr("first", "of all rules")
           : priority == Limits::min() ? PolicyModel::tr("last", "of all rules")
                                       : QString::number(priority);
}

}  // namespace

QString toPolicyKey(const api::ObjectRef& ref) {
    return ref.kind == api::PolicyKind::Edge ? hex(ref.name) + QLatin1Char('-') + hex(ref.target)
                                             : hex(ref.name);
}

api::ObjectRef fromPolicyKey(api::PolicyKind kind, const QString& key) {
    return {
        kind,
        unhex(key.section(QLatin1Char('-'), 0, 0)),
        unhex(key.section(QLatin1Char('-'), 1, 1)),
    };
}

PolicyModel::PolicyModel(api::PolicyKind kind, QObject* parent)
    : QAbstractListModel(parent), kind_(kind) {}

int PolicyModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

QVariant PolicyModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Row& row = rows_.at(static_cast<std::size_t>(index.row()));
    switch (role) {
    case KeyRole:
        return row.key;
    case TitleRole:
        return row.title;
    case DetailRole:
        return row.detail;
    case LeadRole:
        return row.lead;
    case BadgeRole:
        return row.badge;
    case ToneRole:
        return QVariant::fromValue(row.tone);
    case LockedRole:
        return row.locked;
    case MarkRole:
        return row.mark;
    case MarkToneRole:
        return QVariant::fromValue(row.markTone);
    default:
        return {};
    }
}

QHash<int, QByteArray> PolicyModel::roleNames() const {
    return {
        {KeyRole, "key"},
        {TitleRole, "title"},
        {DetailRole, "detail"},
        {LeadRole, "lead"},
        {BadgeRole, "badge"},
        {ToneRole, "tone"},
        {LockedRole, "locked"},
        {MarkRole, "mark"},
        {MarkToneRole, "markTone"},
    };
}

void PolicyModel::setSearchText(const QString& text) {
    if (text != search_) {
        search_ = text;
        Q_EMIT searchTextChanged();
        applySearch();
    }
}

void PolicyModel::setState(
    const api::PolicyState& state, const std::vector<api::PolicyEdit>& draft) {
    Edits edits;
    for (const api::PolicyEdit& edit : draft) {
        if (edit.ref.kind == kind_) {
            edits.insert(identityOf(edit.ref), &edit);
        }
    }
    std::vector<Sorted> found;
    for (const api::StoredObject& stored : state.objects) {
        if (api::kindOf(stored.object) == kind_) {
            const auto* edit = edits.take(identityOf(api::refOf(stored.object)));
            found.push_back(sorted(stored.object, stored.isSystem, edit));
        }
    }
    for (const api::PolicyEdit* edit : std::as_const(edits)) {
        if (edit->after) {
            found.push_back(sorted(*edit->after, false, edit));
        }
    }
    if (edits.isEmpty()) {
        // The state is sorted by name, which stays the order among equals.
        std::ranges::stable_sort(found, {}, &Sorted::first);
    } else {
        std::ranges::stable_sort(found, [](const Sorted& one, const Sorted& other) {
            return std::tie(one.first, one.second.title)
                   < std::tie(other.first, other.second.title);
        });
    }
    all_.clear();
    all_.reserve(found.size());
    for (auto& each : found) {
        all_.push_back(std::move(each.second));
    }
    applySearch();
    Q_EMIT countChanged();
}

PolicyModel::Sorted PolicyModel::sorted(
    const api::PolicyObject& object, bool isSystem, const api::PolicyEdit* edit) const {
    const bool isChanged = edit != nullptr && edit->after;
    const api::PolicyObject& shown = isChanged ? *edit->after : object;
    const auto* acl = std::get_if<api::NetworkAcl>(&shown);
    Sorted made{acl != nullptr ? -std::int64_t{acl->priority} : 0, makeRow(shown, isSystem)};
    if (edit != nullptr) {
        made.second.mark = !isChanged     ? tr("Removed by the draft")
                           : edit->before ? tr("Changed in the draft")
                                          : tr("New in the draft");
        made.second.markTone = editTone(edit->before.has_value(), isChanged);
    }
    return made;
}

int PolicyModel::rowOf(const QString& key) const {
    const auto found = std::ranges::find(rows_, key, &Row::key);
    return found == rows_.end() ? -1 : static_cast<int>(found - rows_.begin());
}

PolicyModel::Row PolicyModel::makeRow(const api::PolicyObject& object, bool isSystem) const {
    const api::ObjectRef ref = api::refOf(object);
    Row row;
    row.key = toPolicyKey(ref);
    row.title = bridge::shown(ref.name);
    row.locked = isSystem;
    fill(row, object);
    row.haystack =
        (row.title + QLatin1Char(' ') + row.detail + QLatin1Char(' ') + row.badge).toLower();
    return row;
}

void PolicyModel::fill(Row& row, const api::PolicyObject& object) const {
    const auto subjects = [](const std::vector<api::Subject>& all) {
        QStringList texts;
        for (const api::Subject& subject : all) {
            texts.append(subjectText(subject));
        }
        return enumerated(texts);
    };
    if (const auto* acl = std::get_if<api::NetworkAcl>(&object)) {
        const bool accepts = acl->action == api::AclAction::Accept;
        row.lead = priorityText(acl->priority);
        row.detail = sentenceOf(*acl);
        row.badge = actionWord(acl->action);
        row.tone = accepts ? look::Tone::Ok : look::Tone::Error;
    } else if (const auto* group = std::get_if<api::Group>(&object)) {
        row.detail = group->subjects.empty() ? tr("Nobody is in it") : subjects(group->subjects);
        row.badge = QString::number(group->subjects.size());
    } else if (const auto* role = std::get_if<api::Role>(&object)) {
        QStringList rights;
        for (const api::RoleRule& rule : role->rules) {
            rights.append(sentenceOf(rule));
        }
        row.detail = rights.isEmpty() ? tr("It gives no right") : rights.join(QStringLiteral("; "));
    } else if (const auto* binding = std::get_if<api::RoleBinding>(&object)) {
        row.detail = tr("%1 for %2", "a role for somebody")
                         .arg(bridge::shown(binding->role), subjects(binding->subjects));
    } else if (const auto* route = std::get_if<api::Route>(&object)) {
        row.detail =
            tr("%1 behind %2", "networks behind a member")
                .arg(enumerated(shownNames(route->destinationCidrs)), bridge::shown(route->node));
    } else if (const auto* edge = std::get_if<api::MeshEdge>(&object)) {
        const bool ice = edge->attributes.contains(api::kEdgeAttributeIce);
        const bool libp2p = edge->attributes.contains(api::kEdgeAttributeLibp2p);
        row.title = tr("%1 – %2", "the two ends of an edge")
                        .arg(bridge::shown(edge->source), bridge::shown(edge->target));
        row.detail = tr("Weight %1").arg(edge->weight);
        row.badge = ice ? QStringLiteral("ICE") : libp2p ? QStringLiteral("libp2p") : QString();
    }
}

void PolicyModel::applySearch() {
    const QString wanted = search_.trimmed().toLower();
    std::vector<Row> rows;
    rows.reserve(all_.size());
    std::ranges::copy_if(all_, std::back_inserter(rows), [&wanted](const Row& row) {
        return wanted.isEmpty() || row.haystack.contains(wanted);
    });
    const auto before = rows_.size();
    show(std::move(rows));
    if (before != rows_.size()) {
        Q_EMIT countChanged();
    }
}

void PolicyModel::show(std::vector<Row> rows) {
    const std::size_t shorter = std::min(rows.size(), rows_.size());
    std::size_t head = 0;
    while (head < shorter && rows[head].key == rows_[head].key) {
        ++head;
    }
    std::size_t tail = 0;
    while (tail < shorter - head
           && rows[rows.size() - 1 - tail].key == rows_[rows_.size() - 1 - tail].key) {
        ++tail;
    }
    const auto first = static_cast<int>(head);
    const auto at = [](std::vector<Row>& list, std::size_t index) {
        return list.begin() + static_cast<std::ptrdiff_t>(index);
    };
    if (rows_.size() > head + tail) {
        beginRemoveRows({}, first, static_cast<int>(rows_.size() - tail) - 1);
        rows_.erase(at(rows_, head), at(rows_, rows_.size() - tail));
        endRemoveRows();
    }
    if (rows.size() > head + tail) {
        beginInsertRows({}, first, static_cast<int>(rows.size() - tail) - 1);
        rows_.insert(at(rows_, head), at(rows, head), at(rows, rows.size() - tail));
        endInsertRows();
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (!(rows_[i] == rows[i])) {
            rows_[i] = std::move(rows[i]);
            const QModelIndex changed = index(static_cast<int>(i));
            Q_EMIT dataChanged(changed, changed);
        }
    }
}

}  // namespace weft::viewmodels
