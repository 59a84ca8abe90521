// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/graph/loss_preview.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/words.h"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

namespace weft::viewmodels {
namespace {

/// Names in a sentence; who wants all of them has the list.
constexpr std::size_t kMostNames = 6;

int asCount(std::uint64_t count) {
    return static_cast<int>(std::min<std::uint64_t>(count, std::numeric_limits<int>::max()));
}

bool isLost(const api::PairChange& pair) {
    return pair.before.state == api::PairState::Connected
           && pair.after.state != api::PairState::Connected;
}

/// The part of the mesh that stays the mesh: where this node is, or else the largest.
const api::MeshPart* mainPart(const api::WhatIfAnswer& answer, const std::string& self) {
    const auto own = std::ranges::find_if(answer.parts, [&self](const api::MeshPart& part) {
        return std::ranges::find(part.nodes, self) != part.nodes.end();
    });
    if (own != answer.parts.end()) {
        return &*own;
    }
    return answer.parts.empty() ? nullptr : &answer.parts.front();
}

}  // namespace

LossPreview::LossPreview(bridge::Bridge& bridge, QObject* parent)
    : QObject(parent), bridge_(bridge) {}

void LossPreview::setMesh(const api::ProfileId& profile) {
    if (profile != profile_) {
        profile_ = profile;
        clear();
    }
}

QString LossPreview::heading() const {
    return node_.empty() ? QString() : tr("If %1 were gone").arg(bridge::shown(node_));
}

void LossPreview::ask(const std::string& node, const std::string& self) {
    clear();
    node_ = node;
    self_ = self;
    busy_ = true;
    api::WhatIfQuestion question;
    question.subject = api::LiveRules{};
    question.nodes = {node};
    const auto finish = [this, number = number_](const StatusOr<api::WhatIfAnswer>& answer) {
        if (number == number_) {
            take(answer);
        }
    };
    bridge_.controller().planning().whatIf(
        profile_, question, bridge_.deliver<api::WhatIfAnswer>(this, finish));
    Q_EMIT changed();
}

void LossPreview::clear() {
    ++number_;
    const bool had = !node_.empty();
    node_.clear();
    busy_ = false;
    known_ = false;
    grave_ = false;
    text_.clear();
    error_.clear();
    cutOff_.clear();
    if (had) {
        Q_EMIT changed();
    }
}

void LossPreview::take(const StatusOr<api::WhatIfAnswer>& answer) {
    busy_ = false;
    if (answer.ok()) {
        known_ = true;
        findCutOff(*answer);
        grave_ = !cutOff_.empty() || answer->voters.losesQuorum || answer->pairs.isolatedCount > 0;
        text_ = describe(*answer);
    } else {
        error_ = errorSentence(tr("It could not be foreseen"), answer.status());
    }
    Q_EMIT changed();
}

void LossPreview::findCutOff(const api::WhatIfAnswer& answer) {
    const api::MeshPart* main = mainPart(answer, self_);
    // Who had nobody before is not cut off by this: only those count that lose somebody.
    std::unordered_set<std::string> losers(
        answer.pairs.isolated.begin(), answer.pairs.isolated.end());
    for (const api::PairChange& pair : answer.pairs.listed) {
        if (isLost(pair)) {
            losers.insert(pair.left);
            losers.insert(pair.right);
        }
    }
    const bool listsAll = answer.pairs.listed.size() >= answer.pairs.changed;
    for (const api::MeshPart& part : answer.parts) {
        for (const std::string& id : part.nodes) {
            if (&part != main && (losers.contains(id) || !listsAll)) {
                cutOff_.insert(id);
            }
        }
    }
    cutOff_.insert(answer.pairs.isolated.begin(), answer.pairs.isolated.end());
}

QString LossPreview::describe(const api::WhatIfAnswer& answer) const {
    QStringList lines;
    if (cutOff_.empty()) {
        lines.append(tr("Nobody is cut off: every other member still has a way."));
    } else {
        std::vector<std::string> ids(cutOff_.begin(), cutOff_.end());
        std::ranges::sort(ids);
        QStringList names;
        for (std::size_t i = 0; i < std::min(ids.size(), kMostNames); ++i) {
            names.append(bridge::shown(ids[i]));
        }
        const QString list = names.join(tr(", ", "between names"));
        const auto rest = static_cast<int>(ids.size() - static_cast<std::size_t>(names.size()));
        const QString cut = tr("%n member(s) would be cut off", nullptr, asCount(ids.size()));
        const QString who =
            rest == 0 ? list : tr("%1 and %n more", "names, and how many others", rest).arg(list);
        lines.append(tr("%1: %2.", "how many are cut off, and who").arg(cut, who));
    }
    if (answer.pairs.lost > 0) {
        lines.append(
            tr("%n pair(s) of members could no longer talk.", nullptr, asCount(answer.pairs.lost)));
    }
    if (answer.parts.size() > std::max<std::uint64_t>(1, answer.partsBefore)) {
        lines.append(
            tr("The mesh would fall into %n part(s).", nullptr, asCount(answer.parts.size())));
    }
    if (!answer.voters.text.empty()) {
        lines.append(asSentence(bridge::shownLong(answer.voters.text)));
    } else if (answer.voters.losesQuorum) {
        lines.append(tr("The voters would have no majority: nothing could be changed."));
    } else {
        lines.append(tr("The voters keep their majority."));
    }
    return lines.join(QLatin1Char(' '));
}

}  // namespace weft::viewmodels
