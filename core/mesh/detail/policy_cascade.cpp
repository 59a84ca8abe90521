// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/policy_cascade.h"

#include "core/base/text.h"
#include "core/mesh/detail/membership_plan.h"
#include "core/mesh/policy/records.h"
#include "core/mesh/policy/validate.h"

#include <fmt/format.h>

#include <utility>

namespace weft::mesh::detail {
namespace {

using policy::ObjectKind;
using storage::Compare;

/// What there is to say of an edge or a route.
constexpr std::string_view kNotRead = "it does not parse, or has fields that are not known";

/// Whether the text of a record may name `name`. Most do not, and a search spares the parser.
bool mayName(std::string_view json, std::string_view name) {
    return json.find(name) != std::string_view::npos || json.find('\\') != std::string_view::npos;
}

/// Whether `symbol` can be the neighbour of a name within a longer one.
bool isPartOfName(char symbol) {
    constexpr std::string_view kLetters =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
    return kLetters.find(symbol) != std::string_view::npos
           || static_cast<unsigned char>(symbol) >= 0x80;
}

/// The same for one that cannot be read: `name` stands in it as a whole, or escapes may hide it.
bool mayNameUnread(std::string_view json, std::string_view name) {
    if (json.find('\\') != std::string_view::npos) {
        return true;
    }
    for (auto at = json.find(name); at != std::string_view::npos; at = json.find(name, at + 1)) {
        const auto after = at + name.size();
        if ((at == 0 || !isPartOfName(json[at - 1]))
            && (after == json.size() || !isPartOfName(json[after]))) {
            return true;
        }
    }
    return false;
}

class Cascade {
public:
    Cascade(
        const MeshView& view,
        std::string name,
        std::string removed,
        storage::Transaction& transaction,
        std::vector<std::string>& alsoChanged)
        : view_(view)
        , name_(std::move(name))
        , removed_(std::move(removed))
        , transaction_(transaction)
        , alsoChanged_(alsoChanged) {}

    Status ofRole() {
        return each<policy::RoleBinding>(ObjectKind::RoleBinding, [this](const auto& binding) {
            return binding.role == name_ ? Fate::Delete : Fate::Keep;
        });
    }

    Status ofGroup() {
        const policy::Subject subject{name_, policy::SubjectKind::Group};
        WEFT_RETURN_IF_ERROR(
            ofSubject([&subject](const auto& present) { return present == subject; }));
        const auto mark = std::string(policy::kGroupMark) + name_;
        WEFT_RETURN_IF_ERROR(each<policy::NetworkAcl>(ObjectKind::NetworkAcl, [&mark](auto& acl) {
            const auto erased =
                std::erase(acl.sourceNodes, mark) + std::erase(acl.destinationNodes, mark);
            // An empty list would match every node.
            return erased == 0                                               ? Fate::Keep
                   : acl.sourceNodes.empty() || acl.destinationNodes.empty() ? Fate::Delete
                                                                             : Fate::Change;
        }));
        WEFT_RETURN_IF_ERROR(checkRoutes());
        // The next group of that name would offer it.
        for (const auto* route : view_.registry.routesOf(NodeId(mark))) {
            transaction_.operations.emplace_back(
                storage::Delete{std::string(storage::kRoutesPrefix) + route->name});
            alsoChanged_.push_back(fmt::format("route {} deleted", route->name));
        }
        return okStatus();
    }

    Status ofNode() {
        // Users and nodes are one name space: a certificate's common name is both.
        WEFT_RETURN_IF_ERROR(ofSubject([this](const policy::Subject& subject) {
            return subject.kind != policy::SubjectKind::Group && subject.name == name_;
        }));
        WEFT_RETURN_IF_ERROR(checkRoutes());
        WEFT_RETURN_IF_ERROR(checkEdges());
        constexpr std::string_view kAcls = "network-acls/";
        for (const auto& reference : view_.registry.referencesTo(NodeId(name_))) {
            if (reference.starts_with(kAcls)) {
                alsoChanged_.push_back(
                    fmt::format("networkacl {} still names it", reference.substr(kAcls.size())));
            }
        }
        return okStatus();
    }

private:
    enum class Fate : std::uint8_t { Keep, Change, Delete };

    /// Takes the subjects that `isGone` picks out of groups and bindings.
    template <typename IsGone>
    Status ofSubject(IsGone isGone) {
        WEFT_RETURN_IF_ERROR(each<policy::Group>(ObjectKind::Group, [&isGone](auto& group) {
            // One without members is nothing, and whatever names it keeps its meaning.
            return std::erase_if(group.subjects, isGone) == 0 ? Fate::Keep : Fate::Change;
        }));
        return each<policy::RoleBinding>(ObjectKind::RoleBinding, [&isGone](auto& binding) {
            return std::erase_if(binding.subjects, isGone) == 0 ? Fate::Keep
                   : binding.subjects.empty()                   ? Fate::Delete
                                                                : Fate::Change;
        });
    }

    Status checkRoutes() const {
        for (const auto& [key, json] : view_.registry.notWhollyRead(storage::kRoutesPrefix)) {
            const auto route = key.substr(storage::kRoutesPrefix.size());
            if (route == autoRouteName(NodeId(name_)) || mayNameUnread(json, name_)) {
                return mayNameIt("route", route, kNotRead);
            }
        }
        return okStatus();
    }

    Status checkEdges() const {
        for (const auto& [key, json] : view_.registry.notWhollyRead(storage::kEdgesPrefix)) {
            const auto ends = key.substr(storage::kEdgesPrefix.size());
            if (ends.starts_with(name_ + "/") || ends.ends_with("/" + name_)
                || mayNameUnread(json, name_)) {
                return mayNameIt("edge", ends, kNotRead);
            }
        }
        return okStatus();
    }

    template <typename Object, typename Judge>
    Status each(ObjectKind kind, const Judge& judge) {
        for (const auto& [key, json] : view_.registry.rawBelow(prefixOf(kind))) {
            // What is removed itself goes whatever it says.
            if (key == removed_ || !mayName(json, name_)) {
                continue;
            }
            Status judged = one<Object>(kind, key, json, judge);
            if (!judged.ok()) {
                return judged;
            }
        }
        return okStatus();
    }

    template <typename Object, typename Judge>
    Status one(
        ObjectKind kind, const std::string& key, const std::string& json, const Judge& judge) {
        auto decoded = decode(kind, json);
        if (!decoded.ok()) {
            return judgeUnread(kind, key, json, decoded.status());
        }
        auto& object = std::get<Object>(*decoded);
        const auto fate = judge(object);
        if (fate == Fate::Keep) {
            return okStatus();
        }
        return change(kind, key, json, fate == Fate::Delete ? nullptr : &object);
    }

    Status judgeUnread(
        ObjectKind kind, const std::string& key, const std::string& json, const Status& why) const {
        if (!mayNameUnread(json, name_)) {
            return okStatus();
        }
        return mayNameIt(kindName(kind), key.substr(prefixOf(kind).size()), messageOf(why));
    }

    Status mayNameIt(std::string_view kind, const std::string& object, std::string_view why) const {
        return failedPrecondition(
            "the {} {} may name {} and cannot be read: write it anew or remove it first ({})",
            kind,
            base::escapeForLine(object),
            base::escapeForLine(name_),
            why);
    }

    template <typename Object>
    Status change(
        ObjectKind kind, const std::string& key, const std::string& json, const Object* object) {
        const auto name = key.substr(prefixOf(kind).size());
        if (object == nullptr && kind == ObjectKind::RoleBinding && name == policy::kAdminBinding) {
            return failedPrecondition(
                "{} is the last administrator of the mesh and cannot be removed",
                base::escapeForLine(name_));
        }
        transaction_.conditions.push_back({Compare::Kind::ValueIs, key, 0, json});
        if (object != nullptr) {
            transaction_.operations.emplace_back(
                storage::Put{key, policy::encode(*object), std::nullopt});
        } else {
            transaction_.operations.emplace_back(storage::Delete{key});
        }
        alsoChanged_.push_back(fmt::format(
            "{} {} {}", kindName(kind), name, object != nullptr ? "changed" : "deleted"));
        return okStatus();
    }

    const MeshView& view_;
    const std::string name_;
    /// The key of the object that goes; empty for a node.
    const std::string removed_;
    storage::Transaction& transaction_;
    std::vector<std::string>& alsoChanged_;
};

}  // namespace

Status addCascade(const MeshView& view, const ObjectRef& ref, PolicyPlan& plan) {
    Cascade cascade(view, ref.name, keyOf(ref), plan.transaction, plan.alsoChanged);
    if (ref.kind == ObjectKind::Role) {
        return cascade.ofRole();
    }
    return ref.kind == ObjectKind::Group ? cascade.ofGroup() : okStatus();
}

Status addNodeCascade(
    const MeshView& view,
    const NodeId& id,
    storage::Transaction& transaction,
    std::vector<std::string>& alsoChanged) {
    return Cascade(view, id.value(), {}, transaction, alsoChanged).ofNode();
}

}  // namespace weft::mesh::detail
