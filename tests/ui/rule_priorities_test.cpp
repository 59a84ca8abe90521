// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/access/rule_priorities.h"

#include "tests/support/random_seed.h"

#include <QTest>

#include <algorithm>
#include <bit>
#include <limits>
#include <random>

using weft::viewmodels::isAskedBefore;
using weft::viewmodels::prioritiesFor;
using weft::viewmodels::PriorityChange;
using weft::viewmodels::RankedRule;

namespace {

using Changes = std::vector<PriorityChange>;
using Rules = std::vector<RankedRule>;

constexpr std::int32_t kFirst = std::numeric_limits<std::int32_t>::max();
constexpr std::int32_t kLast = std::numeric_limits<std::int32_t>::min();

/// `rules` with the one at `from` at the place `to`.
Rules moved(Rules rules, std::size_t from, std::size_t to) {
    const RankedRule rule = rules[from];
    rules.erase(rules.begin() + static_cast<std::ptrdiff_t>(from));
    rules.insert(rules.begin() + static_cast<std::ptrdiff_t>(to), rule);
    return rules;
}

Rules applied(Rules rules, const std::vector<PriorityChange>& changes) {
    for (const PriorityChange& change : changes) {
        std::ranges::find(rules, change.name, &RankedRule::name)->priority = change.priority;
    }
    return rules;
}

bool isOrdered(const Rules& rules) {
    return std::ranges::is_sorted(rules, isAskedBefore);
}

/// Whether there are priorities for those that `kept` has no bit for. Tries the highest that each
/// may have, which leaves the most room to those behind it.
bool isPossible(const Rules& wanted, std::uint32_t kept) {
    std::int64_t last = std::int64_t{kFirst} + 1;
    const RankedRule* lastKept = nullptr;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (((kept >> i) & 1U) == 0) {
            if (wanted[i].fixed || last - 1 < kLast) {
                return false;
            }
            --last;
            lastKept = nullptr;
            continue;
        }
        const std::int64_t own = wanted[i].priority;
        const bool fits = lastKept == nullptr ? own < last : isAskedBefore(*lastKept, wanted[i]);
        if (!fits) {
            return false;
        }
        last = own;
        lastKept = &wanted[i];
    }
    return true;
}

/// How many priorities must change at least, tried out; nullopt when nothing helps.
std::optional<std::size_t> fewest(const Rules& wanted) {
    std::optional<std::size_t> least;
    for (std::uint32_t kept = 0; kept < (1U << wanted.size()); ++kept) {
        const auto changed = wanted.size() - static_cast<std::size_t>(std::popcount(kept));
        if ((!least || changed < *least) && isPossible(wanted, kept)) {
            least = changed;
        }
    }
    return least;
}

std::uint64_t below(std::mt19937_64& random, std::uint64_t bound) {
    return random() % bound;
}

Rules randomRules(std::mt19937_64& random, std::size_t count) {
    constexpr std::int32_t kNear = 4;
    Rules rules;
    for (std::size_t i = 0; i < count; ++i) {
        RankedRule rule{std::string(1, static_cast<char>('a' + i)), 0, below(random, 8) == 0};
        const auto kind = below(random, 12);
        const auto offset = static_cast<std::int32_t>(below(random, kNear));
        rule.priority = kind == 0   ? kFirst - offset
                        : kind == 1 ? kLast + offset
                        : kind < 6  ? offset
                                    : static_cast<std::int32_t>(below(random, 9)) * 100;
        rules.push_back(rule);
    }
    std::ranges::sort(rules, isAskedBefore);
    return rules;
}

/// Whether no rule has the priority of one that was changed.
bool standAlone(const Rules& rules, const Changes& changes) {
    return std::ranges::all_of(changes, [&rules](const PriorityChange& change) {
        return std::ranges::count(rules, change.priority, &RankedRule::priority) == 1;
    });
}

/// What is wrong with the changes; empty when nothing is.
QByteArray wrongWith(const Rules& wanted, const std::optional<Changes>& changes) {
    const auto least = fewest(wanted);
    if (changes.has_value() != least.has_value()) {
        return QByteArrayLiteral("found a way where there is none, or none where there is one, ");
    }
    if (!changes) {
        return {};
    }
    const Rules after = applied(wanted, *changes);
    return changes->size() != *least      ? QByteArrayLiteral("not the fewest, ")
           : !isOrdered(after)            ? QByteArrayLiteral("not the order, ")
           : !standAlone(after, *changes) ? QByteArrayLiteral("a shared priority, ")
                                          : QByteArray();
}

}  // namespace

class RulePrioritiesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void changesNothingWhenTheOrderIsAsWanted() {
        const Rules rules{{"a", 300}, {"b", 200}, {"c", 200}};

        QCOMPARE(prioritiesFor(rules, 1).value(), Changes());
    }

    void putsTheMovedRuleOnAStepBetweenItsNeighbours() {
        const Rules rules{{"a", 500}, {"b", 200}, {"c", 100}};

        QCOMPARE(prioritiesFor(moved(rules, 2, 1), 1).value(), Changes({{"c", 300}}));
    }

    void staysAStepFromANeighbourWhenTheOtherIsFirstOrLastOfAll() {
        const Rules rules{{"first", kFirst, true}, {"a", 200}, {"b", 100}, {"last", kLast}};

        QCOMPARE(prioritiesFor(moved(rules, 2, 1), 1).value(), Changes({{"b", 300}}));
        QCOMPARE(prioritiesFor(moved(rules, 1, 2), 2).value(), Changes({{"a", 0}}));
    }

    void staysNearNothingBetweenTheFirstAndTheLastOfAll() {
        const Rules rules{{"first", kFirst, true}, {"last", kLast, true}, {"z", kLast}};

        QCOMPARE(prioritiesFor(moved(rules, 2, 1), 1).value(), Changes({{"z", 100}}));
    }

    void takesANumberInBetweenWhereNoStepFits() {
        const Rules rules{{"a", 120}, {"b", 110}, {"c", 5}};

        QCOMPARE(prioritiesFor(moved(rules, 2, 1), 1).value(), Changes({{"c", 115}}));
    }

    void renumbersTheFewestWhenThereIsNoRoom() {
        const Rules rules{{"a", 102}, {"b", 101}, {"c", 100}, {"d", 50}};

        const Rules wanted = moved(rules, 3, 1);
        const auto changes = prioritiesFor(wanted, 1).value();

        QCOMPARE(changes.size(), std::size_t{2});
        QVERIFY(isOrdered(applied(wanted, changes)));
    }

    void separatesTheMovedRuleFromOnesThatShareAPriority() {
        const Rules rules{{"a", 100}, {"b", 100}, {"c", 100}};

        QCOMPARE(prioritiesFor(moved(rules, 2, 0), 0).value(), Changes({{"c", 200}}));
    }

    void refusesToPassARuleThatCannotBeChanged() {
        const Rules rules{{"first", kFirst, true}, {"a", 200}};

        QCOMPARE(prioritiesFor(moved(rules, 1, 0), 0).has_value(), false);
    }

    void theOrderIsTheWantedOneWithTheFewestChanges() {
        constexpr int kRounds = 3000;
        const std::uint64_t seed = weft::tests::randomSeed();
        std::mt19937_64 random(seed);
        const QByteArray seedText =
            QByteArrayLiteral("seed ") + QByteArray::number(qulonglong{seed});
        for (int round = 0; round < kRounds; ++round) {
            const Rules rules = randomRules(random, 2 + below(random, 6));
            const std::size_t from = below(random, rules.size());
            const std::size_t to = below(random, rules.size());
            const Rules wanted = moved(rules, from, to);

            const auto changes = prioritiesFor(wanted, to);

            const QByteArray wrong = wrongWith(wanted, changes);
            QVERIFY2(wrong.isEmpty(), wrong + seedText);
        }
    }
};

QTEST_GUILESS_MAIN(RulePrioritiesTest)
#include "rule_priorities_test.moc"
