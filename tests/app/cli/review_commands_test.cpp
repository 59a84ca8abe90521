// SPDX-License-Identifier: Apache-2.0
#include "app/cli/review_text.h"
#include "tests/app/cli/weftctl.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>

namespace weft::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

const api::ProfileId kHome{"home"};
const api::Group kCrew{"crew", {{"laptop", api::SubjectKind::Node}}};
const api::PolicyEdit kMakeCrew{refOf(kCrew), std::nullopt, kCrew};
constexpr api::PairStanding kConnected{api::PairState::Connected, true, true};
constexpr api::PairStanding kNone{};

/// A home whose daemon answers `review` about its draft, and about nothing else.
class Reviewing : public Weftctl {
public:
    explicit Reviewing(const api::PlanReview& review) : Weftctl("home") {
        prepare = [review](tests::FakeController& daemon) {
            daemon.updatePlan(kHome, [review](tests::FakePlan& plan) {
                plan.review = [review](const api::PlanSubject& subject) {
                    return std::holds_alternative<api::DraftRules>(subject)
                               ? StatusOr<api::PlanReview>(review)
                               : internalError("it was asked about something else");
                };
            });
        };
    }
};

/// A home whose daemon explains the rules that are `expected`, and says no about others.
class Explaining : public Weftctl {
public:
    explicit Explaining(const api::PlanSubject& expected) : Weftctl("home") {
        prepare = [expected](tests::FakeController& daemon) {
            daemon.updatePlan(kHome, [expected](tests::FakePlan& plan) {
                plan.explain = [expected](
                                   const api::PlanSubject& subject,
                                   const std::string& from,
                                   const std::string& to) {
                    api::AccessExplanation answer;
                    answer.summary = fmt::format("{} to {}", from, to);
                    answer.tunnelPossible = subject == expected;
                    return StatusOr<api::AccessExplanation>(answer);
                };
            });
        };
    }
};

/// A review of one edit that costs a pair and wins another.
api::PlanReview oneLost() {
    api::PlanReview review;
    review.edits = {kMakeCrew};
    review.pairs.gained = 1;
    review.pairs.lost = 1;
    review.pairs.changed = 5;
    review.pairs.listed = {
        {"laptop-1", "nas", kConnected, {api::PairState::OneSided, true, false}},
        {"a", "b", kNone, kConnected},
        {"c",
         "d",
         {api::PairState::OneSided, false, true},
         {api::PairState::Permitted, true, true}}};
    return review;
}

TEST(PolicyReview, SaysThatThereIsNothingToReview) {
    const Result result = Reviewing(api::PlanReview{}).run({"policy", "review"});

    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_EQ(result.out, "there is nothing to review: the rules would stay as they are\n");
}

TEST(PolicyReview, TellsWhichPairsComeAndGoAndWhichSideMay) {
    const Result result = Reviewing(oneLost()).run({"policy", "review"});

    EXPECT_EQ(result.code, kExitPrecondition);
    EXPECT_EQ(
        result.out,
        "group crew: created\n"
        "pairs: 1 gained, 1 lost, 5 changed\n"
        "  lost    laptop-1 <-> nas  connected -> one-sided (laptop-1 may, nas may not)\n"
        "  gained  a <-> b           none -> connected\n"
        "  changed c <-> d           one-sided (d may, c may not) -> permitted\n"
        "  and 2 more\n");
    EXPECT_THAT(result.err, HasSubstr("the edits would cut 1 pair"));
    EXPECT_EQ(Reviewing(oneLost()).run({"policy", "review", "-q"}).out, "1\n");
}

TEST(PolicyReview, IsContentWithGainsAndWithLossesThatAreMeant) {
    EXPECT_EQ(Reviewing(oneLost()).run({"policy", "review", "--allow-loss"}).code, kExitOk);
    auto gain = oneLost();
    gain.pairs.lost = 0;
    EXPECT_EQ(Reviewing(gain).run({"policy", "review"}).code, kExitOk);
}

TEST(PolicyReview, ShowsAllThatElseWouldChange) {
    auto review = oneLost();
    review.pairs.isolated = {"e"};
    review.pairs.isolatedCount = 3;
    review.routes = {
        1,
        1,
        1,
        {{"a", "10.0.0.0/8", "x", ""}, {"b", "10.0.0.0/8", "", "y"}, {"c", "::/0", "x", "y"}}};
    review.vanishedCount = 2;
    review.vanished = {{"a", "b", "office"}};
    review.voters = {{"n1"}, {"n2"}, {{"n3", "n4"}}, "2 of 3 voters would be left", false};
    review.servers = {{"hub", true, true, false}, {"other", false, true, true}};
    review.rights = {{api::PolicyKind::Group, false, true}};
    const Result result = Reviewing(review).run({"policy", "review"});

    EXPECT_THAT(
        result.out,
        AllOf(
            HasSubstr("cut off from all others: e and 2 more"),
            HasSubstr("  lost    a to 10.0.0.0/8: over x -> no way"),
            HasSubstr("  gained  b to 10.0.0.0/8: no way -> over y"),
            HasSubstr("  moved   c to ::/0: over x -> over y"),
            HasSubstr("  a no longer sees b: route office is denied\n  and 1 more"),
            HasSubstr("voters added: n1"),
            HasSubstr("voters removed: n2"),
            HasSubstr("voters separated: n3 <-> n4"),
            HasSubstr("voters: 2 of 3 voters would be left")));
    EXPECT_THAT(
        result.out,
        AllOf(
            HasSubstr("access to the leader hub: yes -> no"),
            HasSubstr("right to write each group: no -> yes"),
            Not(HasSubstr("the server other"))));
    EXPECT_THAT(
        result.err,
        HasSubstr("cut 1 pair, lose 1 route, hide nodes from reference nodes in 2 cases"));
}

TEST(PolicyReview, FailsForWarningsLostQuorumAndConflictsEvenWhenLossesAreMeant) {
    auto warned = oneLost();
    warned.warnings = {"you would lose access to the leader", "and your rights"};
    const Result result = Reviewing(warned).run({"policy", "review", "--allow-loss"});
    EXPECT_EQ(result.code, kExitPrecondition);
    EXPECT_THAT(result.out, HasSubstr("warning: you would lose access to the leader\n"));
    EXPECT_THAT(result.err, HasSubstr("you would lose access to the leader, and 1 more warning"));

    auto leaderless = oneLost();
    leaderless.voters.losesQuorum = true;
    EXPECT_THAT(
        Reviewing(leaderless).run({"policy", "review", "--allow-loss"}).err,
        HasSubstr("too few voters together"));

    auto torn = oneLost();
    torn.conflicts = {{refOf(kCrew), "both changed it", std::nullopt, kCrew, std::nullopt}};
    const Result conflict = Reviewing(torn).run({"policy", "review", "--allow-loss"});
    EXPECT_EQ(conflict.code, kExitPrecondition);
    EXPECT_THAT(conflict.out, HasSubstr("conflict: group crew: both changed it"));
    EXPECT_THAT(conflict.err, HasSubstr("weftctl policy rebase"));
}

TEST(PolicyReview, HandsProgramsAllOfIt) {
    auto review = oneLost();
    review.warnings = {"w"};
    const Result json = Reviewing(review).run({"policy", "review", "-o", "json"});
    EXPECT_EQ(json.code, kExitPrecondition);
    for (const auto* key :
         {"edits",
          "conflicts",
          "pairs",
          "routes",
          "vanishedCount",
          "vanished",
          "voters",
          "servers",
          "rights",
          "warnings",
          "isolatedCount"}) {
        EXPECT_THAT(json.out, HasSubstr("\"" + std::string(key) + "\"")) << key;
    }
    EXPECT_THAT(json.out, HasSubstr("\"direction\": \"lost\""));
    EXPECT_THAT(
        Reviewing(review).run({"policy", "review", "-o", "yaml"}).out, HasSubstr("lost: 1"));
}

TEST(PolicyReview, ShowsSoManyPairsAndCountsTheOthers) {
    auto review = oneLost();
    review.pairs.listed.assign(
        kMostShownLines + 1, {"laptop", "nas", kConnected, {api::PairState::None, false, false}});
    review.pairs.changed = kMostShownLines + 1;
    EXPECT_THAT(Reviewing(review).run({"policy", "review"}).out, HasSubstr("  and 1 more\n"));
    review.pairs.listed.pop_back();
    review.pairs.changed = kMostShownLines;
    EXPECT_THAT(Reviewing(review).run({"policy", "review"}).out, Not(HasSubstr("more")));
}

TEST(PolicyReview, ShowsNamesOfOthersSafely) {
    auto review = oneLost();
    review.pairs.listed = {{"\x1b[31mred", "nas", kConnected, kNone}};
    review.warnings = {"\x1b[0m"};
    const Result result = Reviewing(review).run({"policy", "review"});
    EXPECT_THAT(result.out + result.err, Not(HasSubstr("\x1b")));
}

TEST(PolicyReview, AsksAboutTheEditsOfAFolder) {
    const tests::TempDir temp;
    const std::string folder = (temp / "rules").string();
    ASSERT_EQ(Weftctl("home").run({"policy", "export", folder}).code, kExitOk);
    std::filesystem::remove(temp / "rules" / "groups" / "cameras.yaml");
    auto asked = std::make_shared<std::optional<api::PlanSubject>>();
    Weftctl weftctl("home");
    weftctl.prepare = [asked](tests::FakeController& daemon) {
        daemon.updatePlan(kHome, [asked](tests::FakePlan& plan) {
            plan.review = [asked](const api::PlanSubject& subject) -> StatusOr<api::PlanReview> {
                *asked = subject;
                return api::PlanReview{};
            };
        });
    };

    const Result result = weftctl.run({"policy", "review", folder});

    ASSERT_EQ(result.code, kExitOk) << result.err;
    ASSERT_TRUE(asked->has_value());
    const auto& edits = std::get<api::EditedRules>(**asked).edits;
    ASSERT_EQ(edits.size(), 1U);
    EXPECT_EQ(edits.front().ref, (api::ObjectRef{api::PolicyKind::Group, "cameras", {}}));
    EXPECT_TRUE(edits.front().before);
    EXPECT_FALSE(edits.front().after);
    EXPECT_EQ(weftctl.run({"policy", "review", folder + "-none"}).code, kExitNotFound);
    EXPECT_EQ(weftctl.run({"policy", "review", "--with-edges"}).code, kExitUsage);
}

TEST(PolicyReview, PassesOnWhyTheDaemonCannot) {
    Weftctl weftctl("home");
    weftctl.prepare = [](tests::FakeController& daemon) {
        daemon.failNext(
            tests::FakeCall::ReviewPlan,
            unimplemented("this daemon cannot review edits before they are made"));
    };
    const Result result = weftctl.run({"policy", "review"});
    EXPECT_EQ(result.code, kExitFailed);
    EXPECT_THAT(result.err, HasSubstr("this daemon cannot review"));
}

/// A home whose daemon answers `answer`, and what it was asked.
class WhatIf {
public:
    explicit WhatIf(const api::WhatIfAnswer& answer = {}) {
        weftctl_.prepare = [asked = asked_, answer](tests::FakeController& daemon) {
            daemon.updatePlan(kHome, [asked, answer](tests::FakePlan& plan) {
                plan.whatIf = [asked, answer](const api::WhatIfQuestion& question) {
                    *asked = question;
                    return StatusOr<api::WhatIfAnswer>(answer);
                };
            });
        };
    }
    Result run(const std::vector<std::string>& options) {
        std::vector<std::string> words{"policy", "what-if"};
        words.insert(words.end(), options.begin(), options.end());
        return weftctl_.run(words);
    }
    const api::WhatIfQuestion& asked() const { return *asked_; }

private:
    Weftctl weftctl_{"home"};
    std::shared_ptr<api::WhatIfQuestion> asked_ = std::make_shared<api::WhatIfQuestion>();
};

TEST(PolicyWhatIf, AsksAboutNodesLinksAndObjects) {
    WhatIf parts;
    const Result result = parts.run({"--node", "nas", "--link", "a/b", "--draft"});
    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_EQ(result.out, "nothing else would change\n");
    EXPECT_EQ(parts.asked().nodes, std::vector<std::string>{"nas"});
    EXPECT_EQ(parts.asked().links, (std::vector<api::NodePair>{{"a", "b"}}));
    EXPECT_TRUE(std::holds_alternative<api::DraftRules>(parts.asked().subject));

    WhatIf object;
    EXPECT_EQ(object.run({"--object", "group/crew"}).code, kExitOk);
    EXPECT_EQ(object.asked().object, refOf(kCrew));
    EXPECT_TRUE(std::holds_alternative<api::LiveRules>(object.asked().subject));
}

TEST(PolicyWhatIf, RefusesQuestionsThatMakeNoSense) {
    for (const auto& options : std::vector<std::vector<std::string>>{
             {},
             {"--link", "a"},
             {"--link", "/b"},
             {"--link", "a/b/c"},
             {"--object", "crew"},
             {"--object", "group/crew", "--node", "nas"}}) {
        EXPECT_EQ(WhatIf().run(options).code, kExitUsage) << testing::PrintToString(options);
    }
}

TEST(PolicyWhatIf, TellsWhoIsCutOffAndThePartsThatAreLeft) {
    api::WhatIfAnswer answer;
    answer.pairs.lost = 2;
    answer.pairs.changed = 2;
    answer.pairs.isolated = {"phone"};
    answer.pairs.isolatedCount = 1;
    answer.voters.text = "1 of 3 voters would be left";
    answer.parts = {{12, {"a", "b"}}, {1, {"phone"}}};
    answer.partsBefore = 1;
    const Result result = WhatIf(answer).run({"--node", "nas"});

    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_EQ(
        result.out,
        "pairs: 0 gained, 2 lost, 2 changed\n"
        "  and 2 more\n"
        "cut off from all others: phone\n"
        "2 parts, and 1 before\n"
        "  12 nodes: a, b and 10 more\n"
        "  1 node: phone\n"
        "voters: 1 of 3 voters would be left\n");
    EXPECT_EQ(WhatIf(answer).run({"--node", "nas", "-q"}).out, "2\n");
    EXPECT_THAT(
        WhatIf(answer).run({"--node", "nas", "-o", "json"}).out,
        AllOf(HasSubstr("\"partsBefore\": 1"), HasSubstr("\"size\": 12")));
}

TEST(ExplainAccess, TellsOfTheDraftAndOfThePast) {
    const std::vector<std::string> draft{"explain", "access", "laptop", "nas", "--draft"};
    const Result asDraft = Explaining(api::DraftRules{}).run(draft);
    EXPECT_EQ(asDraft.code, kExitOk) << asDraft.err;
    EXPECT_THAT(asDraft.out, HasSubstr("laptop to nas"));
    EXPECT_EQ(
        Explaining(api::PastRules{7})
            .run({"explain", "access", "laptop", "nas", "--after", "7", "-q"})
            .out,
        "yes\n");
    EXPECT_EQ(
        Explaining(api::PastRules{7})
            .run({"explain", "access", "laptop", "nas", "--after", "7", "--draft"})
            .code,
        kExitUsage);
    EXPECT_EQ(
        Explaining(api::PastRules{7})
            .run({"explain", "access", "laptop", "nas", "--after", "x"})
            .code,
        kExitUsage);
}

}  // namespace
}  // namespace weft::cli
