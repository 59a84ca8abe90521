// SPDX-License-Identifier: Apache-2.0
// What a graph looks like. Runs with and without a graphics card.
#include "tests/ui/graph_canvas_fixture.h"
#include "ui/qml/items/graph/link_strokes.h"

#include <QSignalSpy>
#include <QTemporaryDir>

#include <algorithm>
#include <limits>

using weft::graph::LinkStyle;
using weft::graph::Permission;
using weft::graph::Positions;
using weft::qml::GraphFrame;
using weft::qml::Stroke;
using weft::tests::CanvasWindow;
using weft::tests::crossGraph;
using weft::tests::HeldGraph;
using weft::tests::sampleGraph;
using weft::tests::sceneOf;

namespace {

const QColor kBlue(0x1F, 0x5F, 0xD6);
const QColor kOrange(0xB4, 0x58, 0x0A);

bool isLike(const QColor& seen, const QColor& meant) {
    const auto off = [](int a, int b) { return std::abs(a - b) <= 3; };
    return off(seen.red(), meant.red()) && off(seen.green(), meant.green())
           && off(seen.blue(), meant.blue());
}

/// Two nodes at (-2, 0) and (2, 0) with one link, at 100 pixels a unit, in an item of 800 x 600.
GraphFrame frameWith(LinkStyle style, Permission permission = Permission::None) {
    auto scene = sceneOf(2, {{0, 1}});
    scene.links.front().style = style;
    scene.links.front().permission = permission;
    GraphFrame frame;
    frame.scene = std::make_shared<weft::graph::Scene>(std::move(scene));
    frame.positions = std::make_shared<Positions>(Positions{{-2, 0}, {2, 0}});
    frame.view.setSize({800, 600});
    frame.palette.link = Qt::black;
    frame.palette.idleLink = Qt::gray;
    frame.palette.relay = Qt::magenta;
    frame.palette.warn = Qt::red;
    return frame;
}

std::vector<Stroke> strokesOf(const GraphFrame& frame) {
    std::vector<Stroke> strokes;
    weft::qml::addLinks(frame, QRectF(0, 0, 800, 600), {}, strokes);
    return strokes;
}

}  // namespace

class GraphDrawingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void drawsWithWhatWasAskedFor() {
        CanvasWindow shown(nullptr);
        const bool painted = qEnvironmentVariable("QT_QUICK_BACKEND") == QLatin1String("software");

        QCOMPARE(weft::qml::drawsImagesOnly(&shown.window), painted);
    }

    void nodesHaveTheColourOfTheirGroup() {
        auto scene = sceneOf(3, {});
        scene.nodes[1].colour = 1;
        scene.nodes[2].isGone = true;
        HeldGraph source(std::move(scene), {{-1, 0}, {0, 1}, {1, 0}});
        CanvasWindow shown(&source);

        const QImage picture = shown.picture();

        QVERIFY(isLike(picture.pixelColor(shown.at(0)), kBlue));
        QVERIFY(isLike(picture.pixelColor(shown.at(1)), kOrange));
        // 45 percent of blue on white.
        QVERIFY(isLike(picture.pixelColor(shown.at(2)), QColor(0x9A, 0xB7, 0xED)));
        QVERIFY(isLike(picture.pixelColor(400, 20), Qt::white));
    }

    void nodesAreWhereTheyShouldBeWhileThePictureIsMovedAndScaled() {
        const auto source = sampleGraph(4000);
        CanvasWindow shown(source.get());
        shown.canvas.centreOn(5);
        shown.canvas.zoomBy(4);
        shown.picture();

        shown.canvas.panBy(37, -21);
        QVERIFY(isLike(shown.picture().pixelColor(shown.at(5)), kBlue));
        shown.canvas.zoomBy(1.3);
        QVERIFY(isLike(shown.picture().pixelColor(shown.at(5)), kBlue));
    }

    void linksAreDrawnBetweenTheirNodes() {
        HeldGraph source(sceneOf(2, {{0, 1}}), {{-2, 0}, {2, 0}});
        CanvasWindow shown(&source);

        const QImage picture = shown.picture();

        QVERIFY(!isLike(picture.pixelColor(400, 300), Qt::white));
        QVERIFY(isLike(picture.pixelColor(400, 310), Qt::white));
    }

    void theChosenNodeHasARing() {
        const auto source = crossGraph();
        CanvasWindow shown(source.get());
        const QImage before = shown.picture();

        shown.canvas.setCurrent(1);
        const QImage after = shown.picture();

        QVERIFY(before != after);
        QVERIFY(isLike(after.pixelColor(shown.at(1)), kBlue));
        shown.canvas.setCurrent(-1);
        QCOMPARE(shown.picture(), before);
    }

    void hoveringHighlightsTheLinksOfANode() {
        HeldGraph source(sceneOf(2, {{0, 1}}), {{-2, 0}, {2, 0}});
        CanvasWindow shown(&source);
        const QSignalSpy hovers(&shown.canvas, &weft::qml::GraphCanvas::hoveredChanged);

        QTest::mouseMove(&shown.window, {400, 100});
        QTest::mouseMove(&shown.window, shown.at(1));

        QVERIFY(QTest::qWaitFor([&] { return shown.canvas.hovered() == 1; }));
        QCOMPARE(hovers.count(), 1);
        QVERIFY(isLike(shown.picture().pixelColor(400, 300), kBlue));
    }

    void styleSaysHowPacketsPass() {
        QCOMPARE(strokesOf(frameWith(LinkStyle::Direct)).size(), std::size_t{1});
        QCOMPARE(strokesOf(frameWith(LinkStyle::Idle)).size(), std::size_t{1});
        const auto dashes = strokesOf(frameWith(LinkStyle::Ice));
        QVERIFY(dashes.size() > 10);
        QVERIFY(std::ranges::none_of(dashes, &Stroke::isDot));
        const auto dots = strokesOf(frameWith(LinkStyle::Libp2p));
        QVERIFY(dots.size() > 10);
        QVERIFY(std::ranges::all_of(dots, &Stroke::isDot));
    }

    void widthGrowsWithTheRateWithinBounds() {
        const auto width = [](float rate) {
            GraphFrame frame = frameWith(LinkStyle::Direct);
            auto scene = *frame.scene;
            scene.links.front().rate = rate;
            frame.scene = std::make_shared<weft::graph::Scene>(scene);
            return strokesOf(frame).front().width;
        };
        QVERIFY(width(1e7F) > width(1e4F));
        QCOMPARE(width(std::numeric_limits<float>::quiet_NaN()), width(0));
        QCOMPARE(width(-5), width(0));
        QVERIFY(width(std::numeric_limits<float>::infinity()) <= 5);
    }

    void permissionsAreArrowsAndOneSidedOnesWarn() {
        const auto with = [](Permission permission) {
            GraphFrame frame = frameWith(LinkStyle::Direct, permission);
            frame.showsPermissions = true;
            return strokesOf(frame);
        };
        QVERIFY(with(Permission::None).empty());
        // A line, and two barbs at each end.
        QCOMPARE(with(Permission::Both).size(), std::size_t{5});
        QCOMPARE(with(Permission::Both).front().ink, QColor(Qt::black).rgba());
        const auto forward = with(Permission::Forward);
        QCOMPARE(forward.size(), std::size_t{2});
        QCOMPARE(forward.front().ink, QColor(Qt::red).rgba());
        QVERIFY(forward.back().from.x() > 400);
        QVERIFY(with(Permission::Backward).back().from.x() < 400);
    }

    void linksPastTheLimitAreLeftOut() {
        for (const std::size_t extra : {0U, 1U}) {
            GraphFrame frame = frameWith(LinkStyle::Direct);
            auto scene = *frame.scene;
            scene.links.resize(weft::qml::kMostLinks + extra, scene.links.front());
            frame.scene = std::make_shared<weft::graph::Scene>(scene);
            QCOMPARE(strokesOf(frame).size(), weft::qml::kMostLinks);
        }
    }

    void dashesEndWhereTheyWouldBeTooMany() {
        const std::size_t one = strokesOf(frameWith(LinkStyle::Libp2p)).size();
        const auto all = [](std::size_t links) {
            GraphFrame frame = frameWith(LinkStyle::Libp2p);
            auto scene = *frame.scene;
            scene.links.resize(links, scene.links.front());
            frame.scene = std::make_shared<weft::graph::Scene>(scene);
            return strokesOf(frame).size();
        };
        QVERIFY(weft::qml::kMostDashedLinks * one > 2 * weft::qml::kMostStrokes);

        QVERIFY(all(weft::qml::kMostDashedLinks) > weft::qml::kMostStrokes);
        QVERIFY(
            all(weft::qml::kMostDashedLinks)
            <= weft::qml::kMostStrokes + one + weft::qml::kMostDashedLinks);
        QCOMPARE(all(weft::qml::kMostDashedLinks + 1), weft::qml::kMostDashedLinks + 1);
    }

    void exportsWhatIsSeenAsAFile() {
        const auto source = crossGraph();
        CanvasWindow shown(source.get());
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("graph.png"));

        QVERIFY(shown.canvas.exportPng(path));

        const QImage picture(path);
        QCOMPARE(picture.size(), weft::tests::kCanvasSize * 2);
        QVERIFY(isLike(picture.pixelColor(shown.at(1) * 2), kBlue));
        QVERIFY(!shown.canvas.exportPng(folder.filePath(QStringLiteral("none/graph.png"))));
    }
};

QTEST_MAIN(GraphDrawingTest)
#include "graph_drawing_test.moc"
