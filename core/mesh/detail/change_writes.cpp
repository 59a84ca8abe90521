// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/change_writes.h"

#include "core/base/text.h"
#include "core/mesh/detail/content_rules.h"
#include "core/mesh/detail/object_names.h"
#include "core/mesh/detail/plan_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace weft::mesh::detail {
namespace {

using changes::Edit;
using policy::ObjectKind;
using policy::Verb;
using storage::Compare;

constexpr std::size_t kMostNamed = 5;

std::string textOf(const ObjectRef& ref) {
    return fmt::format("{} {}", kindName(ref.kind), base::escapeForLine(nameOf(ref)));
}

std::vector<std::string> keysOf(const ObjectRef& ref) {
    if (ref.kind != ObjectKind::Edge) {
        return {keyOf(ref)};
    }
    const NodeId one(ref.name);
    const NodeId other(ref.target);
    return {storage::edgeKey(one, other), storage::edgeKey(other, one)};
}

/// The stored text of an object from one of its keys' point of view.
std::string storedText(const PolicyObject& object, const std::string& key) {
    const auto* edge = std::get_if<storage::EdgeRecord>(&object);
    if (edge == nullptr || key == storage::edgeKey(edge->source, edge->target)) {
        return encode(object);
    }
    return storage::encodeEdge(edge->target, edge->source, edge->weight, edge->attributes);
}

bool isAbout(const std::optional<PolicyObject>& object, const ObjectRef& ref) {
    return !object
           || (kindOf(*object) == ref.kind
               && keyOf(refOf(changes::canonical(*object))) == keyOf(ref));
}

std::optional<PolicyObject> canonical(const std::optional<PolicyObject>& object) {
    return object ? std::optional(changes::canonical(*object)) : std::nullopt;
}

bool changesRights(ObjectKind kind) {
    return kind == ObjectKind::Role || kind == ObjectKind::RoleBinding || kind == ObjectKind::Group;
}

}  // namespace

StatusOr<ChangeWrites::Write> ChangeWrites::read(const ObjectRef& ref) const {
    Write write;
    write.ref = ref;
    for (const auto& key : keysOf(ref)) {
        const auto entry = store_.get(key);
        if (!entry.ok() && entry.status().code() != StatusCode::kNotFound) {
            return annotate(entry.status(), "reading the {}", textOf(ref));
        }
        const auto revision = entry.ok() ? entry->revision : 0;
        write.conditions.push_back({Compare::Kind::RevisionIs, key, revision, {}});
        if (!entry.ok() || write.present) {
            continue;
        }
        auto object = decode(ref.kind, entry->value);
        if (!object.ok()) {
            return failedPrecondition(
                "the {} cannot be read, so that it cannot be changed: {}",
                textOf(ref),
                messageOf(object.status()));
        }
        write.present = changes::canonical(*std::move(object));
        write.text = ref.kind == ObjectKind::Edge ? encode(*write.present) : entry->value;
    }
    return write;
}

Status ChangeWrites::addEdit(const Edit& edit) {
    WEFT_RETURN_IF_ERROR(validateNames(edit.ref));
    if (!isAbout(edit.before, edit.ref) || !isAbout(edit.after, edit.ref)) {
        return invalidArgument("an edit of the {} holds another object", textOf(edit.ref));
    }
    WEFT_ASSIGN_OR_RETURN(auto write, read(edit.ref));
    write.wanted = canonical(edit.after);
    if (write.present != write.wanted) {
        write.expected = write.present == canonical(edit.before);
        writes_.push_back(std::move(write));
    }
    return okStatus();
}

Status ChangeWrites::addReversal(const ChangedObject& object) {
    WEFT_RETURN_IF_ERROR(validateNames(object.ref));
    WEFT_ASSIGN_OR_RETURN(auto write, read(object.ref));
    if (!object.before.empty()) {
        WEFT_ASSIGN_OR_RETURN(auto before, decode(object.ref.kind, object.before));
        write.wanted = changes::canonical(std::move(before));
        write.verbatim = object.ref.kind == ObjectKind::Edge ? std::string() : object.before;
    }
    if (write.present == write.wanted) {
        return okStatus();
    }
    write.reverses = true;
    std::optional<PolicyObject> left;
    if (!object.after.empty()) {
        WEFT_ASSIGN_OR_RETURN(left, decode(object.ref.kind, object.after));
    }
    write.expected = write.present == canonical(left);
    writes_.push_back(std::move(write));
    return okStatus();
}

Status ChangeWrites::refuseUnexpected() {
    std::vector<std::string> changed;
    for (const auto& write : writes_) {
        if (!write.expected) {
            changed.push_back(textOf(write.ref));
        }
    }
    if (changed.empty()) {
        return okStatus();
    }
    if (options_.skip) {
        std::erase_if(writes_, [](const Write& write) { return !write.expected; });
        for (const auto& text : changed) {
            leftAlone_.push_back(fmt::format("{}: it was changed since", text));
        }
        return okStatus();
    }
    const auto more = changed.size() > kMostNamed ? changed.size() - kMostNamed : 0;
    changed.resize(changed.size() - more);
    return aborted(
        "others have changed this meanwhile: {}{}",
        fmt::join(changed, ", "),
        more == 0 ? std::string() : fmt::format(" and {} more", more));
}

const ChangeWrites::Write* ChangeWrites::writeOf(const std::string& key) const {
    const auto found = std::ranges::find_if(
        writes_, [&key](const Write& write) { return keyOf(write.ref) == key; });
    return found == writes_.end() ? nullptr : &*found;
}

void ChangeWrites::prepareRules() {
    changesRoles_ = std::ranges::any_of(
        writes_, [](const Write& write) { return changesRights(write.ref.kind); });
    after_ = view_.rules;
    if (!changesRoles_) {
        return;
    }
    policy::RoleRules::Contents contents;
    contents.rbacDisabled = view_.registry.rbacDisabled();
    const auto add = [&contents](const PolicyObject& object) {
        if (const auto* role = std::get_if<policy::Role>(&object)) {
            contents.roles.push_back(*role);
        } else if (const auto* binding = std::get_if<policy::RoleBinding>(&object)) {
            contents.bindings.push_back(*binding);
        } else if (const auto* group = std::get_if<policy::Group>(&object)) {
            contents.groups.push_back(*group);
        }
    };
    for (const auto kind : {ObjectKind::Role, ObjectKind::RoleBinding, ObjectKind::Group}) {
        view_.registry.forEachRaw(
            prefixOf(kind), [&](std::string_view key, const std::string& json) {
                auto object = writeOf(std::string(key)) != nullptr
                                  ? StatusOr<PolicyObject>(notFound("written"))
                                  : decode(kind, json);
                if (object.ok()) {
                    add(*object);
                }
            });
    }
    for (const auto& write : writes_) {
        if (write.wanted) {
            add(*write.wanted);
        }
    }
    after_ = std::make_shared<const policy::RoleRules>(std::move(contents));
}

Status ChangeWrites::checkReferences(const Write& write) const {
    if (!write.wanted) {
        // A group may have been named before it was made.
        const bool mayBeNamed = write.reverses && write.ref.kind == ObjectKind::Group;
        return mayBeNamed ? okStatus() : checkNotNamed(write.ref);
    }
    if (const auto* binding = std::get_if<policy::RoleBinding>(&*write.wanted);
        binding != nullptr && after_->role(binding->role) == nullptr) {
        return failedPrecondition(
            "there is no role {} for the {}",
            base::escapeForLine(binding->role),
            textOf(write.ref));
    }
    if (const auto* edge = std::get_if<storage::EdgeRecord>(&*write.wanted)) {
        for (const auto& end : {edge->source, edge->target}) {
            if (view_.registry.node(end) == nullptr) {
                return failedPrecondition(
                    "there is no node {} for the {}",
                    base::escapeForLine(end.value()),
                    textOf(write.ref));
            }
        }
    }
    return okStatus();
}

std::optional<ObjectRef> ChangeWrites::keptThatNames(const ObjectRef& gone) const {
    std::optional<ObjectRef> by;
    const auto isKept = [this](std::string_view key) {
        return writeOf(std::string(key)) == nullptr;
    };
    const auto look = [&](std::string_view key, const PolicyObject& object) {
        if (!by && isKept(key) && namesObject(object, gone)) {
            by = refOf(object);
        }
    };
    for (const auto kind : kindsThatName(gone.kind)) {
        if (kind == ObjectKind::Route) {
            for (const auto* route : view_.registry.routes()) {
                look(keyOf({kind, route->name}), *route);
            }
            continue;
        }
        view_.registry.forEachRaw(prefixOf(kind), [&](std::string_view key, const auto& json) {
            const bool mayName = !by && json.find(gone.name) != std::string::npos;
            const auto object =
                mayName ? decode(kind, json) : StatusOr<PolicyObject>(notFound("none"));
            if (object.ok()) {
                look(key, *object);
            }
        });
    }
    return by;
}

Status ChangeWrites::checkNotNamed(const ObjectRef& gone) const {
    auto by = keptThatNames(gone);
    for (const auto& write : writes_) {
        if (!by && write.wanted && namesObject(*write.wanted, gone)) {
            by = write.ref;
        }
    }
    if (!by) {
        return okStatus();
    }
    return failedPrecondition(
        "the {} is still named by the {}: change that in the same change",
        textOf(gone),
        textOf(*by));
}

Status ChangeWrites::checkCaller(const Caller& caller, Write& write) {
    const auto verb = write.wanted ? Verb::Put : Verb::Delete;
    WEFT_RETURN_IF_ERROR(authoriseWrite(view_, write.ref, verb, caller));
    if (!write.wanted) {
        return okStatus();
    }
    storage::Transaction needs;
    auto stored = *write.wanted;
    WEFT_RETURN_IF_ERROR(annotate(
        checkContents(view_, {after_.get(), changesRoles_}, caller, stored, needs),
        "{}",
        textOf(write.ref)));
    if (write.verbatim.empty()) {
        write.wanted = std::move(stored);
    }
    needs_.insert(needs_.end(), needs.conditions.begin(), needs.conditions.end());
    return okStatus();
}

Status ChangeWrites::checkOne(const Caller* caller, Write& write) {
    WEFT_RETURN_IF_ERROR(checkProtection(write.ref, !write.wanted));
    if (caller != nullptr) {
        WEFT_RETURN_IF_ERROR(checkCaller(*caller, write));
    }
    return checkReferences(write);
}

Status ChangeWrites::checkEach(const Caller* caller) {
    // What is left alone may be needed by others, which are left alone then too.
    for (bool again = true; again;) {
        again = false;
        prepareRules();
        needs_.clear();
        for (auto write = writes_.begin(); write != writes_.end();) {
            auto status = checkOne(caller, *write);
            if (status.ok()) {
                ++write;
                continue;
            }
            if (!options_.skip || status.code() != StatusCode::kFailedPrecondition) {
                return status;
            }
            leftAlone_.push_back(messageOf(status));
            write = writes_.erase(write);
            again = true;
        }
    }
    return okStatus();
}

Status ChangeWrites::checkRoom() const {
    for (const auto kind :
         {ObjectKind::Role, ObjectKind::RoleBinding, ObjectKind::Group, ObjectKind::NetworkAcl}) {
        auto count = view_.registry.countBelow(prefixOf(kind));
        const auto before = count;
        for (const auto& write : writes_) {
            if (write.ref.kind == kind) {
                count += write.wanted && !write.present ? 1 : 0;
                count -= !write.wanted && write.present ? 1 : 0;
            }
        }
        if (count > kMaxPolicyObjects && count > before) {
            return resourceExhausted(
                "a mesh has at most {} objects of the kind {}: remove some first",
                kMaxPolicyObjects,
                kindName(kind));
        }
    }
    return okStatus();
}

Status ChangeWrites::check(const Caller* caller) {
    WEFT_RETURN_IF_ERROR(refuseUnexpected());
    WEFT_RETURN_IF_ERROR(checkEach(caller));
    return checkRoom();
}

ChangedObjects ChangeWrites::write(storage::Transaction& transaction) const {
    ChangedObjects changed;
    bool guarded = false;
    transaction.conditions.insert(transaction.conditions.end(), needs_.begin(), needs_.end());
    for (const auto& write : writes_) {
        // A list in another order, say, may come to the same when it is stored.
        if (write.wanted == write.present) {
            continue;
        }
        transaction.conditions.insert(
            transaction.conditions.end(), write.conditions.begin(), write.conditions.end());
        if (write.ref.kind == ObjectKind::Edge && !std::exchange(guarded, true)) {
            // Ends are in the plan of whoever joins, leaves or is removed at the same time.
            guard(view_, NodeId(write.ref.name), transaction);
        }
        for (const auto& condition : write.conditions) {
            const auto& key = condition.key;
            if (!write.wanted) {
                transaction.operations.emplace_back(storage::Delete{key});
            } else {
                auto text =
                    write.verbatim.empty() ? storedText(*write.wanted, key) : write.verbatim;
                transaction.operations.emplace_back(
                    storage::Put{key, std::move(text), std::nullopt});
            }
        }
        changed.push_back(
            {write.ref,
             write.text,
             !write.wanted            ? std::string()
             : write.verbatim.empty() ? encode(*write.wanted)
                                      : write.verbatim});
    }
    return changed;
}

}  // namespace weft::mesh::detail
