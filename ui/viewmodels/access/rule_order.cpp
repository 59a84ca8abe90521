// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/access/rule_order.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/access/policy_model.h"
#include "ui/viewmodels/words.h"

#include <algorithm>
#include <utility>

namespace weft::viewmodels {
namespace {

constexpr api::PolicyKind kRule = api::PolicyKind::NetworkAcl;

template <typename Places>
auto placeOf(Places& places, const std::string& name) {
    return std::ranges::find_if(
        places, [&name](const auto& each) { return each.rule.name == name; });
}

}  // namespace

RuleOrder::RuleOrder(DraftDesk& desk, EditUndo& undo, QObject* parent)
    : QObject(parent), desk_(desk), undo_(undo) {
    connect(&desk_, &DraftDesk::changed, this, &RuleOrder::changed);
}

QString RuleOrder::lockedText() const {
    if (!locked_.isEmpty()) {
        return locked_;
    }
    return desk_.isAvailable()
               ? QString()
               : tr("This service keeps no drafts: change the priority of a rule instead.");
}

void RuleOrder::setState(std::shared_ptr<const api::PolicyState> state) {
    state_ = std::move(state);
    Q_EMIT changed();
}

void RuleOrder::setLocked(const QString& why) {
    if (why != locked_) {
        locked_ = why;
        Q_EMIT changed();
    }
}

std::vector<RuleOrder::Place> RuleOrder::places() const {
    std::vector<Place> found;
    const auto add = [&found](const api::PolicyObject& object, bool fixed) {
        if (const auto* rule = std::get_if<api::NetworkAcl>(&object)) {
            found.push_back({*rule, {rule->name, rule->priority, fixed}});
        }
    };
    if (state_) {
        for (const api::StoredObject& stored : state_->objects) {
            const api::PolicyEdit* edit = desk_.find(api::refOf(stored.object));
            if (edit == nullptr) {
                add(stored.object, stored.isSystem);
            } else if (edit->after) {
                add(*edit->after, stored.isSystem);
            }
        }
        for (const api::PolicyEdit& edit : desk_.draft().edits) {
            if (edit.after && state_->find(edit.ref) == nullptr) {
                add(*edit.after, false);
            }
        }
    }
    std::ranges::sort(found, isAskedBefore, &Place::ranked);
    return found;
}

bool RuleOrder::canMove(const QString& key) const {
    const std::vector<Place> all = places();
    const auto place = placeOf(all, fromPolicyKey(kRule, key).name);
    return lockedText().isEmpty() && place != all.end() && !place->ranked.fixed;
}

void RuleOrder::move(const QString& key, const QString& target, bool after) {
    if (key == target || desk_.isBusy() || !canMove(key)) {
        return;
    }
    std::vector<Place> order = places();
    const auto from = placeOf(order, fromPolicyKey(kRule, key).name);
    const Place rule = *from;
    order.erase(from);
    auto to = placeOf(order, fromPolicyKey(kRule, target).name);
    if (to == order.end()) {
        Q_EMIT done(tr("The draft removes that rule: there is no place beside it."));
        return;
    }
    to = order.insert(after ? std::next(to) : to, rule);
    const auto place = static_cast<std::size_t>(to - order.begin());
    std::vector<RankedRule> wanted;
    wanted.reserve(order.size());
    for (const Place& each : order) {
        wanted.push_back(each.ranked);
    }
    const auto changes = prioritiesFor(wanted, place);
    if (!changes) {
        Q_EMIT done(tr("No rule can be put there: rules of the mesh itself stay first and last."));
    } else if (!changes->empty()) {
        const QString name = bridge::shown(rule.rule.name);
        const bool isFirst = place == 0;
        const QString neighbour = bridge::shown(order.at(isFirst ? 1 : place - 1).rule.name);
        write(
            order,
            *changes,
            key,
            isFirst ? tr("In the draft: %1 before %2", "two rules").arg(name, neighbour)
                    : tr("In the draft: %1 after %2", "two rules").arg(name, neighbour));
    }
}

void RuleOrder::write(
    const std::vector<Place>& order,
    const std::vector<PriorityChange>& changes,
    const QString& key,
    const QString& text) {
    std::vector<api::PolicyEdit> edits;
    std::vector<EditUndo::Drafted> noted;
    for (const PriorityChange& change : changes) {
        const api::NetworkAcl& rule = placeOf(order, change.name)->rule;
        api::NetworkAcl changed = rule;
        changed.priority = change.priority;
        const api::ObjectRef ref = api::refOf(api::PolicyObject(rule));
        const api::PolicyEdit* known = desk_.find(ref);
        edits.push_back({ref, rule, changed});
        noted.push_back({known == nullptr ? std::nullopt : std::optional(*known), edits.back()});
    }
    const auto finish = [this, noted, key, text](const Status& status) {
        if (status.ok()) {
            undo_.note(noted);
            Q_EMIT moved(key);
            Q_EMIT done(text);
        } else {
            Q_EMIT done(errorSentence(tr("The order stays as it was"), status));
        }
    };
    desk_.put(edits, false, finish);
}

}  // namespace weft::viewmodels
