// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/access/rule_editor.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/access/fields.h"
#include "ui/viewmodels/access/policy_words.h"
#include "ui/viewmodels/words.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace weft::viewmodels {
namespace {

/// Room for others in between.
constexpr int kPriorityStep = 100;
constexpr std::int32_t kHighest = std::numeric_limits<std::int32_t>::max();
constexpr std::int32_t kLowest = std::numeric_limits<std::int32_t>::min();

/// Whether every node that `asked` names is named in `given` as well, by the texts alone.
bool covers(const std::vector<std::string>& given, const std::vector<std::string>& asked) {
    const auto has = [&given](const std::string& entry) {
        return std::ranges::find(given, entry) != given.end();
    };
    return given.empty() || has("*") || (!asked.empty() && std::ranges::all_of(asked, has));
}

template <typename Visit>
void eachRule(const api::PolicyState* state, Visit visit) {
    if (state == nullptr) {
        return;
    }
    for (const api::StoredObject& stored : state->objects) {
        if (const auto* acl = std::get_if<api::NetworkAcl>(&stored.object)) {
            visit(*acl);
        }
    }
}

}  // namespace

RuleEditor::RuleEditor(bridge::Bridge& bridge, QObject* parent)
    : PolicyEditor(bridge, api::PolicyKind::NetworkAcl, parent) {}

template <typename Field>
void RuleEditor::set(Field& field, const Field& value) {
    if (value != field) {
        field = value;
        edited();
    }
}

void RuleEditor::setPriority(const QString& priority) {
    set(priority_, priority);
}

void RuleEditor::setAccepts(bool accepts) {
    set(accepts_, accepts);
}

void RuleEditor::setSources(const QStringList& sources) {
    set(sources_, sources);
}

void RuleEditor::setDestinations(const QStringList& destinations) {
    set(destinations_, destinations);
}

void RuleEditor::setSourceNetworks(const QStringList& networks) {
    set(sourceNetworks_, networks);
}

void RuleEditor::setDestinationNetworks(const QStringList& networks) {
    set(destinationNetworks_, networks);
}

void RuleEditor::setWithWayBack(bool with) {
    set(withWayBack_, with);
}

api::NetworkAcl RuleEditor::acl() const {
    api::NetworkAcl acl;
    acl.name = coreName();
    acl.priority = static_cast<std::int32_t>(priority_.toInt());
    acl.action = accepts_ ? api::AclAction::Accept : api::AclAction::Deny;
    acl.sourceNodes = toNames(sources_);
    acl.destinationNodes = toNames(destinations_);
    acl.sourceCidrs = toNames(sourceNetworks_);
    acl.destinationCidrs = toNames(destinationNetworks_);
    return acl;
}

api::PolicyObject RuleEditor::build() const {
    return acl();
}

void RuleEditor::load(const api::PolicyObject* object) {
    const auto* stored = object == nullptr ? nullptr : std::get_if<api::NetworkAcl>(object);
    withWayBack_ = false;
    if (stored == nullptr) {
        priority_ = QString::number(freePriority());
        accepts_ = true;
        sources_ = {};
        destinations_ = {};
        sourceNetworks_ = {};
        destinationNetworks_ = {};
        return;
    }
    priority_ = QString::number(stored->priority);
    accepts_ = stored->action == api::AclAction::Accept;
    sources_ = fromNames(stored->sourceNodes);
    destinations_ = fromNames(stored->destinationNodes);
    sourceNetworks_ = fromNames(stored->sourceCidrs);
    destinationNetworks_ = fromNames(stored->destinationCidrs);
}

void RuleEditor::check(QVariantMap& problems, bool missing) const {
    bool isNumber = false;
    priority_.toInt(&isNumber);
    if (!isNumber) {
        problems.insert(
            QStringLiteral("priority"),
            tr("A whole number between %1 and %2.").arg(kLowest).arg(kHighest));
    }
    const auto entries = [&](const char* field, const QStringList& list, auto problemOf) {
        const QString problem = firstProblem(list, problemOf);
        if (!problem.isEmpty()) {
            problems.insert(QLatin1String(field), problem);
        }
    };
    entries("sources", sources_, nodeEntryProblem);
    entries("destinations", destinations_, nodeEntryProblem);
    entries("sourceNetworks", sourceNetworks_, networkProblem);
    entries("destinationNetworks", destinationNetworks_, networkProblem);
    if (missing && sources_.isEmpty()) {
        problems.insert(QStringLiteral("sources"), tr("Say from whom, or choose everybody."));
    }
    if (missing && destinations_.isEmpty()) {
        problems.insert(QStringLiteral("destinations"), tr("Say to whom, or choose everybody."));
    }
}

QString RuleEditor::sentence() const {
    if (sources_.isEmpty() || destinations_.isEmpty()) {
        return {};
    }
    return asSentence(sentenceOf(acl()));
}

QString RuleEditor::neighbours() const {
    const api::NetworkAcl mine = acl();
    const api::NetworkAcl* above = nullptr;
    const api::NetworkAcl* below = nullptr;
    eachRule(state(), [&](const api::NetworkAcl& other) {
        if (other.name == mine.name) {
            return;
        }
        const bool earlier = std::pair(-std::int64_t{other.priority}, other.name)
                             < std::pair(-std::int64_t{mine.priority}, mine.name);
        // By name within a priority, so that later ones of the loop are nearer above.
        if (earlier && (above == nullptr || other.priority <= above->priority)) {
            above = &other;
        } else if (!earlier && (below == nullptr || other.priority > below->priority)) {
            below = &other;
        }
    });
    if (above != nullptr && below != nullptr) {
        return tr("After %1, before %2")
            .arg(bridge::shown(above->name), bridge::shown(below->name));
    }
    if (above != nullptr) {
        return tr("After %1, the last").arg(bridge::shown(above->name));
    }
    return below != nullptr ? tr("Before %1, the first").arg(bridge::shown(below->name))
                            : tr("The only rule");
}

bool RuleEditor::oneWay() const {
    const api::NetworkAcl mine = acl();
    if (!accepts_ || mine.sourceNodes.empty() || mine.destinationNodes.empty()) {
        return false;
    }
    const auto answers = [&mine](const api::NetworkAcl& other) {
        return other.action == api::AclAction::Accept
               && covers(other.sourceNodes, mine.destinationNodes)
               && covers(other.destinationNodes, mine.sourceNodes);
    };
    bool answered = answers(mine);
    eachRule(state(), [&](const api::NetworkAcl& other) {
        answered = answered || (other.name != mine.name && answers(other));
    });
    return !answered;
}

int RuleEditor::freePriority() const {
    std::int32_t highest = 0;
    eachRule(state(), [&](const api::NetworkAcl& other) {
        if (other.priority <= kHighest - kPriorityStep) {
            highest = std::max(highest, other.priority);
        }
    });
    return highest > kHighest - 2 * kPriorityStep ? highest
                                                  : (highest / kPriorityStep + 1) * kPriorityStep;
}

api::NetworkAcl RuleEditor::wayBack() const {
    api::NetworkAcl back = acl();
    back.name += "-back";
    std::swap(back.sourceNodes, back.destinationNodes);
    std::swap(back.sourceCidrs, back.destinationCidrs);
    return back;
}

std::vector<api::PolicyObject> RuleEditor::companions() const {
    return withWayBack_ ? std::vector<api::PolicyObject>{wayBack()}
                        : std::vector<api::PolicyObject>();
}

void RuleEditor::draftTaken() {
    withWayBack_ = false;
}

void RuleEditor::saved() {
    if (!std::exchange(withWayBack_, false)) {
        return;
    }
    const api::NetworkAcl back = wayBack();
    const auto finish = [this, name = back.name](const StatusOr<api::WriteReport>& report) {
        if (!report.ok()) {
            setError(errorSentence(
                tr("The rule %1 for the way back is not saved").arg(bridge::shown(name)),
                report.status()));
        }
    };
    bridge().controller().putPolicyObject(
        profile(), back, api::kMustNotExist, bridge().deliver<api::WriteReport>(this, finish));
}

}  // namespace weft::viewmodels
