// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/changes/lint_model.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/access/policy_diff.h"
#include "ui/viewmodels/look.h"
#include "ui/viewmodels/words.h"

#include <algorithm>

namespace weft::viewmodels {
namespace {

QString wordOf(api::LintSeverity severity) {
    return severity == api::LintSeverity::Error     ? LintModel::tr("Error")
           : severity == api::LintSeverity::Warning ? LintModel::tr("Warning")
                                                    : LintModel::tr("Hint");
}

look::Tone toneOf(api::LintSeverity severity) {
    return severity == api::LintSeverity::Error     ? look::Tone::Error
           : severity == api::LintSeverity::Warning ? look::Tone::Warn
                                                    : look::Tone::Neutral;
}

}  // namespace

void LintModel::setFindings(const std::vector<api::LintFinding>& findings) {
    std::vector<LintRow> rows;
    rows.reserve(std::min(findings.size(), kMost));
    for (std::size_t i = 0; i < std::min(findings.size(), kMost); ++i) {
        const auto& finding = findings[i];
        rows.push_back(
            {QString::fromStdString(finding.code) + QLatin1Char(' ') + toObjectKey(finding.ref),
             finding});
    }
    if (show(std::move(rows))) {
        Q_EMIT countChanged();
    }
}

const api::LintFinding* LintModel::findingAt(int row) const {
    return row >= 0 && row < count() ? &rows().at(static_cast<std::size_t>(row)).finding : nullptr;
}

QVariant LintModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const api::LintFinding& finding = at(index).finding;
    switch (role) {
    case TextRole:
        return asSentence(bridge::shownLong(finding.text));
    case TitleRole:
        return finding.ref.name.empty() ? QString() : objectText(finding.ref);
    case WordRole:
        return wordOf(finding.severity);
    case ToneRole:
        return QVariant::fromValue(toneOf(finding.severity));
    case FixRole:
        return finding.fix.empty() ? QString() : bridge::shownLong(finding.fixText);
    default:
        return {};
    }
}

QHash<int, QByteArray> LintModel::roleNames() const {
    return {
        {TextRole, "text"},
        {TitleRole, "title"},
        {WordRole, "word"},
        {ToneRole, "tone"},
        {FixRole, "fix"},
    };
}

}  // namespace weft::viewmodels
