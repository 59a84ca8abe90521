// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/ui_fixture.h"
#include "ui/viewmodels/access/policy_words.h"

#include <QClipboard>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>

using weft::api::AclAction;
using weft::api::NetworkAcl;
using weft::api::ObjectRef;
using weft::api::PolicyKind;
using weft::tests::FakeCall;
using weft::tests::FakePolicy;
using weft::tests::UiFixture;
using weft::viewmodels::toPolicyKey;

namespace {

const ObjectRef kRule{PolicyKind::NetworkAcl, "cameras-stay-in", {}};

struct AccessFixture : UiFixture {
    AccessFixture() : UiFixture("home") {}

    weft::viewmodels::AccessViewModel& access() { return *app.access(); }
    weft::viewmodels::RuleEditor& rule() { return *access().rule(); }
    weft::api::ProfileId mesh() const {
        return weft::api::ProfileId(app.currentProfile().toStdString());
    }
    void openRule() { rule().openKey(toPolicyKey(kRule)); }
    /// As another administrator changes it.
    void changeBehind(int priority) {
        controller.updatePolicy(mesh(), [&](FakePolicy& policy) {
            auto acl = std::get<NetworkAcl>(policy.state.find(kRule)->object);
            acl.priority = priority;
            static_cast<void>(policy.put(acl, std::nullopt, clock.wallNow()));
        });
        settle();
    }
    NetworkAcl stored(const ObjectRef& ref) {
        NetworkAcl found;
        controller.updatePolicy(mesh(), [&](FakePolicy& policy) {
            if (const auto* object = policy.state.find(ref)) {
                found = std::get<NetworkAcl>(object->object);
            }
        });
        settle();
        return found;
    }
};

}  // namespace

class AccessTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void listsRulesInTheOrderInWhichTheyAreAsked() {
        AccessFixture ui;
        auto* rules = ui.access().rules();

        QVERIFY(ui.access().known());
        QStringList titles;
        for (int row = 0; row < rules->rowCount(); ++row) {
            titles.append(
                rules->index(row).data(weft::viewmodels::PolicyModel::TitleRole).toString());
        }

        QCOMPARE(
            titles,
            QStringList(
                {QStringLiteral("bootstrap-nodes"),
                 QStringLiteral("cameras-stay-in"),
                 QStringLiteral("default-accept")}));
    }

    void savesOverTheRevisionThatWasRead() {
        AccessFixture ui;
        ui.openRule();
        QSignalSpy done(&ui.app, &weft::viewmodels::AppViewModel::toast);

        ui.rule().setPriority(QStringLiteral("250"));
        QVERIFY(ui.rule().dirty());
        ui.rule().save();
        ui.settle();

        QCOMPARE(ui.stored(kRule).priority, 250);
        QVERIFY(!ui.rule().dirty());
        QCOMPARE(done.count(), 1);
    }

    void keepsWhatWasTypedWhenSomebodyElseChangedTheRule() {
        AccessFixture ui;
        ui.openRule();
        ui.rule().setAccepts(true);

        ui.changeBehind(777);

        QVERIFY(ui.rule().conflict());
        QCOMPARE(ui.rule().accepts(), true);
        QCOMPARE(ui.rule().conflictLines().size(), 2);
        ui.rule().save();
        ui.settle();
        QCOMPARE(ui.stored(kRule).action, AclAction::Deny);

        ui.rule().writeMine();
        ui.settle();
        QCOMPARE(ui.stored(kRule).action, AclAction::Accept);
        QCOMPARE(ui.stored(kRule).priority, 100);
        QVERIFY(!ui.rule().conflict());
    }

    void takesTheirsOnDemand() {
        AccessFixture ui;
        ui.openRule();
        ui.rule().setAccepts(true);
        ui.changeBehind(777);

        ui.rule().takeTheirs();

        QCOMPARE(ui.rule().priority(), QStringLiteral("777"));
        QCOMPARE(ui.rule().accepts(), false);
        QVERIFY(!ui.rule().dirty());
    }

    void followsAChangeWhileNothingIsTyped() {
        AccessFixture ui;
        ui.openRule();

        ui.changeBehind(777);

        QVERIFY(!ui.rule().conflict());
        QCOMPARE(ui.rule().priority(), QStringLiteral("777"));
    }

    void saysThatItWasDeletedAndMakesItAgain() {
        AccessFixture ui;
        ui.openRule();
        ui.rule().setPriority(QStringLiteral("5"));
        ui.controller.updatePolicy(ui.mesh(), [&](FakePolicy& policy) {
            static_cast<void>(policy.remove(kRule, std::nullopt, ui.clock.wallNow()));
        });
        ui.settle();

        QVERIFY(ui.rule().conflict());
        ui.rule().save();
        ui.settle();

        QCOMPARE(ui.stored(kRule).priority, 5);
    }

    void refusesANameThatIsTaken() {
        AccessFixture ui;
        ui.rule().openNew();
        ui.rule().setName(QStringLiteral("cameras-stay-in"));
        ui.rule().setSources({QStringLiteral("*")});
        ui.rule().setDestinations({QStringLiteral("*")});
        ui.rule().save();
        ui.settle();

        QVERIFY(ui.rule().conflict());
        QCOMPARE(ui.stored(kRule).action, AclAction::Deny);
        ui.rule().setName(QStringLiteral("another"));
        QVERIFY(!ui.rule().conflict());
    }

    void losesNothingWithTheConnection() {
        AccessFixture ui;
        ui.openRule();
        ui.rule().setPriority(QStringLiteral("300"));
        ui.controller.setLink(weft::api::LinkState::Lost, weft::unavailable("gone"));
        ui.settle();
        ui.rule().save();
        ui.settle();

        QVERIFY(!ui.rule().errorText().isEmpty());
        QCOMPARE(ui.rule().priority(), QStringLiteral("300"));
        QVERIFY(ui.rule().dirty());

        ui.controller.setLink(weft::api::LinkState::Ready);
        ui.settle();
        ui.rule().save();
        ui.settle();
        QCOMPARE(ui.stored(kRule).priority, 300);
    }

    void tellsWhyItIsRefused() {
        AccessFixture ui;
        ui.openRule();
        ui.rule().setPriority(QStringLiteral("300"));
        ui.controller.failNext(
            FakeCall::PutPolicyObject,
            weft::permissionDenied("laptop has no right to networkacls"));
        ui.rule().save();
        ui.settle();

        QVERIFY2(
            ui.rule().errorText().contains(QStringLiteral("no right to networkacls")),
            qPrintable(ui.rule().errorText()));
        QVERIFY(ui.rule().dirty());
    }

    void namesWhatIsWrongBeforeItIsSent_data() {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("value");
        QTest::addRow("name") << QStringLiteral("name") << QStringLiteral("a/b");
        QTest::addRow("space") << QStringLiteral("name") << QStringLiteral("a b");
        QTest::addRow("long") << QStringLiteral("name") << QString(64, QLatin1Char('x'));
        QTest::addRow("priority") << QStringLiteral("priority") << QStringLiteral("2147483648");
        QTest::addRow("word") << QStringLiteral("priority") << QStringLiteral("high");
        QTest::addRow("source") << QStringLiteral("sources") << QStringLiteral("group:");
        QTest::addRow("address") << QStringLiteral("sourceNetworks") << QStringLiteral("10.0.0.1");
        QTest::addRow("length") << QStringLiteral("sourceNetworks")
                                << QStringLiteral("10.0.0.0/33");
    }
    void namesWhatIsWrongBeforeItIsSent() {
        QFETCH(QString, field);
        QFETCH(QString, value);
        AccessFixture ui;
        ui.rule().openNew();
        ui.rule().setName(QStringLiteral("fine"));
        ui.rule().setSources({QStringLiteral("*")});
        ui.rule().setDestinations({QStringLiteral("*")});
        QCOMPARE(ui.rule().problems(), QVariantMap());

        const bool list = field != QLatin1String("name") && field != QLatin1String("priority");
        ui.rule().setProperty(
            field.toLatin1().constData(), list ? QVariant(QStringList{value}) : QVariant(value));

        QCOMPARE(ui.rule().problems().keys(), QStringList{field});
        ui.rule().save();
        ui.settle();
        QCOMPARE(ui.controller.count(FakeCall::PutPolicyObject), std::size_t{0});
    }

    void asksForWhatIsMissingOnlyWhenItIsSaved() {
        AccessFixture ui;
        ui.rule().openNew();
        QCOMPARE(ui.rule().problems(), QVariantMap());
        ui.rule().setName(QStringLiteral("fine"));

        ui.rule().save();

        QCOMPARE(
            ui.rule().problems().keys(),
            QStringList({QStringLiteral("destinations"), QStringLiteral("sources")}));
    }

    void addsAnEntryOnceAndEverybodyAlone() {
        AccessFixture ui;
        const QStringList two{u"nas"_qs, u"phone"_qs};
        const QStringList everybody{u"*"_qs};
        const auto with = [&](const QStringList& entries, const QString& typed) {
            return ui.access().withEntry(entries, typed);
        };

        QCOMPARE(with(two, u" tv "_qs), two + QStringList{u"tv"_qs});
        QCOMPARE(with(two, u"nas"_qs), two);
        QCOMPARE(with(two, u"*"_qs), everybody);
        QCOMPARE(with(everybody, u"nas"_qs), QStringList{u"nas"_qs});
        QVERIFY(with(two, u"  "_qs).isEmpty());
        QVERIFY(ui.access().entryProblem(u"  "_qs, false).isEmpty());
        QVERIFY(!ui.access().entryProblem(u" 10.0.0.0/33 "_qs, true).isEmpty());
        // In the words of the core.
        QCOMPARE(
            ui.access().entryProblem(u"10.0.0.1/8"_qs, true),
            u"10.0.0.1/8 is an address inside a network: write 10.0.0.0/8."_qs);
        QVERIFY(ui.access().entryProblem(u"10.0.0.0/8"_qs, true).isEmpty());
    }

    void warnsOfARuleForOneWayAndMakesTheOther() {
        AccessFixture ui;
        ui.controller.updatePolicy(ui.mesh(), [&](FakePolicy& policy) {
            const ObjectRef all{PolicyKind::NetworkAcl, "default-accept", {}};
            static_cast<void>(policy.remove(all, std::nullopt, ui.clock.wallNow()));
        });
        ui.settle();
        ui.rule().openNew();
        ui.rule().setName(QStringLiteral("to-nas"));
        ui.rule().setSources({QStringLiteral("group:office")});
        ui.rule().setDestinations({QStringLiteral("nas")});
        QVERIFY(ui.rule().oneWay());

        ui.rule().setWithWayBack(true);
        ui.rule().save();
        ui.settle();

        const NetworkAcl back = ui.stored({PolicyKind::NetworkAcl, "to-nas-back", {}});
        QCOMPARE(back.sourceNodes, std::vector<std::string>{"nas"});
        QCOMPARE(back.destinationNodes, std::vector<std::string>{"group:office"});
        QVERIFY(!ui.rule().oneWay());
    }

    void locksWhatTheMeshStandsOn() {
        AccessFixture ui;
        auto* role = ui.access().role();
        role->openKey(toPolicyKey({PolicyKind::Role, "mesh-admin", {}}));

        QVERIFY(!role->readOnlyText().isEmpty());
        role->addRight();
        role->save();
        role->remove();
        ui.settle();

        QCOMPARE(ui.controller.count(FakeCall::PutPolicyObject), std::size_t{0});
        QCOMPARE(ui.controller.count(FakeCall::RemovePolicyObject), std::size_t{0});
    }

    void foretellsWhatGoesWithAGroup() {
        AccessFixture ui;
        auto* group = ui.access().group();
        group->openKey(toPolicyKey({PolicyKind::Group, "office", {}}));

        QCOMPARE(group->consequences().size(), 1);
        QVERIFY(group->usedBy().startsWith(QStringLiteral("Used by 1 object")));
        QCOMPARE(
            group->uses()->index(0).data(weft::viewmodels::NoteModel::TextRole).toString(),
            QStringLiteral("office-routes"));
        group->remove();
        ui.settle();

        QVERIFY(!group->isOpen());
        QVERIFY(!ui.access().groupNames().contains(QStringLiteral("office")));
    }

    void aRenameIsOneDraftThatAllReferencesFollow() {
        AccessFixture ui;
        auto* group = ui.access().group();
        group->openKey(toPolicyKey({PolicyKind::Group, "cameras", {}}));
        QCOMPARE(group->renameHint(), QString());
        QVERIFY(!group->renameProblem(QStringLiteral("office")).isEmpty());
        QVERIFY(!group->renameProblem(QStringLiteral("two words")).isEmpty());

        group->rename(QStringLiteral("eyes"));
        ui.settle();

        std::vector<weft::api::PolicyEdit> edits;
        ui.controller.updatePlan(
            ui.mesh(), [&edits](weft::tests::FakePlan& plan) { edits = plan.draft.edits; });
        ui.settle();
        QCOMPARE(edits.size(), std::size_t{3});
        QCOMPARE(group->name(), QStringLiteral("eyes"));
        QVERIFY(group->drafted());
        QCOMPARE(ui.stored(kRule).sourceNodes, std::vector<std::string>{"group:cameras"});

        ui.access().undo();
        ui.settle();
        QCOMPARE(ui.app.changes()->count(), 0);
    }

    void theGroupOfTheVotersKeepsItsName() {
        AccessFixture ui;
        ui.controller.updatePolicy(ui.mesh(), [](FakePolicy& policy) {
            for (auto& each : policy.state.objects) {
                each.isSystem = each.isSystem || refOf(each.object).name == "voters";
            }
            ++policy.state.revision;
        });
        ui.settle();
        auto* group = ui.access().group();
        group->openKey(toPolicyKey({PolicyKind::Group, "voters", {}}));

        QVERIFY(!group->renameHint().isEmpty());
        group->rename(QStringLiteral("electors"));
        ui.settle();

        QCOMPARE(ui.app.changes()->count(), 0);
    }

    void aPastedListIsTakenApart() {
        AccessFixture ui;
        auto* clipboard = QGuiApplication::clipboard();
        clipboard->setText(QStringLiteral("nas, laptop\n  phone-office;build-01\n"));
        QCOMPARE(
            ui.access().pasted(),
            QStringList(
                {QStringLiteral("nas"),
                 QStringLiteral("laptop"),
                 QStringLiteral("phone-office"),
                 QStringLiteral("build-01")}));

        clipboard->setText(QStringLiteral("nas"));
        QCOMPARE(ui.access().pasted(), QStringList());
    }

    void aPastedListHasALimit() {
        AccessFixture ui;
        constexpr auto kMost = weft::viewmodels::AccessViewModel::kMostPasted;
        QSignalSpy done(&ui.access(), &weft::viewmodels::AccessViewModel::done);
        const QString name = QStringLiteral("n\n");

        QGuiApplication::clipboard()->setText(name.repeated(kMost));
        QCOMPARE(ui.access().pasted().size(), kMost);
        QGuiApplication::clipboard()->setText(name.repeated(kMost + 1));
        QCOMPARE(ui.access().pasted().size(), qsizetype{0});

        QCOMPARE(done.count(), 1);
    }

    void marksMembersAndGroupsThatAreNotThere() {
        AccessFixture ui;

        QVERIFY(!ui.access().isUnknown(QStringLiteral("nas")));
        QVERIFY(ui.access().isUnknown(QStringLiteral("nobody")));
        QVERIFY(!ui.access().isUnknown(QStringLiteral("group:office")));
        QVERIFY(ui.access().isUnknown(QStringLiteral("group:nobody")));
        QVERIFY(!ui.access().isUnknown(QStringLiteral("*")));
    }

    void makesARoleOfRights() {
        AccessFixture ui;
        auto* role = ui.access().role();
        role->openNew();
        role->setName(QStringLiteral("reader"));
        role->toggleResource(0, 1);
        role->toggleResource(0, 2);
        role->toggleResource(0, 0);
        role->save();
        ui.settle();

        weft::api::Role stored;
        ui.controller.updatePolicy(ui.mesh(), [&](FakePolicy& policy) {
            const auto* object = policy.state.find({PolicyKind::Role, "reader", {}});
            stored = std::get<weft::api::Role>(object->object);
        });
        ui.settle();
        QCOMPARE(stored.rules.size(), std::size_t{1});
        // Everything takes the place of what was chosen before.
        QCOMPARE(stored.rules[0].resources, std::vector{weft::api::PolicyResource::All});
        QCOMPARE(stored.rules[0].verbs, std::vector{weft::api::PolicyVerb::Get});
    }

    void warnsOfRoutesThatOverlap() {
        AccessFixture ui;
        auto* route = ui.access().route();
        route->openNew();
        route->setName(QStringLiteral("lab"));
        route->setNetworks({QStringLiteral("10.1.0.128/25")});
        QVERIFY(route->warning().contains(QStringLiteral("home-lan")));

        route->setNetworks({QStringLiteral("0.0.0.0/0")});
        QVERIFY(route->warning().contains(QStringLiteral("Internet")));
        route->setNetworks({QStringLiteral("10.9.0.0/24")});
        QCOMPARE(route->warning(), QString());
    }

    void refusesAnEdgeToItself() {
        AccessFixture ui;
        auto* edge = ui.access().edge();
        edge->openNew();
        edge->setSource(QStringLiteral("nas"));
        edge->setTarget(QStringLiteral("nas"));

        QCOMPARE(edge->problems().keys(), QStringList{QStringLiteral("target")});
    }

    void changesTenThousandRulesQuickly() {
        AccessFixture ui;
        ui.controller.updatePolicy(ui.mesh(), [&](FakePolicy& policy) {
            policy = weft::tests::crowdedFakePolicy(10'000, ui.clock.wallNow());
        });
        ui.settle();
        auto* rules = ui.access().rules();
        QVERIFY(rules->total() >= 10'000);
        QSignalSpy resets(rules, &QAbstractItemModel::modelReset);
        QSignalSpy changes(rules, &QAbstractItemModel::dataChanged);
        QSignalSpy removals(rules, &QAbstractItemModel::rowsRemoved);

        rules->setSearchText(QStringLiteral("no such rule"));
        QCOMPARE(rules->count(), 0);
        QVERIFY(rules->total() >= 10'000);
        rules->setSearchText({});

        QCOMPARE(rules->count(), rules->total());
        QCOMPARE(resets.count(), 0);
        QCOMPARE(removals.count(), 1);
        QCOMPARE(changes.count(), 0);
    }
};

QTEST_MAIN(AccessTest)
#include "access_test.moc"
