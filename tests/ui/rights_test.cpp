// SPDX-License-Identifier: Apache-2.0
// What somebody may do: the table against the mesh's own judgement, and the view-model over it.
#include "ui/viewmodels/access/rights.h"

#include "core/mesh/policy/rules.h"
#include "tests/support/random_seed.h"
#include "tests/ui/ui_fixture.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <vector>

namespace api = weft::api;
namespace policy = weft::mesh::policy;

using weft::tests::FakeCall;
using weft::tests::UiFixture;
using weft::viewmodels::kRightResources;
using weft::viewmodels::kRightVerbs;
using weft::viewmodels::Rights;
using weft::viewmodels::rightsOf;
using weft::viewmodels::RightsViewModel;

namespace {

policy::Verb toMesh(api::PolicyVerb verb) {
    switch (verb) {
    case api::PolicyVerb::Put:
        return policy::Verb::Put;
    case api::PolicyVerb::Get:
        return policy::Verb::Get;
    case api::PolicyVerb::Delete:
        return policy::Verb::Delete;
    default:
        return policy::Verb::All;
    }
}

policy::Resource toMesh(api::PolicyResource resource) {
    // Both begin with Unknown and end with All.
    return resource == api::PolicyResource::All         ? policy::Resource::All
           : resource == api::PolicyResource::Observers ? policy::Resource::Observers
           : resource == api::PolicyResource::PubSub
               ? policy::Resource::PubSub
               : static_cast<policy::Resource>(static_cast<int>(resource));
}

policy::SubjectKind toMesh(api::SubjectKind kind) {
    switch (kind) {
    case api::SubjectKind::Node:
        return policy::SubjectKind::Node;
    case api::SubjectKind::User:
        return policy::SubjectKind::User;
    case api::SubjectKind::Group:
        return policy::SubjectKind::Group;
    case api::SubjectKind::All:
        return policy::SubjectKind::All;
    default:
        return policy::SubjectKind::Unknown;
    }
}

std::vector<policy::Subject> toMesh(const std::vector<api::Subject>& subjects) {
    std::vector<policy::Subject> found;
    found.reserve(subjects.size());
    for (const api::Subject& subject : subjects) {
        found.push_back({subject.name, toMesh(subject.kind)});
    }
    return found;
}

policy::Role toMesh(const api::Role& role) {
    policy::Role made{role.name, {}};
    for (const api::RoleRule& rule : role.rules) {
        policy::Rule& added = made.rules.emplace_back();
        added.resourceNames = rule.resourceNames;
        for (const auto resource : rule.resources) {
            added.resources.push_back(toMesh(resource));
        }
        for (const auto verb : rule.verbs) {
            added.verbs.push_back(toMesh(verb));
        }
    }
    return made;
}

policy::RoleRules judgeOf(const api::PolicyState& state) {
    policy::RoleRules::Contents contents;
    for (const api::StoredObject& stored : state.objects) {
        if (const auto* role = std::get_if<api::Role>(&stored.object)) {
            contents.roles.push_back(toMesh(*role));
        } else if (const auto* binding = std::get_if<api::RoleBinding>(&stored.object)) {
            contents.bindings.push_back({binding->name, binding->role, toMesh(binding->subjects)});
        } else if (const auto* group = std::get_if<api::Group>(&stored.object)) {
            contents.groups.push_back({group->name, toMesh(group->subjects)});
        }
    }
    contents.rbacDisabled = state.rolesDisabled;
    return policy::RoleRules(std::move(contents));
}

/// Small worlds in which names, kinds and groups meet often.
class RandomPolicy {
public:
    explicit RandomPolicy(std::uint64_t seed) : engine_(seed) {}

    api::PolicyState make() {
        api::PolicyState state;
        state.rolesDisabled = below(20) == 0;
        for (const char* name : {"g", "h", "i"}) {
            state.objects.push_back({api::Group{name, subjects()}});
        }
        for (const char* name : {"r", "s"}) {
            state.objects.push_back({api::Role{name, rules()}});
        }
        for (const char* name : {"b", "c", "d"}) {
            const auto role = pick<std::string>({"r", "s", "missing"});
            state.objects.push_back({api::RoleBinding{name, role, subjects()}});
        }
        return state;
    }
    template <typename Value>
    Value pick(const std::vector<Value>& values) {
        return values.at(below(values.size()));
    }

private:
    std::uint64_t below(std::uint64_t bound) { return engine_() % bound; }

    std::vector<api::Subject> subjects() {
        using Kind = api::SubjectKind;
        std::vector<api::Subject> found;
        const auto count = below(3);
        for (std::uint64_t i = 0; i < count; ++i) {
            const auto kind = pick<Kind>({Kind::Node, Kind::User, Kind::Group, Kind::All});
            const auto name = kind == Kind::Group ? pick<std::string>({"g", "h", "i", "missing"})
                                                  : pick<std::string>({"x", "y", "*"});
            found.push_back({name, kind});
        }
        return found;
    }
    std::vector<api::RoleRule> rules() {
        using Resource = api::PolicyResource;
        using Verb = api::PolicyVerb;
        std::vector<api::RoleRule> found;
        const auto count = below(3);
        for (std::uint64_t i = 0; i < count; ++i) {
            api::RoleRule& rule = found.emplace_back();
            rule.resources = {pick<Resource>(
                {Resource::Routes, Resource::Groups, Resource::PubSub, Resource::All})};
            rule.verbs = {pick<Verb>({Verb::Put, Verb::Get, Verb::Delete, Verb::All})};
            if (below(3) == 0) {
                rule.resourceNames = {pick<std::string>({"one", "two", "*"})};
            }
        }
        return found;
    }

    std::mt19937_64 engine_;
};

/// Whether the table says what the mesh does: of all names, and of each that it lists.
bool isAsJudged(
    const Rights& rights, const policy::RoleRules& judge, const policy::Principal& who) {
    for (std::size_t row = 0; row < kRightResources.size(); ++row) {
        for (std::size_t column = 0; column < kRightVerbs.size(); ++column) {
            const auto& right = rights.at(row).at(column);
            const auto may = [&](const std::string& name) {
                return judge.decide(
                    who, {toMesh(kRightVerbs.at(column)), toMesh(kRightResources.at(row)), name});
            };
            const auto whole = may({});
            if (whole.allowed != (right.allowed && right.names.empty())) {
                return false;
            }
            if (whole.allowed && (whole.binding != right.binding || whole.role != right.role)) {
                return false;
            }
            const std::array<std::string, 2> names{"one", "two"};
            const bool same = std::ranges::all_of(names, [&](const std::string& name) {
                const bool isListed = std::ranges::find(right.names, name) != right.names.end();
                return may(name).allowed == (whole.allowed || isListed);
            });
            if (!same) {
                return false;
            }
        }
    }
    return true;
}

}  // namespace

class RightsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theTableIsWhatTheMeshWouldSay() {
        constexpr int kRounds = 600;
        const std::uint64_t seed = weft::tests::randomSeed();
        RandomPolicy random(seed);
        for (int round = 0; round < kRounds; ++round) {
            const api::PolicyState state = random.make();
            const auto name = random.pick<std::string>({"x", "y", "z"});
            const auto kind = random.pick<api::SubjectKind>(
                {api::SubjectKind::Node, api::SubjectKind::User, api::SubjectKind::All});
            policy::Principal who{name};
            if (kind != api::SubjectKind::All) {
                who.kinds = {toMesh(kind)};
            }

            const Rights rights = rightsOf(state, name, kind);

            QVERIFY2(
                isAsJudged(rights, judgeOf(state), who),
                QByteArrayLiteral("seed ") + QByteArray::number(qulonglong{seed}));
        }
    }

    void followsGroupsInGroupsAsFarAsTheMesh() {
        // Each group is in the one before it; the last holds x.
        for (const std::size_t depth :
             {weft::viewmodels::kMostNestedGroups, weft::viewmodels::kMostNestedGroups + 1}) {
            api::PolicyState state;
            for (std::size_t i = 0; i < depth; ++i) {
                const bool isLast = i + 1 == depth;
                const api::Subject inside =
                    isLast ? api::Subject{"x", api::SubjectKind::Node}
                           : api::Subject{"g" + std::to_string(i + 1), api::SubjectKind::Group};
                state.objects.push_back({api::Group{"g" + std::to_string(i), {inside}}});
            }
            state.objects.push_back(
                {api::Role{"r", {{{api::PolicyResource::All}, {}, {api::PolicyVerb::All}}}}});
            state.objects.push_back(
                {api::RoleBinding{"b", "r", {{"g0", api::SubjectKind::Group}}}});

            const Rights rights = rightsOf(state, "x", api::SubjectKind::All);

            QCOMPARE(rights[0][0].allowed, depth == weft::viewmodels::kMostNestedGroups);
            QVERIFY(isAsJudged(rights, judgeOf(state), policy::Principal{"x"}));
        }
    }

    void tellsWhichBindingAndRoleGiveARight() {
        UiFixture ui("home");
        RightsViewModel& rights = *ui.app.access()->rights();

        QVERIFY(!rights.known());
        rights.setSubject(QStringLiteral("operator"));

        QVERIFY(rights.known());
        QCOMPARE(rights.rowCount(), 10);
        const int routes = 4;
        QCOMPARE(
            rights.index(routes).data(RightsViewModel::SpokenRole).toString(),
            QStringLiteral("Routes, Read: No, Change: Yes, Delete: Yes"));
        QCOMPARE(
            rights.index(routes).data(RightsViewModel::DetailRole).toString(),
            QStringLiteral("Role route-editor by the binding office-routes"));
        const int keys = 6;
        QVERIFY(rights.index(keys)
                    .data(RightsViewModel::DetailRole)
                    .toString()
                    .endsWith(QStringLiteral("only for /status")));
    }

    void aUserIsNoMember() {
        UiFixture ui("home");
        RightsViewModel& rights = *ui.app.access()->rights();
        rights.setSubject(QStringLiteral("operator"));

        rights.setKind(1);

        QCOMPARE(
            rights.index(4).data(RightsViewModel::SpokenRole).toString(),
            QStringLiteral("Routes, Read: No, Change: No, Delete: No"));
    }

    void asksTheMeshAboutTheChosenRight() {
        UiFixture ui("home");
        RightsViewModel& rights = *ui.app.access()->rights();
        rights.setSubject(QStringLiteral("operator"));
        rights.setRow(4);
        rights.setColumn(1);
        QCOMPARE(
            rights.command(), QStringLiteral("weftctl can operator put routes --profile home"));

        rights.ask();
        QVERIFY(rights.busy());
        ui.settle();

        QVERIFY(!rights.answerText().isEmpty());
        QCOMPARE(rights.answerTone(), weft::viewmodels::look::Tone::Ok);
        rights.setColumn(0);
        QVERIFY(rights.answerText().isEmpty());
        rights.setKind(2);
        QCOMPARE(
            rights.command(),
            QStringLiteral("weftctl can user:operator get routes --profile home"));
    }

    void saysWhyTheMeshCannotBeAsked() {
        UiFixture ui("home");
        RightsViewModel& rights = *ui.app.access()->rights();
        rights.setSubject(QStringLiteral("operator"));
        ui.controller.failNext(FakeCall::CheckAccess, weft::unavailable("gone"));

        rights.ask();
        ui.settle();

        QCOMPARE(rights.answerTone(), weft::viewmodels::look::Tone::Error);
        QVERIFY(!rights.busy());
    }
};

QTEST_MAIN(RightsTest)
#include "rights_test.moc"
