// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/access/policy_tests_view_model.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/access/test_words.h"
#include "ui/viewmodels/changes/review_words.h"
#include "ui/viewmodels/command_line.h"
#include "ui/viewmodels/words.h"

#include <algorithm>
#include <utility>

namespace weft::viewmodels {
namespace {

bool anyFails(const std::vector<api::PolicyTestResult>& results) {
    return !std::ranges::all_of(results, &api::PolicyTestResult::passed);
}

}  // namespace

PolicyTestsViewModel::PolicyTestsViewModel(
    bridge::Bridge& bridge, DraftDesk& desk, const base::Clock& clock, QObject* parent)
    : QObject(parent), bridge_(bridge), desk_(desk), clock_(clock), editor_(bridge) {
    pause_.setSingleShot(true);
    pause_.setInterval(kPause);
    connect(&pause_, &QTimer::timeout, this, &PolicyTestsViewModel::askNow);
    connect(&bridge_, &bridge::Bridge::policyChanged, this, &PolicyTestsViewModel::touch);
    connect(&desk_, &DraftDesk::changed, this, [this] {
        if (std::exchange(draftNumber_, desk_.draft().number) != desk_.draft().number) {
            touch();
        }
    });
    connect(&editor_, &TestEditor::written, this, &PolicyTestsViewModel::takeWritten);
    connect(&editor_, &TestEditor::done, this, &PolicyTestsViewModel::done);
    connect(&editor_, &TestEditor::changed, this, &PolicyTestsViewModel::takeEditor);
}

QString PolicyTestsViewModel::summary() const {
    return results_.empty() ? QString() : viewmodels::testSummary(results_);
}

QString PolicyTestsViewModel::draftSummary() const {
    return draftResults_.empty() ? QString() : viewmodels::testSummary(draftResults_);
}

bool PolicyTestsViewModel::fails() const {
    return anyFails(results_);
}

bool PolicyTestsViewModel::draftFails() const {
    return anyFails(draftResults_);
}

QString PolicyTestsViewModel::figuresText() const {
    return standing_.figures ? viewmodels::figuresText(*standing_.figures, clock_.wallNow())
                             : QString();
}

QString PolicyTestsViewModel::command() const {
    QStringList words{QStringLiteral("policy"), QStringLiteral("test")};
    if (withDraft()) {
        words.append(QStringLiteral("--draft"));
    }
    words.append({QStringLiteral("--profile"), QString::fromStdString(profile_.value())});
    return commandLine(words);
}

void PolicyTestsViewModel::setMesh(const api::ProfileId& profile) {
    if (profile == profile_) {
        return;
    }
    profile_ = profile;
    clear();
    editor_.setMesh(profile);
    follow();
    Q_EMIT changed();
}

void PolicyTestsViewModel::clear() {
    ++number_;
    ++reasonsNumber_;
    waiting_ = 0;
    pause_.stop();
    stale_ = true;
    known_ = false;
    available_ = true;
    error_.clear();
    kept_ = {};
    results_.clear();
    draftResults_.clear();
    reasonsOf_.clear();
    reasons_.setNotes({});
    draftReasons_.setNotes({});
    showRows();
}

void PolicyTestsViewModel::setStanding(const TestsStanding& standing) {
    if (standing == standing_) {
        return;
    }
    const TestsStanding before = std::exchange(standing_, standing);
    editor_.setLocked(standing_.locked);
    // The daemon runs them whenever the mesh has changed for them.
    if (before.figures != standing_.figures || (standing_.inMesh && !before.inMesh)) {
        touch();
    }
    Q_EMIT changed();
}

void PolicyTestsViewModel::refreshAges() {
    if (standing_.figures) {
        Q_EMIT changed();
    }
}

void PolicyTestsViewModel::show(bool shown) {
    shown_ = shown;
    follow();
}

void PolicyTestsViewModel::follow() {
    if (shown_ && standing_.inMesh && stale_ && !pause_.isActive()) {
        touch();
    }
}

void PolicyTestsViewModel::touch() {
    stale_ = true;
    if (shown_ && standing_.inMesh) {
        pause_.start();
        Q_EMIT changed();
    }
}

void PolicyTestsViewModel::askNow() {
    pause_.stop();
    stale_ = false;
    const std::uint64_t number = ++number_;
    waiting_ = 1;
    const auto take = [this, number](const StatusOr<api::KeptPolicyTests>& kept) {
        if (number == number_) {
            takeKept(kept, number);
        }
    };
    bridge_.controller().changes().policyTests(
        profile_, bridge_.deliver<api::KeptPolicyTests>(this, take));
    Q_EMIT changed();
}

void PolicyTestsViewModel::takeKept(
    const StatusOr<api::KeptPolicyTests>& kept, std::uint64_t number) {
    --waiting_;
    if (!kept.ok()) {
        available_ = kept.status().code() != StatusCode::kUnimplemented;
        error_ = available_ ? errorSentence(tr("The tests could not be read"), kept.status())
                            : QString();
        Q_EMIT changed();
        return;
    }
    known_ = true;
    available_ = true;
    error_.clear();
    kept_ = *kept;
    editor_.setKept(kept_);
    runAll(number);
}

void PolicyTestsViewModel::takeWritten(const api::KeptPolicyTests& kept) {
    kept_ = kept;
    error_.clear();
    // Before any result: the list is as it was written.
    waiting_ = 0;
    runAll(++number_);
}

void PolicyTestsViewModel::runAll(std::uint64_t number) {
    if (kept_.tests.empty()) {
        results_.clear();
        draftResults_.clear();
    } else {
        run(api::LiveRules{}, number, results_);
        if (desk_.draft().edits.empty()) {
            draftResults_.clear();
        } else {
            run(api::DraftRules{}, number, draftResults_);
        }
    }
    showRows();
    Q_EMIT changed();
}

void PolicyTestsViewModel::run(
    const api::PlanSubject& subject, std::uint64_t number, Results& results) {
    ++waiting_;
    const auto take = [this, number, &results](const StatusOr<Results>& answer) {
        if (number == number_) {
            takeResults(answer, results);
        }
    };
    bridge_.controller().planning().test(
        profile_, subject, kept_.tests, bridge_.deliver<Results>(this, take));
}

void PolicyTestsViewModel::takeResults(const StatusOr<Results>& answer, Results& results) {
    --waiting_;
    if (answer.ok()) {
        results = *answer;
    } else {
        results.clear();
        error_ = errorSentence(tr("The tests could not be run"), answer.status());
    }
    showRows();
    askReasons();
    Q_EMIT changed();
}

void PolicyTestsViewModel::showRows() {
    tests_.setTests(kept_.tests, results_, draftResults_);
}

void PolicyTestsViewModel::takeEditor() {
    if (editor_.key() != reasonsOf_) {
        askReasons();
    }
}

void PolicyTestsViewModel::askReasons() {
    ++reasonsNumber_;
    reasonsOf_ = editor_.key();
    askReason(api::LiveRules{}, results_, reasons_);
    askReason(api::DraftRules{}, draftResults_, draftReasons_);
}

void PolicyTestsViewModel::askReason(
    const api::PlanSubject& subject, const Results& results, NoteModel& notes) {
    const auto& test = editor_.original();
    const api::PolicyTestResult* result = test ? resultOf(results, test->name) : nullptr;
    if (result == nullptr || result->passed) {
        notes.setNotes({});
        return;
    }
    std::vector<Note> noted;
    noted.push_back(
        {tr("What was found"),
         asSentence(bridge::shownLong(result->text)),
         tr("Fails"),
         look::Tone::Error});
    notes.setNotes(noted);
    askPair(subject, result->offending, noted, notes);
}

void PolicyTestsViewModel::askPair(
    const api::PlanSubject& subject,
    std::vector<api::NodePair> pairs,
    const std::vector<Note>& noted,
    NoteModel& notes) {
    if (pairs.empty()) {
        return;
    }
    const api::NodePair pair = pairs.front();
    pairs.erase(pairs.begin());
    const auto take = [this, subject, pairs, noted, pair, &notes, number = reasonsNumber_](
                          const StatusOr<api::AccessExplanation>& answer) {
        if (number != reasonsNumber_) {
            return;
        }
        std::vector<Note> more = noted;
        more.push_back(
            {tr("%1 to %2").arg(bridge::shown(pair.first), bridge::shown(pair.second)),
             answer.ok() ? asSentence(decidingText(*answer))
                         : errorSentence(tr("The rules could not be asked"), answer.status()),
             {},
             look::Tone::Neutral});
        notes.setNotes(more);
        askPair(subject, pairs, more, notes);
    };
    bridge_.controller().planning().explain(
        profile_,
        subject,
        pair.first,
        pair.second,
        bridge_.deliver<api::AccessExplanation>(this, take));
}

}  // namespace weft::viewmodels
