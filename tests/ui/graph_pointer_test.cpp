// SPDX-License-Identifier: Apache-2.0
// What a canvas makes of a pointer, a wheel and arrow keys.
#include "tests/ui/graph_canvas_fixture.h"

#include <QSignalSpy>
#include <QWheelEvent>

using weft::qml::GraphCanvas;
using weft::tests::CanvasWindow;
using weft::tests::crossGraph;
using weft::tests::HeldGraph;
using weft::tests::isNear;
using weft::tests::sampleGraph;
using weft::tests::sceneOf;

class GraphPointerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsTheNodeUnderAPoint() {
        const auto source = crossGraph();
        CanvasWindow shown(source.get());

        for (int node = 0; node < 5; ++node) {
            const QPointF at = shown.canvas.positionOf(node);
            QCOMPARE(shown.canvas.nodeAt(at.x() + 6, at.y() - 6), node);
        }
        const QPointF middle = shown.canvas.positionOf(0);
        QCOMPARE(shown.canvas.nodeAt(middle.x() + 40, middle.y() + 40), -1);
    }

    void findsTheNearerOneOfTwoThatOverlap() {
        HeldGraph source(sceneOf(3, {}), {{0, 0}, {0.1F, 0}, {8, 8}});
        CanvasWindow shown(&source);

        const QPointF left = shown.canvas.positionOf(0);
        const QPointF right = shown.canvas.positionOf(1);
        QCOMPARE(shown.canvas.nodeAt(left.x() - 1, left.y()), 0);
        QCOMPARE(shown.canvas.nodeAt(right.x() + 1, right.y()), 1);
    }

    void panningMovesNodesByPixels() {
        const auto source = crossGraph();
        CanvasWindow shown(source.get());
        const QPointF before = shown.canvas.positionOf(2);

        shown.drag({20, 20}, {60, 50});

        QVERIFY(isNear(shown.canvas.positionOf(2), before + QPointF(40, 30)));
    }

    void zoomingKeepsThePointUnderThePointer() {
        const auto source = crossGraph();
        CanvasWindow shown(source.get());
        const QPointF kept = shown.canvas.positionOf(3);
        const QPointF other = shown.canvas.positionOf(1);
        QWheelEvent turn(
            kept, kept, {}, {0, 240}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);

        QCoreApplication::sendEvent(&shown.window, &turn);

        QVERIFY(isNear(shown.canvas.positionOf(3), kept));
        QVERIFY(shown.canvas.positionOf(1).x() > other.x() + 20);
    }

    void arrowKeysFindTheNeighbourInTheirDirection() {
        const auto source = crossGraph();
        CanvasWindow shown(source.get());

        QCOMPARE(shown.canvas.neighbourTowards(0, 1, 0), 1);
        QCOMPARE(shown.canvas.neighbourTowards(0, 0, 1), 2);
        QCOMPARE(shown.canvas.neighbourTowards(0, -1, 0), 3);
        QCOMPARE(shown.canvas.neighbourTowards(0, 0, -1), 4);
        QCOMPARE(shown.canvas.neighbourTowards(1, -1, 0), 0);
        // Nothing lies there, or no link leads there.
        QCOMPARE(shown.canvas.neighbourTowards(1, 1, 0), -1);
        QCOMPARE(shown.canvas.neighbourTowards(0, 0, 0), -1);
        // Without a start: the one in the middle.
        QCOMPARE(shown.canvas.neighbourTowards(-1, 1, 0), 0);
    }

    void drawingALinkTellsBothEndsOnce() {
        const auto source = crossGraph();
        CanvasWindow shown(source.get());
        shown.canvas.setProperty("editing", true);
        const QSignalSpy links(&shown.canvas, &GraphCanvas::linkDrawn);
        const QSignalSpy drags(&shown.canvas, &GraphCanvas::nodeDragged);

        shown.drag(shown.at(1), shown.at(3));

        QCOMPARE(links.count(), 1);
        QCOMPARE(links.first(), (QVariantList{1, 3}));
        QCOMPARE(drags.count(), 0);
    }

    void aLinkThatEndsNowhereOrWhereItBeganIsNone() {
        const auto source = crossGraph();
        CanvasWindow shown(source.get());
        shown.canvas.setProperty("editing", true);
        const QSignalSpy links(&shown.canvas, &GraphCanvas::linkDrawn);

        shown.drag(shown.at(1), shown.at(1) + QPoint(40, 60));
        QTest::mousePress(&shown.window, Qt::LeftButton, {}, shown.at(1));
        QTest::mouseMove(&shown.window, shown.at(3));
        shown.picture();
        QTest::mouseMove(&shown.window, shown.at(1));
        QTest::mouseRelease(&shown.window, Qt::LeftButton, {}, shown.at(1));

        QCOMPARE(links.count(), 0);
    }

    void draggingANodeTellsWhereItIsAndThatItWasDropped() {
        const auto source = crossGraph();
        CanvasWindow shown(source.get());
        const QSignalSpy drags(&shown.canvas, &GraphCanvas::nodeDragged);
        const QSignalSpy drops(&shown.canvas, &GraphCanvas::nodeDropped);
        const QPoint by(60, 30);

        shown.drag(shown.at(1) + QPoint(3, 2), shown.at(1) + QPoint(3, 2) + by);

        QVERIFY(drags.count() >= 1);
        QCOMPARE(drags.last().at(0).toInt(), 1);
        const QPointF to(drags.last().at(1).toDouble(), drags.last().at(2).toDouble());
        QVERIFY(isNear(to, QPointF(2, 0) + QPointF(by) / shown.canvas.zoom(), 0.02));
        QCOMPARE(drops.count(), 1);
        QCOMPARE(drops.first().first().toInt(), 1);
    }

    void clicksChooseActivateAndAsk() {
        const auto source = crossGraph();
        CanvasWindow shown(source.get());
        const QSignalSpy clicks(&shown.canvas, &GraphCanvas::nodeClicked);
        const QSignalSpy activations(&shown.canvas, &GraphCanvas::nodeActivated);
        const QSignalSpy menus(&shown.canvas, &GraphCanvas::contextAsked);

        QTest::mouseClick(&shown.window, Qt::LeftButton, {}, shown.at(2));
        QCOMPARE(shown.canvas.current(), 2);
        QCOMPARE(clicks.count(), 1);
        QTest::mouseDClick(&shown.window, Qt::LeftButton, {}, shown.at(4));
        QCOMPARE(activations.count(), 1);
        QCOMPARE(activations.first().first().toInt(), 4);
        QTest::mouseClick(&shown.window, Qt::RightButton, {}, shown.at(3));
        QTest::mouseClick(&shown.window, Qt::RightButton, {}, {15, 15});
        QCOMPARE(menus.count(), 2);
        QCOMPARE(menus.first().first().toInt(), 3);
        QCOMPARE(menus.last(), (QVariantList{-1, 15.0, 15.0}));
        QTest::mouseClick(&shown.window, Qt::LeftButton, {}, {15, 15});
        QCOMPARE(shown.canvas.current(), -1);
    }

    void theMinimapMovesTheView() {
        const auto source = sampleGraph(100);
        CanvasWindow shown(source.get());
        shown.canvas.setProperty("minimap", true);
        shown.canvas.zoomBy(6);
        shown.picture();
        const QPointF before = shown.canvas.positionOf(0);

        QTest::mouseClick(&shown.window, Qt::LeftButton, {}, {760, 560});

        QVERIFY(!isNear(shown.canvas.positionOf(0), before, 50));
        QCOMPARE(shown.canvas.current(), -1);
    }
};

QTEST_MAIN(GraphPointerTest)
#include "graph_pointer_test.moc"
