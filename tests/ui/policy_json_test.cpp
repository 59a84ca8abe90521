// SPDX-License-Identifier: Apache-2.0
// Objects of the history, as the mesh writes them and as the window reads them.
#include "ui/bridge/policy_json.h"

#include "app/cli/policy_objects.h"
#include "core/mesh/policy_object.h"

#include <QTest>

#include <vector>

using weft::api::AclAction;
using weft::api::Group;
using weft::api::kEdgeAttributeIce;
using weft::api::kindOf;
using weft::api::MeshEdge;
using weft::api::NetworkAcl;
using weft::api::PolicyKind;
using weft::api::PolicyObject;
using weft::api::PolicyResource;
using weft::api::PolicyVerb;
using weft::api::Role;
using weft::api::RoleBinding;
using weft::api::Route;
using weft::api::SubjectKind;
using weft::bridge::policyObjectOf;

namespace {

/// One object of each kind with all fields set.
std::vector<PolicyObject> samples() {
    return {
        Role{
            "ops",
            {{{PolicyResource::Routes, PolicyResource::PubSub}, {"a", "*"}, {PolicyVerb::Put}},
             {{PolicyResource::All}, {}, {PolicyVerb::All}}}},
        RoleBinding{
            "ops",
            "ops",
            {{"office", SubjectKind::Group}, {"ann", SubjectKind::User}, {"*", SubjectKind::All}}},
        Group{"gr\xc3\xbc\xc3\x9f\"e\\", {{"nas", SubjectKind::Node}}},
        NetworkAcl{
            "stay-in",
            -7,
            AclAction::Deny,
            {"group:cameras"},
            {"*"},
            {"10.0.0.0/8"},
            {"fd00::/8", "*"}},
        Route{"lan", "nas", {"10.1.0.0/24"}, "laptop"},
        MeshEdge{"laptop", "nas", 3, {{kEdgeAttributeIce, "true"}}}};
}

}  // namespace

class PolicyJsonTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsWhatTheMeshWrites() {
        for (const PolicyObject& object : samples()) {
            const auto stored = weft::cli::toMesh(object);
            QVERIFY2(stored.ok(), weft::messageOf(stored.status()).c_str());
            const std::string json = weft::mesh::encode(*stored);

            const auto read = policyObjectOf(kindOf(object), json);

            QVERIFY2(read == object, json.c_str());
        }
    }

    void readsNumbersForNamesAndPassesOverTheUnknown() {
        const auto role = policyObjectOf(
            PolicyKind::Role,
            R"({"name":"ops","new":[1],"rules":[{"resources":["RESOURCE_ROUTES",10,77],)"
            R"("resource_names":["a"],"verbs":["VERB_SMASH",2]}]})");

        QVERIFY(
            role
            == PolicyObject(Role{
                "ops",
                {{{PolicyResource::Routes, PolicyResource::PubSub, PolicyResource::Unknown},
                  {"a"},
                  {PolicyVerb::Unknown, PolicyVerb::Get}}}}));
    }

    void takesNothingElseForAnObject() {
        for (const char* json : {"", "[]", "7", "{", "null", "\xff"}) {
            QVERIFY2(!policyObjectOf(PolicyKind::Group, json), json);
        }
    }
};

QTEST_MAIN(PolicyJsonTest)
#include "policy_json_test.moc"
