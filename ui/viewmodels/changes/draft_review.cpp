// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/changes/draft_review.h"

#include "ui/viewmodels/changes/review_words.h"
#include "ui/viewmodels/words.h"

#include <algorithm>
#include <limits>

namespace weft::viewmodels {
namespace {

using Results = std::vector<api::PolicyTestResult>;

/// The review, the linter, and the tests.
constexpr int kQuestions = 3;

}  // namespace

DraftReview::DraftReview(bridge::Bridge& bridge, QObject* parent)
    : QObject(parent), bridge_(bridge) {
    pause_.setSingleShot(true);
    pause_.setInterval(kPause);
    connect(&pause_, &QTimer::timeout, this, &DraftReview::askNow);
}

void DraftReview::setMesh(const api::ProfileId& profile) {
    if (profile != profile_) {
        profile_ = profile;
        clear();
        Q_EMIT changed();
    }
}

void DraftReview::clear() {
    ++number_;
    waiting_ = 0;
    pause_.stop();
    stale_ = true;
    known_ = false;
    testsFail_ = false;
    error_.clear();
    conflicts_.clear();
    for (QString* text : {&pairSummary_, &routeSummary_, &lintSummary_, &testSummary_}) {
        text->clear();
    }
    for (NoteModel* notes : {&warnings_, &pairs_, &routes_, &nodes_, &access_, &tests_}) {
        notes->setNotes({});
    }
    lint_.setFindings({});
}

void DraftReview::follow(bool wanted) {
    wanted_ = wanted;
    if (wanted_ && stale_ && !pause_.isActive()) {
        touch();
    }
}

void DraftReview::touch() {
    stale_ = true;
    if (wanted_) {
        pause_.start();
        Q_EMIT changed();
    }
}

void DraftReview::askNow() {
    pause_.stop();
    stale_ = false;
    const std::uint64_t number = ++number_;
    waiting_ = kQuestions;
    auto& planning = bridge_.controller().planning();
    planning.review(
        profile_,
        api::DraftRules{},
        bridge_.deliver<api::PlanReview>(
            this, [this, number](const StatusOr<api::PlanReview>& review) {
                if (arrived(number)) {
                    takeReview(review);
                }
            }));
    planning.lint(
        profile_,
        api::DraftRules{},
        bridge_.deliver<api::LintReport>(
            this, [this, number](const StatusOr<api::LintReport>& report) {
                if (arrived(number)) {
                    takeLint(report);
                }
            }));
    askTests(number);
    Q_EMIT changed();
}

void DraftReview::askTests(std::uint64_t number) {
    const auto take = [this, number](const StatusOr<Results>& results) {
        if (arrived(number)) {
            takeTests(results);
        }
    };
    const auto run = [this, number, take](const StatusOr<api::KeptPolicyTests>& kept) {
        if (number != number_) {
            return;
        }
        if (!kept.ok() || kept->tests.empty()) {
            take(kept.ok() ? StatusOr<Results>(Results{}) : StatusOr<Results>(kept.status()));
            return;
        }
        bridge_.controller().planning().test(
            profile_, api::DraftRules{}, kept->tests, bridge_.deliver<Results>(this, take));
    };
    bridge_.controller().changes().policyTests(
        profile_, bridge_.deliver<api::KeptPolicyTests>(this, run));
}

bool DraftReview::arrived(std::uint64_t number) {
    if (number != number_) {
        return false;
    }
    --waiting_;
    return true;
}

void DraftReview::takeReview(const StatusOr<api::PlanReview>& review) {
    if (!review.ok()) {
        error_ = errorSentence(tr("The draft could not be reviewed"), review.status());
        Q_EMIT changed();
        return;
    }
    error_.clear();
    known_ = true;
    conflicts_ = review->conflicts;
    const bool hasRoutes =
        review->routes.gained != 0 || review->routes.lost != 0 || review->routes.moved != 0;
    pairSummary_ = viewmodels::pairSummary(review->pairs);
    routeSummary_ = hasRoutes ? viewmodels::routeSummary(review->routes) : QString();
    warnings_.setNotes(warningNotes(*review));
    pairs_.setNotes(pairNotes(review->pairs));
    routes_.setNotes(routeNotes(review->routes));
    nodes_.setNotes(nodeNotes(*review));
    access_.setNotes(accessNotes(*review));
    Q_EMIT changed();
}

void DraftReview::takeLint(const StatusOr<api::LintReport>& report) {
    if (report.ok()) {
        lint_.setFindings(report->findings);
        constexpr std::uint64_t kMost = std::numeric_limits<int>::max();
        const int count = static_cast<int>(std::min(report->count, kMost));
        lintSummary_ = count == 0 ? tr("Nothing found") : tr("%n finding(s)", nullptr, count);
        if (!report->isComplete) {
            lintSummary_ =
                tr("%1; the mesh is so large that some checks were left out").arg(lintSummary_);
        }
    } else {
        lint_.setFindings({});
        lintSummary_ = errorSentence(tr("The rules could not be checked"), report.status());
    }
    Q_EMIT changed();
}

void DraftReview::takeTests(const StatusOr<Results>& results) {
    testsFail_ = false;
    if (results.ok()) {
        tests_.setNotes(testNotes(*results));
        testSummary_ = results->empty() ? QString() : viewmodels::testSummary(*results);
        testsFail_ = !std::ranges::all_of(*results, &api::PolicyTestResult::passed);
    } else {
        tests_.setNotes({});
        testSummary_ = errorSentence(tr("The tests could not be run"), results.status());
    }
    Q_EMIT changed();
}

}  // namespace weft::viewmodels
