// SPDX-License-Identifier: Apache-2.0
// What a canvas does with its source and its view. Runs with and without a graphics card.
#include "tests/ui/graph_canvas_fixture.h"

#include <QAbstractEventDispatcher>

#include <limits>

using weft::qml::GraphCanvas;
using weft::tests::CanvasWindow;
using weft::tests::crossGraph;
using weft::tests::HeldGraph;
using weft::tests::isNear;
using weft::tests::sampleGraph;
using weft::tests::sceneOf;

namespace {

bool hasTimers(GraphCanvas& canvas) {
    return !QAbstractEventDispatcher::instance()->registeredTimers(&canvas).isEmpty();
}

}  // namespace

class GraphCanvasTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fitShowsAllNodesInsideTheItem() {
        const auto source = sampleGraph(300);
        CanvasWindow shown(source.get());

        for (int node = 0; node < 300; ++node) {
            QVERIFY(QRect({}, weft::tests::kCanvasSize).contains(shown.at(node)));
        }
    }

    void zoomStaysInItsBoundsAndIgnoresWhatIsNoNumber() {
        const auto source = crossGraph();
        CanvasWindow shown(source.get());

        shown.canvas.zoomBy(1e12);
        QCOMPARE(shown.canvas.zoom(), weft::qml::kLargestZoom);
        shown.canvas.zoomBy(1e-12);
        QCOMPARE(shown.canvas.zoom(), weft::qml::kSmallestZoom);
        const QPointF before = shown.canvas.positionOf(1);
        shown.canvas.zoomBy(0);
        shown.canvas.zoomBy(-1);
        shown.canvas.zoomBy(std::numeric_limits<double>::quiet_NaN());
        shown.canvas.panBy(std::numeric_limits<double>::infinity(), 0);
        QVERIFY(isNear(shown.canvas.positionOf(1), before));
    }

    void followsTheLayoutUntilItIsPanned() {
        HeldGraph source(sceneOf(2, {}), {{-4, 0}, {4, 0}});
        CanvasWindow shown(&source);
        const double near = shown.canvas.zoom();

        source.move({{-40, 0}, {40, 0}});
        shown.picture();
        const double far = shown.canvas.zoom();
        QVERIFY(far < near / 5);
        QVERIFY(shown.canvas.isFollowing());

        shown.canvas.panBy(1, 0);
        source.move({{-4, 0}, {4, 0}});
        shown.picture();
        QCOMPARE(shown.canvas.zoom(), far);
        QVERIFY(!shown.canvas.isFollowing());

        shown.canvas.fit();
        QCOMPARE(shown.canvas.zoom(), near);
        QVERIFY(shown.canvas.isFollowing());
    }

    void resizingKeepsTheCentre() {
        const auto source = crossGraph();
        CanvasWindow shown(source.get());
        shown.canvas.centreOn(1);
        const double zoom = shown.canvas.zoom();

        shown.canvas.setSize({500, 400});
        shown.picture();

        QVERIFY(isNear(shown.canvas.positionOf(1), {250, 200}));
        QCOMPARE(shown.canvas.zoom(), zoom);
    }

    void glidesToWhereItWasAsked() {
        const auto source = crossGraph();
        CanvasWindow shown(source.get());
        shown.canvas.setProperty("reduceMotion", false);
        const QPointF before = shown.canvas.positionOf(1);

        shown.canvas.centreOn(1);

        QVERIFY(isNear(shown.canvas.positionOf(1), before));
        const auto isThere = [&] { return isNear(shown.canvas.positionOf(1), {400, 300}); };
        QVERIFY(QTest::qWaitFor(isThere));
    }

    void drawsNothingWithoutAGraph() {
        CanvasWindow shown(nullptr);
        HeldGraph empty;
        const QImage none = shown.picture();

        shown.canvas.setSource(&empty);

        QCOMPARE(shown.picture(), none);
        QCOMPARE(shown.canvas.nodeAt(400, 300), -1);
        QCOMPARE(shown.canvas.positionOf(0), QPointF());
        QCOMPARE(shown.canvas.neighbourTowards(-1, 1, 0), -1);
        shown.canvas.centreOn(0);
        shown.canvas.setCurrent(3);
        shown.canvas.fit();
        QCOMPARE(shown.picture(), none);
    }

    void aSourceMayBeReplacedOrDestroyedWhileItIsShown() {
        auto first = sampleGraph(40);
        HeldGraph second(sceneOf(1, {}), {{0, 0}});
        CanvasWindow shown(first.get());
        shown.canvas.setCurrent(30);
        shown.picture();

        shown.canvas.setSource(&second);
        first->move({});
        QVERIFY(isNear(shown.canvas.positionOf(0), {400, 300}, 400));
        shown.picture();
        QCOMPARE(shown.canvas.drawing().bodies.sprites.size(), std::size_t{1});
        shown.canvas.setSource(first.get());
        first.reset();
        QCOMPARE(shown.canvas.source(), nullptr);
        shown.picture();
        QVERIFY(shown.canvas.drawing().bodies.sprites.empty());
    }

    void nodesWithoutAPlaceAreNotDrawn() {
        constexpr float kNone = std::numeric_limits<float>::quiet_NaN();
        constexpr float kEndless = std::numeric_limits<float>::infinity();
        constexpr float kTooFar = weft::qml::kFarthest * 1.01F;
        HeldGraph source(
            sceneOf(7, {{0, 1}, {0, 2}, {0, 3}, {0, 4}, {0, 6}, {0, 900}}),
            {{0, 0}, {kNone, 0}, {0, kEndless}, {-kEndless, 0}, {0, kTooFar}, {1, 0}});
        CanvasWindow shown(&source);

        shown.canvas.setCurrent(6);
        shown.canvas.centreOn(6);
        shown.picture();

        QCOMPARE(shown.canvas.drawing().bodies.sprites.size(), std::size_t{2});
        QVERIFY(shown.canvas.drawing().strokes.empty());
    }

    void redrawsWhenTheViewRestsAndSleepsAfterwards() {
        const auto source = sampleGraph(2000);
        CanvasWindow shown(source.get());
        shown.canvas.zoomBy(3);
        shown.picture();
        const auto before = shown.canvas.drawing().bodies.sprites.front().at;

        shown.canvas.panBy(30, 0);
        shown.picture();
        QVERIFY(hasTimers(shown.canvas));
        QCOMPARE(shown.canvas.drawing().bodies.sprites.front().at, before);

        const auto isDrawn = [&] {
            return shown.canvas.drawing().bodies.sprites.front().at != before;
        };
        QVERIFY(QTest::qWaitFor(isDrawn));
        QVERIFY(!hasTimers(shown.canvas));
    }

    void aHiddenCanvasHasNoTimer() {
        const auto source = sampleGraph(100);
        CanvasWindow shown(source.get());
        shown.canvas.panBy(30, 0);
        shown.picture();
        QVERIFY(hasTimers(shown.canvas));

        shown.canvas.setVisible(false);

        QVERIFY(!hasTimers(shown.canvas));
    }
};

QTEST_MAIN(GraphCanvasTest)
#include "graph_canvas_test.moc"
