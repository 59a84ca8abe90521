// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/access/test_words.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/access/policy_words.h"
#include "ui/viewmodels/words.h"

#include <QCoreApplication>

#include <algorithm>
#include <limits>
#include <string_view>

namespace weft::viewmodels {
namespace {

/// The context of these texts in the catalogues.
class TestWords {
    Q_DECLARE_TR_FUNCTIONS(TestWords)
};

/// One end of a test as people may see it.
QString endText(const std::string& end) {
    constexpr std::string_view kGroup = "group:";
    if (end == "*") {
        return TestWords::tr("everybody");
    }
    return end.starts_with(kGroup)
               ? TestWords::tr("group %1").arg(bridge::shown(end.substr(kGroup.size())))
               : bridge::shown(end);
}

QString familyText(const api::PolicyTest& test) {
    if (!test.family) {
        return TestWords::tr("IPv4 or IPv6");
    }
    return *test.family == api::AddressFamily::Ipv4 ? QStringLiteral("IPv4")
                                                    : QStringLiteral("IPv6");
}

/// The one that decided: of families that both have, the one that let it pass, else the first.
QString deciding(const api::DirectionVerdict& direction) {
    const api::FamilyVerdict* chosen = nullptr;
    for (const api::FamilyVerdict& family : direction.families) {
        const bool isUsed = !family.fromAddress.empty() && !family.toAddress.empty();
        if (isUsed && (chosen == nullptr || (family.accepted && !chosen->accepted))) {
            chosen = &family;
        }
    }
    if (chosen == nullptr) {
        return TestWords::tr("They have no addresses of one family");
    }
    if (chosen->acl.empty()) {
        return TestWords::tr("No rule is about it, and so it is denied");
    }
    const QString rule = bridge::shown(chosen->acl);
    return chosen->accepted ? TestWords::tr("The rule %1 allows it").arg(rule)
                            : TestWords::tr("The rule %1 denies it").arg(rule);
}

}  // namespace

QString sentenceOf(const api::PolicyTest& test) {
    const QString from = endText(test.from);
    const QString network = bridge::shown(test.network);
    QString target = test.network.empty() ? endText(test.to) : network;
    if (!test.network.empty() && !test.to.empty()) {
        target = TestWords::tr("%1 through %2", "a network and who leads there")
                     .arg(network, endText(test.to));
    }
    const QString text = test.mustReach ? TestWords::tr("%1 must reach %2").arg(from, target)
                                        : TestWords::tr("%1 must not reach %2").arg(from, target);
    return test.family ? TestWords::tr("%1 by %2", "a sentence and IPv4 or IPv6")
                             .arg(text, familyText(test))
                       : text;
}

QStringList differences(const api::PolicyTest& mine, const api::PolicyTest& theirs) {
    QStringList lines;
    const auto add = [&lines](const QString& label, const QString& own, const QString& other) {
        if (own != other) {
            const QString none = TestWords::tr("nothing");
            lines.append(
                TestWords::tr("%1: yours is %2, theirs is %3", "a field of a test")
                    .arg(label, own.isEmpty() ? none : own, other.isEmpty() ? none : other));
        }
    };
    const auto must = [](const api::PolicyTest& test) {
        return test.mustReach ? TestWords::tr("must reach") : TestWords::tr("must not reach");
    };
    add(TestWords::tr("What must be"), must(mine), must(theirs));
    add(TestWords::tr("From"), endText(mine.from), endText(theirs.from));
    add(TestWords::tr("To"), endText(mine.to), endText(theirs.to));
    add(TestWords::tr("Network"), bridge::shown(mine.network), bridge::shown(theirs.network));
    add(TestWords::tr("Addresses"), familyText(mine), familyText(theirs));
    return lines;
}

QString decidingText(const api::AccessExplanation& explanation) {
    if (!explanation.forward.accepted) {
        return deciding(explanation.forward);
    }
    if (!explanation.backward.accepted) {
        return TestWords::tr("%1. The way back: %2", "two verdicts of rules")
            .arg(deciding(explanation.forward), deciding(explanation.backward));
    }
    return deciding(explanation.forward);
}

QString figuresText(const api::PolicyTestFigures& figures, WallTime now) {
    const auto counted = [](std::uint32_t count) {
        constexpr std::uint32_t kMost = std::numeric_limits<int>::max();
        return static_cast<int>(std::min(count, kMost));
    };
    const QString pass = TestWords::tr("%n pass", nullptr, counted(figures.passed));
    const QString fail = TestWords::tr("%n fail", nullptr, counted(figures.failed));
    return figures.at ? TestWords::tr("The background service ran them %1: %2, %3")
                            .arg(relativeTime(*figures.at, now), pass, fail)
                      : TestWords::tr("The background service ran them: %1, %2").arg(pass, fail);
}

}  // namespace weft::viewmodels
