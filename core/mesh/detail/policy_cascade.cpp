// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/policy_cascade.h"

#include "core/mesh/policy/records.h"
#include "core/mesh/policy/validate.h"

#include <fmt/format.h>

#include <utility>

namespace weft::mesh::detail {
namespace {

using policy::ObjectKind;
using storage::Compare;

/// Whether the text of a record may name `name`. Most do not, and a search spares the parser.
bool mayName(std::string_view json, std::string_view name) {
    return json.find(name) != std::string_view::npos || json.find('\\') != std::string_view::npos;
}

class Cascade {
public:
    Cascade(const MeshView& view, std::string name, PolicyPlan& plan)
        : view_(view), name_(std::move(name)), plan_(plan) {}

    void ofRole() {
        each<policy::RoleBinding>(ObjectKind::RoleBinding, [this](const auto& binding) {
            return binding.role == name_ ? Fate::Delete : Fate::Keep;
        });
    }

    void ofGroup() {
        const policy::Subject subject{name_, policy::SubjectKind::Group};
        each<policy::RoleBinding>(ObjectKind::RoleBinding, [&subject](auto& binding) {
            return std::erase(binding.subjects, subject) == 0 ? Fate::Keep
                   : binding.subjects.empty()                 ? Fate::Delete
                                                              : Fate::Change;
        });
        each<policy::Group>(ObjectKind::Group, [&subject](auto& group) {
            // One without members is nothing, and whatever names it keeps its meaning.
            return std::erase(group.subjects, subject) == 0 ? Fate::Keep : Fate::Change;
        });
        const auto mark = std::string(policy::kGroupMark) + name_;
        each<policy::NetworkAcl>(ObjectKind::NetworkAcl, [&mark](auto& acl) {
            const auto erased =
                std::erase(acl.sourceNodes, mark) + std::erase(acl.destinationNodes, mark);
            // An empty list would match every node.
            return erased == 0                                               ? Fate::Keep
                   : acl.sourceNodes.empty() || acl.destinationNodes.empty() ? Fate::Delete
                                                                             : Fate::Change;
        });
    }

private:
    enum class Fate : std::uint8_t { Keep, Change, Delete };

    template <typename Object, typename Judge>
    void each(ObjectKind kind, Judge judge) {
        for (const auto& [key, json] : view_.registry.rawBelow(prefixOf(kind))) {
            if (!mayName(json, name_)) {
                continue;
            }
            auto decoded = decode(kind, json);
            if (!decoded.ok()) {
                // It grants nothing and lets nobody through.
                continue;
            }
            auto& object = std::get<Object>(*decoded);
            if (const auto fate = judge(object); fate != Fate::Keep) {
                change(kind, key, json, fate == Fate::Delete ? nullptr : &object);
            }
        }
    }

    template <typename Object>
    void change(
        ObjectKind kind, const std::string& key, const std::string& json, const Object* object) {
        plan_.transaction.conditions.push_back({Compare::Kind::ValueIs, key, 0, json});
        if (object != nullptr) {
            plan_.transaction.operations.emplace_back(
                storage::Put{key, policy::encode(*object), std::nullopt});
        } else {
            plan_.transaction.operations.emplace_back(storage::Delete{key});
        }
        plan_.alsoChanged.push_back(fmt::format(
            "{} {} {}",
            kindName(kind),
            key.substr(prefixOf(kind).size()),
            object != nullptr ? "changed" : "deleted"));
    }

    const MeshView& view_;
    const std::string name_;
    PolicyPlan& plan_;
};

}  // namespace

void addCascade(const MeshView& view, const ObjectRef& ref, PolicyPlan& plan) {
    Cascade cascade(view, ref.name, plan);
    if (ref.kind == ObjectKind::Role) {
        cascade.ofRole();
    } else if (ref.kind == ObjectKind::Group) {
        cascade.ofGroup();
    }
}

}  // namespace weft::mesh::detail
