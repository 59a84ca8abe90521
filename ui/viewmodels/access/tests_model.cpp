// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/access/tests_model.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/access/policy_model.h"
#include "ui/viewmodels/access/test_words.h"
#include "ui/viewmodels/words.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace weft::viewmodels {
namespace {

using Results = std::vector<api::PolicyTestResult>;
using ByName = std::map<std::string_view, const api::PolicyTestResult*>;

ByName byName(const Results& results) {
    ByName found;
    for (const api::PolicyTestResult& result : results) {
        found.emplace(result.name, &result);
    }
    return found;
}

TestOutcome outcomeOf(const ByName& results, const std::string& name) {
    const auto found = results.find(name);
    if (found == results.end()) {
        return {TestsModel::tr("Not run"), look::Tone::Neutral, {}};
    }
    const api::PolicyTestResult& result = *found->second;
    return {
        result.passed ? TestsModel::tr("Passes") : TestsModel::tr("Fails"),
        result.passed ? look::Tone::Ok : look::Tone::Error,
        asSentence(bridge::shownLong(result.text))};
}

}  // namespace

const api::PolicyTestResult* resultOf(const Results& results, const std::string& name) {
    const auto found = std::ranges::find(results, name, &api::PolicyTestResult::name);
    return found == results.end() ? nullptr : &*found;
}

QVariant TestsModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const TestRow& row = at(index);
    switch (role) {
    case KeyRole:
        return row.key;
    case TitleRole:
        return row.title;
    case SentenceRole:
        return row.sentence;
    case WordRole:
        return row.live.word;
    case ToneRole:
        return QVariant::fromValue(row.live.tone);
    case TextRole:
        return row.live.text;
    case DraftWordRole:
        return row.draft.word;
    case DraftToneRole:
        return QVariant::fromValue(row.draft.tone);
    case DraftTextRole:
        return row.draft.text;
    default:
        return {};
    }
}

QHash<int, QByteArray> TestsModel::roleNames() const {
    return {
        {KeyRole, "key"},
        {TitleRole, "title"},
        {SentenceRole, "sentence"},
        {WordRole, "word"},
        {ToneRole, "tone"},
        {TextRole, "liveText"},
        {DraftWordRole, "draftWord"},
        {DraftToneRole, "draftTone"},
        {DraftTextRole, "draftText"},
    };
}

void TestsModel::setTests(
    const std::vector<api::PolicyTest>& tests, const Results& live, const Results& draft) {
    const ByName liveResults = byName(live);
    const ByName draftResults = byName(draft);
    std::vector<TestRow> rows;
    rows.reserve(tests.size());
    for (const api::PolicyTest& test : tests) {
        TestRow row;
        // As objects of the policy: a name need not be text.
        row.key = toPolicyKey({api::PolicyKind::NetworkAcl, test.name, {}});
        row.title = bridge::shown(test.name);
        row.sentence = sentenceOf(test);
        row.live = outcomeOf(liveResults, test.name);
        row.draft = draft.empty() ? TestOutcome() : outcomeOf(draftResults, test.name);
        rows.push_back(std::move(row));
    }
    if (show(std::move(rows))) {
        Q_EMIT countChanged();
    }
}

QString TestsModel::keyAt(int row) const {
    return row >= 0 && row < count() ? rows().at(static_cast<std::size_t>(row)).key : QString();
}

}  // namespace weft::viewmodels
