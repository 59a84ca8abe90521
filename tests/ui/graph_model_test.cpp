// SPDX-License-Identifier: Apache-2.0
// The view-model of the graph: what is drawn, what is asked, and when.
#include "tests/ui/ui_fixture.h"
#include "ui/graph/layout.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace std::chrono_literals;
using weft::api::ProfileId;
using weft::graph::LinkStyle;
using weft::graph::Permission;
using weft::tests::FakeCall;
using weft::tests::UiFixture;
using weft::viewmodels::GraphViewModel;
using weft::viewmodels::NodeListModel;
using weft::viewmodels::PermissionMap;

namespace {

const ProfileId kHome{"home"};

/// Somebody looks at the graph of a scene.
struct GraphFixture : UiFixture {
    explicit GraphFixture(const char* scene) : UiFixture(scene) {
        graph.show(true);
        settle();
    }

    int find(const char* id) const {
        const auto at = graph.map().find(id);
        return at == weft::viewmodels::MeshMap::kNowhere ? -1 : static_cast<int>(at);
    }
    weft::graph::SceneNode node(const char* id) const {
        return graph.scene()->nodes.at(static_cast<std::size_t>(find(id)));
    }
    /// Seen from `one`.
    const weft::graph::SceneLink* link(const char* one, const char* other) const {
        const auto& links = graph.scene()->links;
        const auto found = std::ranges::find_if(links, [&](const weft::graph::SceneLink& link) {
            const int from = static_cast<int>(link.from);
            const int to = static_cast<int>(link.to);
            return (from == find(one) && to == find(other))
                   || (from == find(other) && to == find(one));
        });
        return found == links.end() ? nullptr : &*found;
    }
    Permission permission(const char* from, const char* to) const {
        const auto* found = link(from, to);
        if (found == nullptr) {
            return Permission::None;
        }
        const bool turned = static_cast<int>(found->from) != find(from);
        if (turned && found->permission == Permission::Forward) {
            return Permission::Backward;
        }
        return turned && found->permission == Permission::Backward ? Permission::Forward
                                                                   : found->permission;
    }
    QStringList dimmed() const {
        QStringList names;
        for (const auto& each : graph.scene()->nodes) {
            if (each.isDimmed) {
                names.append(each.label);
            }
        }
        return names;
    }
    /// Until the layout has nothing to do any more.
    bool waitForPlaces() {
        QSignalSpy moved(&graph, &GraphViewModel::positionsChanged);
        for (int round = 0; round < 500 && !graph.settled(); ++round) {
            moved.wait(10000);
        }
        return graph.settled();
    }
    weft::graph::Point place(const char* id) const {
        return graph.positions()->at(static_cast<std::size_t>(find(id)));
    }

    GraphViewModel& graph = *app.graph();
};

weft::api::Peer newcomer(const char* id) {
    weft::api::Peer peer;
    peer.id = id;
    peer.zone = "attic";
    peer.addressIpv4 = "172.16.0.99/32";
    return peer;
}

QStringList namesIn(NodeListModel& list) {
    QStringList names;
    for (int row = 0; row < list.count(); ++row) {
        names.append(list.index(row, 0).data(NodeListModel::NameRole).toString());
    }
    return names;
}

}  // namespace

class GraphModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void beginsAnewOnceTheLinksAreKnown() {
        const GraphFixture ui("linked");
        std::vector<weft::graph::Pair> links;
        for (const auto& link : ui.graph.scene()->links) {
            links.emplace_back(link.from, link.to);
        }
        weft::graph::Layout fresh;
        fresh.setGraph(static_cast<std::size_t>(ui.graph.count()), links, {});
        for (int step = 0; step < 10'000 && !fresh.settled(); ++step) {
            fresh.step();
        }

        QVERIFY(QTest::qWaitFor([&ui] { return ui.graph.settled(); }));
        QVERIFY(*ui.graph.positions() == fresh.positions());
    }

    void drawsMembersAndWhatConnectsThem() {
        const GraphFixture ui("linked");

        QCOMPARE(ui.graph.count(), 12);
        QCOMPARE(ui.graph.scene()->links.size(), std::size_t{17});
        QCOMPARE(ui.graph.positions()->size(), std::size_t{12});
        QCOMPARE(ui.graph.countText(), QStringLiteral("12 members, 17 links"));
        QVERIFY(ui.link("vps-ams", "tablet-kitchen") != nullptr);
        QVERIFY(ui.link("laptop", "tablet-kitchen") == nullptr);
    }

    void saysHowPacketsPass() {
        const GraphFixture ui("linked");

        QCOMPARE(ui.link("laptop", "nas")->style, LinkStyle::Direct);
        QCOMPARE(ui.link("laptop", "vps-fra")->style, LinkStyle::Ice);
        // It has never answered.
        QCOMPARE(ui.link("laptop", "build-01")->style, LinkStyle::Idle);
        QCOMPARE(ui.link("nas", "camera-door")->style, LinkStyle::Direct);
    }

    void drawsAWayThatWasFoundWithoutAnEdge() {
        GraphFixture ui("linked");
        QVERIFY(ui.link("laptop", "build-02") == nullptr);
        weft::api::Peer peer = *ui.app.allPeers()->find("build-02");
        peer.way = weft::api::PeerWay{"direct", "", "", ""};
        peer.tunnel = weft::api::PeerTunnel{};
        peer.tunnel->path = "libp2p";
        peer.tunnel->lastHandshake = ui.clock.wallNow();

        ui.controller.updatePeers(kHome, {false, {peer}, {}});
        ui.settle();

        QVERIFY(ui.link("laptop", "build-02") != nullptr);
        QCOMPARE(ui.link("laptop", "build-02")->style, LinkStyle::Libp2p);
    }

    void tellsTheRateOfItsOwnLinks() {
        GraphFixture ui("linked");
        weft::api::Peer peer = *ui.app.allPeers()->find("nas");
        ui.clock.advance(2s);
        peer.tunnel->receivedBytes += 4000;
        peer.tunnel->sentBytes += 2000;
        const auto asked = ui.controller.count(FakeCall::Graph);

        ui.controller.updatePeers(kHome, {false, {peer}, {}});
        ui.settle();

        QCOMPARE(ui.link("laptop", "nas")->rate, 3000.0F);
        // Figures alone are no reason to ask for the links again.
        QCOMPARE(ui.controller.count(FakeCall::Graph), asked);
    }

    void marksWhatMembersAre() {
        GraphFixture ui("linked");
        using weft::graph::kDns;
        using weft::graph::kExit;
        using weft::graph::kLeader;
        using weft::graph::kRouter;
        using weft::graph::kSelf;
        using weft::graph::kVoter;

        QCOMPARE(int{ui.node("laptop").marks}, int{kSelf | kLeader | kVoter});
        QCOMPARE(int{ui.node("nas").marks}, int{kRouter});
        QCOMPARE(int{ui.node("vps-fra").marks}, int{kDns});
        ui.controller.updatePolicy(kHome, [](weft::tests::FakePolicy& policy) {
            policy.add(weft::api::Route{"all", "vps-ams", {"0.0.0.0/0", "::/0"}, {}});
        });
        ui.settle();

        QCOMPARE(int{ui.node("vps-ams").marks}, int{kExit | kDns});
        ui.graph.setCurrent(ui.find("vps-ams"));
        QCOMPARE(ui.graph.currentMarks(), QStringLiteral("Exit · DNS"));
    }

    void coloursByZoneGroupAndService() {
        GraphFixture ui("linked");
        const auto sameColour = [&ui](const char* one, const char* other) {
            return ui.node(one).colour == ui.node(other).colour;
        };
        QCOMPARE(ui.graph.legend().size(), 4);
        QCOMPARE(
            ui.graph.legend().first().toMap().value(QStringLiteral("name")).toString(),
            QStringLiteral("home"));
        QVERIFY(sameColour("laptop", "nas"));
        QVERIFY(!sameColour("laptop", "vps-fra"));

        ui.graph.setColourBy(1);
        QVERIFY(sameColour("workstation", "build-01"));
        QVERIFY(!sameColour("workstation", "camera-door"));
        QVERIFY(sameColour("nas", "printer-hall"));

        ui.graph.setColourBy(2);
        QVERIFY(sameColour("vps-fra", "vps-ams"));
        QVERIFY(!sameColour("vps-fra", "nas"));
        QCOMPARE(
            ui.graph.legend().last().toMap().value(QStringLiteral("name")).toString(),
            QStringLiteral("No service"));
    }

    void moreGroupsThanColoursShareTheLast() {
        GraphFixture ui("linked");
        std::vector<weft::api::Peer> peers;
        peers.reserve(9);
        for (int i = 0; i < 9; ++i) {
            peers.push_back(newcomer(("zone-" + std::to_string(i)).c_str()));
            peers.back().zone = peers.back().id;
        }

        ui.controller.updatePeers(kHome, {false, peers, {}});
        ui.settle();

        const auto legend = ui.graph.legend();
        QCOMPARE(legend.size(), 6);
        QCOMPARE(
            legend.last().toMap().value(QStringLiteral("name")).toString(),
            QStringLiteral("Others"));
        QCOMPARE(legend.last().toMap().value(QStringLiteral("count")).toInt(), 8);
        QVERIFY(std::ranges::all_of(
            ui.graph.scene()->nodes, [](const auto& node) { return node.colour < 6; }));
    }

    void dimsWhatDoesNotMatch() {
        GraphFixture ui("linked");
        auto& filter = *ui.graph.filter();

        filter.setSearchText(QStringLiteral("VPS"));
        QCOMPARE(ui.graph.matches(), 2);
        QCOMPARE(ui.graph.matchText(), QStringLiteral("2 of 12 members"));
        QCOMPARE(ui.dimmed().size(), 10);
        QVERIFY(!ui.node("vps-fra").isDimmed);
        QVERIFY(ui.link("laptop", "nas")->isDimmed);

        filter.setSearchText(QStringLiteral("no such thing"));
        QCOMPARE(ui.graph.matches(), 0);
        QCOMPARE(ui.graph.nextMatch(), -1);
        filter.clear();
        QCOMPARE(ui.dimmed(), QStringList());
        QCOMPARE(ui.graph.matchText(), QString());
    }

    void filtersGoTogether() {
        GraphFixture ui("linked");
        auto& filter = *ui.graph.filter();
        QCOMPARE(
            filter.zones(),
            (QStringList{
                QStringLiteral("cloud"), QStringLiteral("home"), QStringLiteral("office")}));

        filter.setZone(QStringLiteral("office"));
        QCOMPARE(ui.graph.matches(), 3);
        filter.setOnline(true);
        // There is a tunnel to build-01, and it has never answered.
        QCOMPARE(ui.graph.matches(), 2);
        filter.setZone({});
        filter.setOnline(false);
        filter.setRouters(true);
        QCOMPARE(ui.graph.matches(), 1);
        QVERIFY(!ui.node("nas").isDimmed);
        filter.setExits(true);
        QCOMPARE(ui.graph.matches(), 0);
    }

    void goesFromMatchToMatch() {
        GraphFixture ui("linked");
        ui.graph.filter()->setSearchText(QStringLiteral("build"));

        QCOMPARE(ui.graph.nextMatch(), ui.find("build-01"));
        QCOMPARE(ui.graph.nextMatch(), ui.find("build-02"));
        QCOMPARE(ui.graph.nextMatch(), ui.find("build-01"));
        QCOMPARE(ui.graph.currentName(), QStringLiteral("build-01"));
    }

    void keepsPlacesById() {
        GraphFixture ui("linked");
        QVERIFY(ui.waitForPlaces());
        const auto nas = ui.place("nas");
        const auto tablet = ui.place("tablet-kitchen");

        ui.controller.updatePeers(kHome, {false, {newcomer("new-one")}, {"vps-fra"}});
        ui.settle();

        QCOMPARE(ui.graph.positions()->size(), ui.graph.scene()->nodes.size());
        QCOMPARE(ui.place("nas"), nas);
        QCOMPARE(ui.place("tablet-kitchen"), tablet);
    }

    void theChosenNodeStaysChosen() {
        GraphFixture ui("linked");
        ui.graph.setCurrent(ui.find("tablet-kitchen"));
        const QSignalSpy told(&ui.graph, &GraphViewModel::currentChanged);

        ui.controller.updatePeers(kHome, {false, {}, {"nas"}});
        ui.settle();
        QCOMPARE(ui.graph.currentName(), QStringLiteral("tablet-kitchen"));
        QCOMPARE(ui.graph.current(), ui.find("tablet-kitchen"));
        QVERIFY(told.count() > 0);

        ui.controller.updatePeers(kHome, {false, {}, {"tablet-kitchen"}});
        ui.settle();
        QCOMPARE(ui.graph.current(), -1);
    }

    void drawsAMeshOfThousandsOnce() {
        UiFixture ui("crowd");
        auto& graph = *ui.app.graph();
        const QSignalSpy drawn(&graph, &GraphViewModel::sceneChanged);

        graph.show(true);
        ui.settle();

        QCOMPARE(graph.count(), 5000);
        QVERIFY(graph.scene()->links.size() > 7000);
        // With what the members say, and once the links are known.
        QCOMPARE(drawn.count(), 2);
        QCOMPARE(graph.layouts(), std::uint64_t{2});
        QCOMPARE(ui.controller.count(FakeCall::Graph), std::size_t{1});
        QCOMPARE(ui.controller.count(FakeCall::ExplainAccess), std::size_t{0});
    }

    void newsOfManyMembersAreDrawnOnce() {
        GraphFixture ui("linked");
        std::vector<weft::api::Peer> peers;
        peers.reserve(200);
        for (int i = 0; i < 200; ++i) {
            peers.push_back(newcomer(("new-" + std::to_string(i)).c_str()));
        }
        const QSignalSpy drawn(&ui.graph, &GraphViewModel::sceneChanged);
        const auto asked = ui.controller.count(FakeCall::Graph);

        ui.controller.updatePeers(kHome, {false, peers, {}});
        ui.settle();

        QCOMPARE(ui.graph.count(), 212);
        QCOMPARE(drawn.count(), 1);
        QCOMPARE(ui.controller.count(FakeCall::Graph), asked + 1);
    }

    void asksNothingWhileNobodyLooks() {
        UiFixture ui("linked");
        auto& graph = *ui.app.graph();
        const auto change = [&ui](const char* id) {
            ui.controller.updatePeers(kHome, {false, {newcomer(id)}, {}});
            ui.settle();
        };
        change("one");
        QCOMPARE(ui.controller.count(FakeCall::Graph), std::size_t{0});
        QCOMPARE(graph.layouts(), std::uint64_t{0});

        graph.show(true);
        ui.settle();
        QCOMPARE(ui.controller.count(FakeCall::Graph), std::size_t{1});
        graph.setPermissions(true);
        ui.settle();
        graph.show(false);
        const auto asked = [&ui] {
            return ui.controller.count(FakeCall::Graph) + ui.controller.count(FakeCall::ReviewPlan)
                   + ui.controller.count(FakeCall::ExplainAccess);
        };
        const auto before = asked();
        const auto layouts = graph.layouts();
        const QSignalSpy drawn(&graph, &GraphViewModel::sceneChanged);
        change("two");
        ui.controller.updatePolicy(kHome, [](weft::tests::FakePolicy& policy) {
            policy.add(weft::api::Group{"crew", {{"nas", weft::api::SubjectKind::Node}}});
        });
        ui.settle();
        QCOMPARE(asked(), before);
        QCOMPARE(graph.layouts(), layouts);
        QCOMPARE(drawn.count(), 0);

        // What changed meanwhile is there when somebody looks again.
        graph.show(true);
        ui.settle();
        QCOMPARE(graph.count(), 14);
        QCOMPARE(ui.controller.count(FakeCall::Graph), std::size_t{2});
    }

    void asksNothingWhileTheWindowIsHidden() {
        GraphFixture ui("linked");
        const auto asked = ui.controller.count(FakeCall::Graph);

        ui.app.setActive(false);
        ui.controller.updatePolicy(kHome, [](weft::tests::FakePolicy& policy) {
            policy.add(weft::api::MeshEdge{"nas", "build-01", 1, {}});
        });
        ui.settle();
        QCOMPARE(ui.controller.count(FakeCall::Graph), asked);

        ui.app.setActive(true);
        ui.settle();
        QCOMPARE(ui.controller.count(FakeCall::Graph), asked + 1);
    }

    void saysWhyTheLinksAreMissing() {
        UiFixture ui("linked");
        auto& graph = *ui.app.graph();
        ui.controller.failNext(FakeCall::Graph, weft::unavailable("the leader is away"));

        graph.show(true);
        QVERIFY(graph.loading());
        ui.settle();
        QVERIFY(!graph.loading());
        QVERIFY(graph.errorText().contains(QStringLiteral("The leader is away")));
        // What this node knows of its own links is there.
        QCOMPARE(graph.count(), 12);
        QCOMPARE(graph.scene()->links.size(), std::size_t{5});

        graph.refresh();
        ui.settle();
        QCOMPARE(graph.errorText(), QString());
        QCOMPARE(graph.scene()->links.size(), std::size_t{17});
    }

    void keepsWhatWasKnownOfAMeshThatWasLeft() {
        GraphFixture ui("linked");

        ui.app.connection()->act();
        ui.settle();

        QVERIFY(ui.app.connection()->stale());
        QCOMPARE(ui.graph.count(), 12);
        QCOMPARE(ui.graph.scene()->links.size(), std::size_t{17});
        ui.graph.askLoss(1);
        QVERIFY(!ui.graph.loss()->isOpen());
    }

    void anotherMeshBeginsAnew() {
        GraphFixture ui("several");
        ui.graph.setCurrent(1);
        ui.graph.filter()->setOnline(true);
        QCOMPARE(ui.graph.count(), 12);

        ui.app.showProfile(QStringLiteral("work"));
        ui.settle();

        QCOMPARE(ui.graph.count(), 0);
        QCOMPARE(ui.graph.scene()->nodes.size(), std::size_t{0});
        QCOMPARE(ui.graph.positions()->size(), std::size_t{0});
        QCOMPARE(ui.graph.current(), -1);
        QVERIFY(!ui.graph.filter()->active());
    }

    void listsTheNodesInWords() {
        GraphFixture ui("linked");
        auto& list = *ui.graph.list();
        const QAbstractItemModelTester tester(
            &list, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(list.count(), 0);

        ui.graph.setListing(true);
        QCOMPARE(namesIn(list).first(), QStringLiteral("laptop"));
        QCOMPARE(namesIn(list).at(1), QStringLiteral("build-01"));
        QCOMPARE(list.count(), 12);
        const auto line = [&](const char* id) {
            const int row = list.rowOf(ui.find(id));
            return list.index(row, 0).data(NodeListModel::LineRole).toString();
        };
        QCOMPARE(line("nas"), QStringLiteral("nas, Reachable, Direct, 4 links"));
        QCOMPARE(line("printer-hall"), QStringLiteral("printer-hall, Member, 1 link"));
        QCOMPARE(ui.graph.lineAt(ui.find("nas")), line("nas"));

        ui.graph.filter()->setSearchText(QStringLiteral("vps"));
        QCOMPARE(
            namesIn(list), (QStringList{QStringLiteral("vps-ams"), QStringLiteral("vps-fra")}));
        QCOMPARE(list.nodeAt(1), ui.find("vps-fra"));
        QCOMPARE(list.rowOf(ui.find("nas")), -1);
    }

    void namesTheNeighbours() {
        const GraphFixture ui("linked");

        const auto neighbours = ui.graph.neighboursOf(ui.find("nas"));

        QStringList names;
        for (const QVariant& each : neighbours) {
            names.append(each.toMap().value(QStringLiteral("text")).toString());
        }
        QCOMPARE(
            names,
            (QStringList{
                QStringLiteral("camera-door"),
                QStringLiteral("laptop"),
                QStringLiteral("printer-hall"),
                QStringLiteral("vps-fra")}));
        QCOMPARE(ui.graph.neighboursOf(-1).size(), 0);
    }

    void asksAboutAllPairsAtOnce() {
        GraphFixture ui("linked");

        ui.graph.setPermissions(true);
        ui.settle();

        QCOMPARE(ui.controller.count(FakeCall::ReviewPlan), std::size_t{1});
        QCOMPARE(ui.controller.count(FakeCall::ExplainAccess), std::size_t{0});
        QCOMPARE(ui.permission("laptop", "nas"), Permission::Both);
        // Cameras may answer nobody, and be reached.
        QCOMPARE(ui.permission("nas", "camera-door"), Permission::Forward);
        QCOMPARE(ui.permission("camera-door", "nas"), Permission::Backward);
        QCOMPARE(ui.graph.scene()->links.size(), std::size_t{66});
        // The nodes stay where they are.
        QCOMPARE(ui.graph.layouts(), std::uint64_t{2});

        ui.graph.setCurrent(ui.find("nas"));
        ui.settle();
        QCOMPARE(ui.controller.count(FakeCall::ReviewPlan), std::size_t{1});
        QVERIFY(ui.link("laptop", "vps-fra")->isDimmed);
        QVERIFY(!ui.link("laptop", "nas")->isDimmed);
        ui.graph.setPermissions(false);
        QCOMPARE(ui.graph.scene()->links.size(), std::size_t{17});
    }

    void asksAnewWhenTheRulesChange() {
        GraphFixture ui("linked");
        ui.graph.setPermissions(true);
        ui.settle();

        ui.controller.updatePolicy(kHome, [](weft::tests::FakePolicy& policy) {
            policy.add(weft::api::Group{"crew", {{"nas", weft::api::SubjectKind::Node}}});
        });
        ui.settle();

        QCOMPARE(ui.controller.count(FakeCall::ReviewPlan), std::size_t{2});
    }

    void asksAboutOneWhereNotAllPairsAreTold() {
        GraphFixture ui("linked");
        ui.controller.updatePlan(kHome, [](weft::tests::FakePlan& plan) {
            plan.review = [](const weft::api::PlanSubject&) {
                weft::api::PlanReview review;
                review.pairs.changed = 1001;
                return review;
            };
        });

        ui.graph.setPermissions(true);
        ui.settle();
        QCOMPARE(
            ui.graph.permissionsText(),
            QStringLiteral("Choose a node to see whom it may reach, and who may reach it."));
        QCOMPARE(ui.controller.count(FakeCall::ExplainAccess), std::size_t{0});

        ui.graph.setCurrent(ui.find("nas"));
        ui.settle();
        QCOMPARE(ui.controller.count(FakeCall::ExplainAccess), std::size_t{11});
        QCOMPARE(ui.permission("nas", "camera-door"), Permission::Forward);
        QCOMPARE(ui.permission("laptop", "nas"), Permission::Both);
        QVERIFY(ui.link("laptop", "vps-fra") == nullptr);
    }

    void asksAboutAFewAtATime() {
        GraphFixture ui("linked");
        const auto peers =
            weft::tests::fakePeers(PermissionMap::kMostForAll + 1, ui.clock.wallNow());
        ui.controller.updatePeers(kHome, {true, peers, {}});
        ui.settle();
        ui.graph.setPermissions(true);
        ui.settle();
        QCOMPARE(ui.controller.count(FakeCall::ReviewPlan), std::size_t{0});
        ui.controller.hold();

        ui.graph.setCurrent(1);
        QCOMPARE(ui.controller.count(FakeCall::ExplainAccess), PermissionMap::kAtOnce);
        // Whoever turns away does not wait for the answers.
        ui.graph.setPermissions(false);
        ui.controller.release();
        ui.settle();
        QCOMPARE(ui.controller.count(FakeCall::ExplainAccess), PermissionMap::kAtOnce);
    }

    void saysThatTheRulesCannotBeAsked() {
        GraphFixture ui("linked");
        ui.graph.setCurrent(1);
        ui.controller.failNext(FakeCall::ReviewPlan, weft::unimplemented("too old"));
        ui.controller.failNext(FakeCall::ExplainAccess, weft::permissionDenied("not for you"), 20);

        ui.graph.setPermissions(true);
        for (int round = 0; round < 4; ++round) {
            ui.settle();
        }

        QVERIFY(ui.graph.permissionsFailed());
        QVERIFY(ui.graph.permissionsText().contains(QStringLiteral("Not for you")));
        QVERIFY(ui.controller.count(FakeCall::ExplainAccess) <= PermissionMap::kAtOnce);
        QVERIFY(!ui.graph.permissionsBusy());
    }

    void showsWhoWouldBeCutOff() {
        GraphFixture ui("linked");
        auto& loss = *ui.graph.loss();
        ui.graph.setListing(true);

        ui.graph.askLoss(ui.find("nas"));
        QVERIFY(loss.busy());
        ui.settle();

        QCOMPARE(loss.heading(), QStringLiteral("If nas were gone"));
        QVERIFY2(
            loss.text().contains(QStringLiteral("1 member would be cut off: printer-hall. ")),
            qPrintable(loss.text()));
        QVERIFY(loss.text().contains(QStringLiteral("The voters keep their majority.")));
        QCOMPARE(loss.tone(), weft::viewmodels::look::Tone::Warn);
        QVERIFY(ui.node("nas").isGone);
        QVERIFY(ui.node("printer-hall").isDimmed);
        QVERIFY(!ui.node("vps-fra").isDimmed);
        QVERIFY(ui.link("laptop", "nas")->isDimmed);
        auto& list = *ui.graph.list();
        const int row = list.rowOf(ui.find("printer-hall"));
        QCOMPARE(
            list.index(row, 0).data(NodeListModel::NoteRole).toString(), QStringLiteral("Cut off"));

        loss.clear();
        QVERIFY(!ui.node("nas").isGone);
        QCOMPARE(ui.dimmed(), QStringList());
    }

    void tellsOfTheVoters() {
        GraphFixture ui("linked");

        ui.graph.askLoss(ui.find("laptop"));
        ui.settle();

        QVERIFY2(
            ui.graph.loss()->text().contains(QStringLiteral("too few to elect a leader")),
            qPrintable(ui.graph.loss()->text()));
    }

    void nobodyIsCutOffWhereThereIsAnotherWay() {
        GraphFixture ui("linked");

        ui.graph.askLoss(ui.find("build-01"));
        ui.settle();

        QCOMPARE(ui.graph.loss()->tone(), weft::viewmodels::look::Tone::Ok);
        QVERIFY(ui.graph.loss()->text().startsWith(QStringLiteral("Nobody is cut off")));
        QCOMPARE(ui.dimmed(), QStringList());
    }

    void whatCannotBeForeseenIsSaid() {
        GraphFixture ui("linked");
        ui.controller.failNext(FakeCall::AskWhatIf, weft::unimplemented("too old"));

        ui.graph.askLoss(1);
        ui.settle();

        QVERIFY(!ui.graph.loss()->known());
        QVERIFY(ui.graph.loss()->errorText().contains(QStringLiteral("Too old")));
    }

    void aDrawnLinkOpensTheEditor() {
        GraphFixture ui("linked");
        auto& edge = *ui.app.access()->edge();

        edge.openBetween(QStringLiteral("nas"), QStringLiteral("build-01"));
        QVERIFY(edge.isOpen());
        QVERIFY(edge.isNew());
        QCOMPARE(edge.source(), QStringLiteral("nas"));
        QCOMPARE(edge.target(), QStringLiteral("build-01"));
        QVERIFY(edge.canSave());
        const auto asked = ui.controller.count(FakeCall::Graph);
        edge.save();
        ui.settle();
        QCOMPARE(ui.controller.count(FakeCall::PutPolicyObject), std::size_t{1});
        QCOMPARE(ui.controller.count(FakeCall::Graph), asked + 1);

        // There is one by now, whichever way it is drawn.
        edge.openBetween(QStringLiteral("build-01"), QStringLiteral("nas"));
        QVERIFY(!edge.isNew());
        QCOMPARE(edge.source(), QStringLiteral("nas"));
    }
};

QTEST_MAIN(GraphModelTest)
#include "graph_model_test.moc"
