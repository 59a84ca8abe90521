// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/changes/review_words.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/access/policy_diff.h"
#include "ui/viewmodels/access/policy_words.h"
#include "ui/viewmodels/words.h"

#include <QCoreApplication>

#include <algorithm>
#include <limits>

namespace weft::viewmodels {
namespace {

using api::PairState;
using look::Tone;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Review)
};

/// A number for plural forms.
int counted(std::uint64_t count) {
    constexpr std::uint64_t kMost = std::numeric_limits<int>::max();
    return static_cast<int>(std::min(count, kMost));
}

void addMore(std::vector<Note>& notes, std::uint64_t count, std::size_t shown) {
    if (count > shown) {
        notes.push_back(
            {Words::tr("and %1 more", "lines that are left out").arg(count - shown), {}, {}});
    }
}

QString standingText(const api::PairChange& change, const api::PairStanding& standing) {
    switch (standing.state) {
    case PairState::None:
        return Words::tr("no traffic");
    case PairState::Permitted:
        return Words::tr("permitted, but no way leads there");
    case PairState::Connected:
        return Words::tr("connected");
    case PairState::OneSided:
        break;
    }
    const auto& may = standing.forward ? change.left : change.right;
    const auto& other = standing.forward ? change.right : change.left;
    return Words::tr("one-sided: %1 may reach %2, not the other way round")
        .arg(bridge::shown(may), bridge::shown(other));
}

Note pairNote(const api::PairChange& change) {
    const bool before = change.before.state == PairState::Connected;
    const bool after = change.after.state == PairState::Connected;
    Note note;
    note.text = Words::tr("%1 – %2", "two members")
                    .arg(bridge::shown(change.left), bridge::shown(change.right));
    note.detail = Words::tr("%1 → %2", "before, after")
                      .arg(standingText(change, change.before), standingText(change, change.after));
    if (change.after.state == PairState::OneSided) {
        note.word = Words::tr("One-sided: no tunnel");
        note.tone = Tone::Warn;
    } else if (before == after) {
        note.word = Words::tr("Changed", "a pair of members");
    } else {
        note.word = after ? Words::tr("Gained", "a pair of members")
                          : Words::tr("Lost", "a pair of members");
        note.tone = after ? Tone::Ok : Tone::Error;
    }
    return note;
}

QString exitText(const std::string& exit) {
    return exit.empty() ? Words::tr("no way") : Words::tr("over %1").arg(bridge::shown(exit));
}

Note routeNote(const api::RouteChange& change) {
    Note note;
    note.text = Words::tr("%1 to %2", "a member, a network")
                    .arg(bridge::shown(change.node), bridge::shown(change.destination));
    note.detail =
        Words::tr("%1 → %2", "before, after").arg(exitText(change.before), exitText(change.after));
    if (change.before.empty() == change.after.empty()) {
        note.word = Words::tr("Moved", "a route");
    } else {
        const bool gained = change.before.empty();
        note.word = gained ? Words::tr("Gained", "a route") : Words::tr("Lost", "a route");
        note.tone = gained ? Tone::Ok : Tone::Error;
    }
    return note;
}

Note accessNote(const QString& what, bool after) {
    return {
        what,
        {},
        after ? Words::tr("Gained", "a right") : Words::tr("Lost", "a right"),
        after ? Tone::Ok : Tone::Error};
}

void addVoters(std::vector<Note>& notes, const api::VoterDifference& voters) {
    if (!voters.added.empty()) {
        notes.push_back(
            {Words::tr("New voters: %1").arg(enumerated(shownNames(voters.added))),
             {},
             Words::tr("Gained", "voters"),
             Tone::Accent});
    }
    if (!voters.removed.empty()) {
        notes.push_back(
            {Words::tr("No longer voters: %1").arg(enumerated(shownNames(voters.removed))),
             {},
             Words::tr("Lost", "voters"),
             Tone::Warn});
    }
    for (std::size_t i = 0; i < std::min(voters.separated.size(), kMostReviewLines); ++i) {
        const auto& [left, right] = voters.separated[i];
        notes.push_back(
            {Words::tr("The voters %1 and %2 would not reach each other")
                 .arg(bridge::shown(left), bridge::shown(right)),
             {},
             Words::tr("Separated"),
             Tone::Error});
    }
    addMore(notes, voters.separated.size(), kMostReviewLines);
}

}  // namespace

std::vector<Note> warningNotes(const api::PlanReview& review) {
    std::vector<Note> notes;
    notes.reserve(review.warnings.size() + 1);
    for (const std::string& warning : review.warnings) {
        notes.push_back(
            {asSentence(bridge::shownLong(warning)), {}, Words::tr("Danger"), Tone::Error});
    }
    if (!review.voters.text.empty()) {
        const bool quorum = review.voters.losesQuorum;
        notes.push_back(
            {asSentence(bridge::shownLong(review.voters.text)),
             {},
             quorum ? Words::tr("Danger") : Words::tr("Warning"),
             quorum ? Tone::Error : Tone::Warn});
    }
    return notes;
}

std::vector<Note> pairNotes(const api::PairDifference& pairs) {
    std::vector<Note> notes;
    const auto shown = std::min(pairs.listed.size(), kMostReviewLines);
    notes.reserve(shown + 1);
    for (std::size_t i = 0; i < shown; ++i) {
        notes.push_back(pairNote(pairs.listed[i]));
    }
    addMore(notes, pairs.changed, shown);
    return notes;
}

std::vector<Note> routeNotes(const api::RouteDifference& routes) {
    std::vector<Note> notes;
    const auto shown = std::min(routes.listed.size(), kMostReviewLines);
    notes.reserve(shown + 1);
    for (std::size_t i = 0; i < shown; ++i) {
        notes.push_back(routeNote(routes.listed[i]));
    }
    addMore(notes, routes.gained + routes.lost + routes.moved, shown);
    return notes;
}

std::vector<Note> nodeNotes(const api::PlanReview& review) {
    std::vector<Note> notes;
    const auto isolated = std::min(review.pairs.isolated.size(), kMostReviewLines);
    notes.reserve(isolated + 1);
    for (std::size_t i = 0; i < isolated; ++i) {
        notes.push_back(
            {Words::tr("%1 would be cut off from all others")
                 .arg(bridge::shown(review.pairs.isolated[i])),
             {},
             Words::tr("Cut off"),
             Tone::Error});
    }
    addMore(notes, review.pairs.isolatedCount, isolated);
    const auto vanished = std::min(review.vanished.size(), kMostReviewLines);
    for (std::size_t i = 0; i < vanished; ++i) {
        const api::VanishedNode& each = review.vanished[i];
        notes.push_back(
            {Words::tr("%1 would vanish for %2")
                 .arg(bridge::shown(each.node), bridge::shown(each.from)),
             Words::tr("Its route %1 is denied, and reference nodes then drop it altogether.")
                 .arg(bridge::shown(each.route)),
             Words::tr("Vanishes"),
             Tone::Error});
    }
    addMore(notes, review.vanishedCount, vanished);
    return notes;
}

std::vector<Note> accessNotes(const api::PlanReview& review) {
    std::vector<Note> notes;
    for (const api::ServerAccess& server : review.servers) {
        if (server.before != server.after) {
            notes.push_back(accessNote(
                server.isLeader
                    ? Words::tr("Access to the leader %1").arg(bridge::shown(server.server))
                    : Words::tr("Access to the server %1").arg(bridge::shown(server.server)),
                server.after));
        }
    }
    for (const api::WriteRight& right : review.rights) {
        if (right.before != right.after) {
            notes.push_back(accessNote(
                Words::tr("The right of this node to change: %1").arg(kindHeading(right.kind)),
                right.after));
        }
    }
    addVoters(notes, review.voters);
    return notes;
}

std::vector<Note> testNotes(const std::vector<api::PolicyTestResult>& results) {
    std::vector<Note> failed;
    std::vector<Note> passed;
    for (const api::PolicyTestResult& result : results) {
        Note note;
        note.text = bridge::shown(result.name);
        note.detail = asSentence(bridge::shownLong(result.text));
        note.word = result.passed ? Words::tr("Passes") : Words::tr("Fails");
        note.tone = result.passed ? Tone::Ok : Tone::Error;
        (result.passed ? passed : failed).push_back(std::move(note));
    }
    failed.insert(failed.end(), passed.begin(), passed.end());
    if (failed.size() > kMostReviewLines) {
        const auto count = failed.size();
        failed.resize(kMostReviewLines);
        addMore(failed, count, kMostReviewLines);
    }
    return failed;
}

QString pairSummary(const api::PairDifference& pairs) {
    if (pairs.changed == 0) {
        return Words::tr("No pair of members gains or loses its connection");
    }
    const QString gained = Words::tr("%n pair(s) gained", nullptr, counted(pairs.gained));
    const QString lost = Words::tr("%1 lost", "pairs of members").arg(pairs.lost);
    return Words::tr("%1, %2", "pairs gained, pairs lost").arg(gained, lost);
}

QString routeSummary(const api::RouteDifference& routes) {
    const QString gained = Words::tr("%n route(s) gained", nullptr, counted(routes.gained));
    const QString lost = Words::tr("%1 lost", "routes").arg(routes.lost);
    const QString moved = Words::tr("%1 moved", "routes").arg(routes.moved);
    return Words::tr("%1, %2, %3", "routes gained, lost, moved").arg(gained, lost, moved);
}

QString testSummary(const std::vector<api::PolicyTestResult>& results) {
    const auto failed =
        std::ranges::count_if(results, [](const auto& result) { return !result.passed; });
    return failed == 0
               ? Words::tr("%n test(s) pass", nullptr, counted(results.size()))
               : Words::tr("%n test(s) fail", nullptr, counted(static_cast<std::uint64_t>(failed)));
}

}  // namespace weft::viewmodels
