// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/ui_fixture.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using weft::api::MeshRoute;
using weft::api::RouteState;
using weft::tests::FakeCall;
using weft::tests::UiFixture;
using weft::viewmodels::AppViewModel;
using weft::viewmodels::RoutesModel;
using weft::viewmodels::RoutesViewModel;

namespace {

struct RoutesFixture : UiFixture {
    explicit RoutesFixture(const char* scene = "home") : UiFixture(scene) {
        app.setActive(true);
        routes().show(true);
        settle();
    }
    RoutesViewModel& routes() { return *app.routes(); }
};

MeshRoute route(const char* cidr, const char* node, RouteState state = RouteState::InUse) {
    MeshRoute made;
    made.cidr = cidr;
    made.nodeId = node;
    made.state = state;
    return made;
}

QString key(const char* cidr, const char* node) {
    return weft::viewmodels::toRouteKey(route(cidr, node));
}

QStringList titles(const RoutesModel& model) {
    QStringList list;
    for (int row = 0; row < model.count(); ++row) {
        list.append(model.index(row).data(RoutesModel::TitleRole).toString());
    }
    return list;
}

QVariant of(const RoutesModel& model, const QString& key, RoutesModel::Role role) {
    for (int row = 0; row < model.count(); ++row) {
        if (model.index(row).data(RoutesModel::RouteKeyRole).toString() == key) {
            return model.index(row).data(role);
        }
    }
    return {};
}

}  // namespace

class RoutesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sortsThemByWhatTheyAreToThisComputer() {
        RoutesFixture ui;
        RoutesViewModel& routes = ui.routes();

        QVERIFY(routes.known());
        QCOMPARE(
            titles(*routes.inUse()),
            QStringList({QStringLiteral("172.16.0.0/12"), QStringLiteral("10.1.0.0/24")}));
        QCOMPARE(
            titles(*routes.offered()),
            QStringList(
                {QStringLiteral("The Internet (0.0.0.0/0)"),
                 QStringLiteral("192.168.1.0/24"),
                 QStringLiteral("198.51.100.128/25")}));
        QCOMPARE(titles(*routes.refused()), QStringList(QStringLiteral("10.40.0.0/16")));
        QCOMPARE(
            titles(*routes.own()),
            QStringList({QStringLiteral("10.8.0.0/24"), QStringLiteral("10.9.0.0/24")}));
        QCOMPARE(routes.asked(), 2);
    }

    void searchesByNetworkMemberAndState() {
        RoutesFixture ui;
        RoutesViewModel& routes = ui.routes();
        const auto found = [&routes](const char* text) {
            routes.setSearchText(QString::fromLatin1(text));
            return titles(*routes.inUse()) + titles(*routes.offered()) + titles(*routes.refused())
                   + titles(*routes.own());
        };
        const QString internet = QStringLiteral("The Internet (0.0.0.0/0)");

        QCOMPARE(found("10.40"), QStringList(QStringLiteral("10.40.0.0/16")));
        QCOMPARE(found("NAS"), QStringList({QStringLiteral("10.1.0.0/24"), internet}));
        QCOMPARE(found("nas in use"), QStringList(QStringLiteral("10.1.0.0/24")));
        QCOMPARE(found("internet"), QStringList(internet));
        QCOMPARE(found("refused"), QStringList(QStringLiteral("10.40.0.0/16")));
        // An address is found in the networks that lead to it.
        QCOMPARE(found("10.1.0.77"), QStringList({QStringLiteral("10.1.0.0/24"), internet}));
        QCOMPARE(found("nobody has this"), QStringList());
        QCOMPARE(routes.inUse()->total(), 2);
        QCOMPARE(routes.own()->total(), 2);
        QCOMPARE(routes.asked(), 2);
        QCOMPARE(found("  ").size(), 8);
    }

    void searchesForSoManyCharactersAlone() {
        RoutesFixture ui;

        ui.routes().setSearchText(QString(201, QLatin1Char('1')));

        QCOMPARE(ui.routes().searchText(), QString(200, QLatin1Char('1')));
    }

    void keepsTheSearchWhenRoutesChangeAndForgetsItWithTheMesh() {
        RoutesFixture ui("several");
        ui.routes().setSearchText(QStringLiteral("nas"));
        const QSignalSpy counts(ui.routes().offered(), &RoutesModel::countChanged);

        ui.routes().accept(key("0.0.0.0/0", "nas"));
        ui.settle();
        QCOMPARE(titles(*ui.routes().inUse()).size(), 2);
        QCOMPARE(ui.routes().offered()->count(), 0);
        QCOMPARE(ui.routes().offered()->total(), 2);
        QVERIFY(!counts.isEmpty());

        ui.app.showProfile(QStringLiteral("work"));
        ui.settle();
        QCOMPARE(ui.routes().searchText(), QString());
    }

    void readsThemOnlyWhileSomebodyLooks() {
        UiFixture ui("home");
        // The exit nodes are read whether anybody looks or not, when the mesh itself changes.
        const std::size_t before = ui.controller.count(FakeCall::Routes);
        ui.app.setActive(true);
        ui.app.routes()->show(true);
        ui.settle();
        QCOMPARE(ui.controller.count(FakeCall::Routes), before + 1);
        const auto change = [](weft::api::DaemonState& state) { ++state.revision; };

        ui.controller.updateState(change);
        ui.settle();
        QCOMPARE(ui.controller.count(FakeCall::Routes), before + 2);
        ui.app.setActive(false);
        ui.controller.updateState(change);
        ui.settle();
        QCOMPARE(ui.controller.count(FakeCall::Routes), before + 2);
    }

    void asksBeforeWhatChangesMuchAlone() {
        RoutesFixture ui;
        const RoutesModel& offered = *ui.routes().offered();
        const auto lines = [&offered](const QString& key) {
            return of(offered, key, RoutesModel::ConsequencesRole).toStringList();
        };

        QCOMPARE(lines(key("0.0.0.0/0", "nas")).size(), 3);
        QCOMPARE(lines(key("198.51.100.128/25", "vps-fra")).size(), 1);
        QVERIFY(lines(key("192.168.1.0/24", "build-01"))
                    .constFirst()
                    .endsWith(QStringLiteral("This computer reaches it by eth0.")));
        QCOMPARE(
            of(offered, key("0.0.0.0/0", "nas"), RoutesModel::QuestionRole).toString(),
            QStringLiteral("Reach the Internet through nas?"));
        QVERIFY(
            !of(offered, key("0.0.0.0/0", "nas"), RoutesModel::PublicKeyRole).toString().isEmpty());
        QCOMPARE(
            of(*ui.routes().refused(),
               key("10.40.0.0/16", "workstation"),
               RoutesModel::ConsequencesRole)
                .toStringList(),
            QStringList());
    }

    void offersNoAnswerWhereNoneIsTaken() {
        RoutesFixture ui;
        const auto answers = [](const RoutesModel& model, const QString& key) {
            return QList<bool>{
                of(model, key, RoutesModel::CanAcceptRole).toBool(),
                of(model, key, RoutesModel::CanRefuseRole).toBool(),
                of(model, key, RoutesModel::CanForgetRole).toBool()};
        };
        RoutesViewModel& routes = ui.routes();

        QCOMPARE(
            answers(*routes.inUse(), key("172.16.0.0/12", "")), QList<bool>({false, false, false}));
        QCOMPARE(
            answers(*routes.inUse(), key("10.1.0.0/24", "nas")), QList<bool>({false, true, false}));
        QCOMPARE(
            answers(*routes.offered(), key("0.0.0.0/0", "nas")), QList<bool>({true, true, false}));
        QCOMPARE(
            answers(*routes.refused(), key("10.40.0.0/16", "workstation")),
            QList<bool>({true, false, true}));
        QCOMPARE(
            answers(*routes.own(), key("10.8.0.0/24", "laptop")),
            QList<bool>({false, false, false}));
    }

    void acceptsAndRefuses() {
        RoutesFixture ui;
        RoutesViewModel& routes = ui.routes();
        QSignalSpy toast(&ui.app, &AppViewModel::toast);

        routes.accept(key("0.0.0.0/0", "nas"));
        QVERIFY(routes.busy());
        QCOMPARE(routes.busyKey(), key("0.0.0.0/0", "nas"));
        ui.settle();

        QVERIFY(!routes.busy());
        QVERIFY(titles(*routes.inUse()).contains(QStringLiteral("The Internet (0.0.0.0/0)")));
        QCOMPARE(routes.asked(), 1);
        QCOMPARE(
            toast.constLast().constFirst().toString(),
            QStringLiteral("The Internet (0.0.0.0/0) is accepted"));
        routes.refuse(key("10.1.0.0/24", "nas"));
        ui.settle();
        QVERIFY(titles(*routes.refused()).contains(QStringLiteral("10.1.0.0/24")));
        routes.forget(key("10.1.0.0/24", "nas"));
        ui.settle();
        QVERIFY(titles(*routes.offered()).contains(QStringLiteral("10.1.0.0/24")));
    }

    void forgetsWhatWasSaidAboutAll() {
        RoutesFixture ui;
        ui.controller.failNext(FakeCall::AnswerRoute, weft::notFound("nothing was said to it"));

        ui.routes().forget(key("10.40.0.0/16", "workstation"));
        ui.settle();

        QCOMPARE(ui.controller.count(FakeCall::AnswerRoute), std::size_t{2});
        QCOMPARE(ui.routes().answerError(), QString());
        QCOMPARE(ui.routes().refused()->count(), 0);
    }

    void losesNothingWhenAnAnswerIsNotTaken() {
        RoutesFixture ui;
        RoutesViewModel& routes = ui.routes();
        const QStringList before = titles(*routes.offered());
        ui.controller.failNext(
            FakeCall::AnswerRoute,
            weft::failedPrecondition("this profile comes from the configuration"));

        routes.refuse(key("0.0.0.0/0", "nas"), true);
        ui.settle();

        QCOMPARE(
            routes.answerError(),
            QStringLiteral("Your answer was not kept: This profile comes from the configuration."));
        QCOMPARE(routes.errorText(), QString());
        QCOMPARE(titles(*routes.offered()), before);
        routes.answerAgain();
        ui.settle();
        QCOMPARE(routes.answerError(), QString());
        QVERIFY(titles(*routes.refused()).contains(QStringLiteral("The Internet (0.0.0.0/0)")));
    }

    void showsWhyTheyCannotBeReadAndWhatWasKnown() {
        RoutesFixture ui;
        RoutesViewModel& routes = ui.routes();
        ui.controller.failNext(FakeCall::Routes, weft::unavailable("nobody there"));

        routes.refresh();
        ui.settle();
        QVERIFY(routes.errorText().contains(QStringLiteral("Nobody there")));
        QCOMPARE(routes.inUse()->count(), 2);

        routes.refresh();
        ui.settle();
        QCOMPARE(routes.errorText(), QString());
    }

    void takesNoAnswerOfAnotherMesh() {
        RoutesFixture ui("several");
        ui.controller.hold();
        ui.routes().refresh();
        ui.routes().accept(key("0.0.0.0/0", "nas"));
        ui.settle();
        QSignalSpy toast(&ui.app, &AppViewModel::toast);

        ui.app.showProfile(QStringLiteral("work"));
        ui.controller.release();
        ui.settle();

        QVERIFY(!ui.routes().busy());
        QVERIFY(!ui.routes().known());
        QCOMPARE(ui.routes().inUse()->count(), 0);
        QCOMPARE(toast.count(), 0);
    }

    void keepsRowsThatStay() {
        RoutesModel model;
        const QAbstractItemModelTester tester(&model);
        model.setRoutes(
            {route("10.1.0.0/24", "a"), route("10.2.0.0/24", "a"), route("10.3.0.0/24", "a")});
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);

        model.setRoutes(
            {route("10.0.0.0/24", "a"),
             route("10.1.0.0/24", "a"),
             route("10.3.0.0/24", "a", RouteState::Unused),
             route("10.3.0.0/24", "b")});

        QCOMPARE(reset.count(), 0);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(model.count(), 4);
        QCOMPARE(
            of(model, key("10.3.0.0/24", "a"), RoutesModel::BadgeRole).toString(),
            QStringLiteral("Not used"));
        model.setRoutes({route("10.3.0.0/24", "b"), route("10.1.0.0/24", "a")});
        QCOMPARE(reset.count(), 1);
        QCOMPARE(
            titles(model),
            QStringList({QStringLiteral("10.3.0.0/24"), QStringLiteral("10.1.0.0/24")}));
    }

    void carriesIdsThatAreNoText() {
        const std::string id("a/\xff\0b", 5);
        MeshRoute odd = route("::/0", "");
        odd.nodeId = id;

        const MeshRoute back = weft::viewmodels::fromRouteKey(weft::viewmodels::toRouteKey(odd));

        QCOMPARE(back.cidr, std::string("::/0"));
        QVERIFY(back.nodeId == id);
    }
};

QTEST_MAIN(RoutesTest)
#include "routes_test.moc"
