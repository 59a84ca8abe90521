// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/changes/edit_model.h"

#include "ui/viewmodels/access/policy_diff.h"

#include <algorithm>
#include <array>

namespace weft::viewmodels {
namespace {

/// As the page Access has them, then the routes.
std::size_t placeOf(api::PolicyKind kind) {
    using api::PolicyKind;
    constexpr std::array kOrder{
        PolicyKind::NetworkAcl,
        PolicyKind::Group,
        PolicyKind::Role,
        PolicyKind::RoleBinding,
        PolicyKind::Edge,
        PolicyKind::Route};
    const auto* const found = std::ranges::find(kOrder, kind);
    return static_cast<std::size_t>(found - kOrder.begin());
}

}  // namespace

void EditModel::setEdits(const std::vector<api::PolicyEdit>& edits) {
    std::vector<EditRow> rows;
    rows.reserve(edits.size());
    for (const api::PolicyEdit& edit : edits) {
        rows.push_back({toObjectKey(edit.ref), edit});
    }
    std::ranges::stable_sort(
        rows, {}, [](const EditRow& row) { return placeOf(row.edit.ref.kind); });
    if (show(std::move(rows))) {
        Q_EMIT countChanged();
    }
}

QVariant EditModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const EditRow& row = at(index);
    const bool before = row.edit.before.has_value();
    const bool after = row.edit.after.has_value();
    switch (role) {
    case KeyRole:
        return row.key;
    case GroupRole:
        return kindHeading(row.edit.ref.kind);
    case TitleRole:
        return objectTitle(row.edit.ref);
    case WordRole:
        return editWord(before, after);
    case ToneRole:
        return QVariant::fromValue(editTone(before, after));
    case FieldsRole:
        return fieldChanges(row.edit.before, row.edit.after);
    default:
        return {};
    }
}

QHash<int, QByteArray> EditModel::roleNames() const {
    return {
        {KeyRole, "key"},
        {GroupRole, "group"},
        {TitleRole, "title"},
        {WordRole, "word"},
        {ToneRole, "tone"},
        {FieldsRole, "fields"},
    };
}

}  // namespace weft::viewmodels
