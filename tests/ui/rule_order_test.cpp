// SPDX-License-Identifier: Apache-2.0
// Rules are put into another order, which becomes edits of the draft.
#include "tests/ui/draft_fixture.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <string>
#include <vector>

using weft::api::NetworkAcl;
using weft::api::ObjectRef;
using weft::api::PolicyKind;
using weft::tests::columnOf;
using weft::tests::DraftFixture;
using weft::tests::FakeCall;
using weft::tests::FakePolicy;
using weft::viewmodels::PolicyModel;
using weft::viewmodels::toPolicyKey;

namespace {

QString keyOf(const char* name) {
    return toPolicyKey({PolicyKind::NetworkAcl, name, {}});
}

struct OrderFixture : DraftFixture {
    /// Four rules between the first and the last of all, and no draft.
    OrderFixture() : DraftFixture("home") {
        controller.updatePolicy(mesh(), [](FakePolicy& policy) {
            for (const auto& [name, priority] : std::vector<std::pair<std::string, std::int32_t>>{
                     {"alpha", 400}, {"beta", 300}, {"gamma", 200}}) {
                NetworkAcl acl;
                acl.name = name;
                acl.priority = priority;
                acl.action = weft::api::AclAction::Accept;
                acl.sourceNodes = {"*"};
                acl.destinationNodes = {"*"};
                policy.add(acl);
            }
        });
        changes().refresh();
        settle();
    }

    weft::viewmodels::RuleOrder& order() { return *app.access()->order(); }
    QStringList titles() { return columnOf(*app.access()->rules(), PolicyModel::TitleRole); }
    void move(const char* name, const char* target, bool after) {
        order().move(keyOf(name), keyOf(target), after);
        settle();
    }
};

}  // namespace

class RuleOrderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aMoveIsAnEditOfTheDraftAndWritesNothing() {
        OrderFixture ui;
        QSignalSpy moved(&ui.order(), &weft::viewmodels::RuleOrder::moved);
        const auto before = ui.rules();

        ui.move("gamma", "alpha", false);

        QCOMPARE(
            ui.titles().mid(0, 3),
            QStringList(
                {QStringLiteral("bootstrap-nodes"),
                 QStringLiteral("gamma"),
                 QStringLiteral("alpha")}));
        const auto draft = ui.kept();
        QCOMPARE(draft.edits.size(), std::size_t{1});
        QCOMPARE(std::get<NetworkAcl>(*draft.edits.front().after).priority, 500);
        QCOMPARE(ui.rules(), before);
        QCOMPARE(moved.count(), 1);
    }

    void anUndoTakesBackTheWholeMove() {
        OrderFixture ui;
        ui.move("gamma", "alpha", false);
        ui.move("alpha", "gamma", false);
        QCOMPARE(ui.titles().at(1), QStringLiteral("alpha"));

        ui.app.access()->undo();
        ui.settle();
        QCOMPARE(ui.titles().at(1), QStringLiteral("gamma"));

        ui.app.access()->undo();
        ui.settle();
        QCOMPARE(ui.kept().edits.size(), std::size_t{0});
        QCOMPARE(ui.titles().at(1), QStringLiteral("alpha"));
    }

    void aSystemRuleStaysWhereItIs() {
        OrderFixture ui;
        ui.controller.updatePolicy(ui.mesh(), [](FakePolicy& policy) {
            const auto found = std::ranges::find_if(policy.state.objects, [](const auto& each) {
                return refOf(each.object)
                       == ObjectRef{PolicyKind::NetworkAcl, "bootstrap-nodes", {}};
            });
            found->isSystem = true;
            ++policy.state.revision;
        });
        ui.settle();
        QSignalSpy done(&ui.order(), &weft::viewmodels::RuleOrder::done);

        QVERIFY(!ui.order().canMove(keyOf("bootstrap-nodes")));
        ui.move("bootstrap-nodes", "gamma", true);
        QCOMPARE(done.count(), 0);
        ui.move("gamma", "bootstrap-nodes", false);

        QCOMPARE(done.count(), 1);
        QCOMPARE(ui.kept().edits.size(), std::size_t{0});
    }

    void aRuleThatTheDraftChangedAlreadyKeepsThatChange() {
        OrderFixture ui;
        auto& rule = *ui.app.access()->rule();
        rule.openKey(keyOf("gamma"));
        rule.setAccepts(false);
        rule.addToDraft();
        ui.settle();

        ui.move("gamma", "alpha", false);

        const auto draft = ui.kept();
        QCOMPARE(draft.edits.size(), std::size_t{1});
        const auto after = std::get<NetworkAcl>(*draft.edits.front().after);
        QCOMPARE(after.action, weft::api::AclAction::Deny);
        QCOMPARE(after.priority, 500);
        QCOMPARE(std::get<NetworkAcl>(*draft.edits.front().before).priority, 200);
    }

    void thereIsNoPlaceBesideARuleThatTheDraftRemoves() {
        OrderFixture ui;
        auto& rule = *ui.app.access()->rule();
        rule.openKey(keyOf("alpha"));
        rule.removeInDraft();
        ui.settle();
        QSignalSpy done(&ui.order(), &weft::viewmodels::RuleOrder::done);

        QVERIFY(!ui.order().canMove(keyOf("alpha")));
        ui.move("gamma", "alpha", false);

        QCOMPARE(done.count(), 1);
        QCOMPARE(ui.kept().edits.size(), std::size_t{1});
    }

    void aRefusedWriteLeavesTheOrder() {
        OrderFixture ui;
        ui.controller.failNext(FakeCall::EditDraft, weft::unavailable("gone"));
        QSignalSpy done(&ui.order(), &weft::viewmodels::RuleOrder::done);

        ui.move("gamma", "alpha", false);

        QCOMPARE(done.count(), 1);
        QVERIFY(done.front().front().toString().startsWith(QStringLiteral("The order stays")));
        QCOMPARE(ui.titles().at(1), QStringLiteral("alpha"));
    }

    void nothingMovesWithoutDrafts() {
        OrderFixture ui;
        ui.controller.failNext(FakeCall::GetDraft, weft::unimplemented("too old"));
        ui.changes().refresh();
        ui.settle();

        QVERIFY(!ui.order().lockedText().isEmpty());
        QVERIFY(!ui.order().canMove(keyOf("gamma")));
    }
};

QTEST_MAIN(RuleOrderTest)
#include "rule_order_test.moc"
