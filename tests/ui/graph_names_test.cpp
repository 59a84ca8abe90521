// SPDX-License-Identifier: Apache-2.0
// Names of nodes: few, apart, and plain whatever a stranger calls himself.
#include "tests/ui/graph_canvas_fixture.h"
#include "ui/qml/items/graph/label_book.h"
#include "ui/qml/items/graph/label_sprites.h"

#include <QFontMetricsF>

#include <array>

using weft::graph::Positions;
using weft::qml::GraphFrame;
using weft::qml::LabelBook;
using weft::tests::CanvasWindow;
using weft::tests::sampleGraph;
using weft::tests::sceneOf;

class GraphNamesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesOfManyNodesAreFewAndShareOneTexture() {
        const auto source = sampleGraph(10'000);
        CanvasWindow shown(source.get());
        shown.canvas.centreOn(5);

        for (int step = 0; step < 8; ++step) {
            shown.canvas.zoomBy(1.5);
            shown.picture();
            QVERIFY(shown.canvas.names() <= weft::qml::kMostLabels);
            QCOMPARE(shown.canvas.drawing().labels.sprites.size(), shown.canvas.names());
            QVERIFY(shown.canvas.drawing().labels.atlas.width() <= weft::qml::kLabelAtlas.width());
            QVERIFY(
                shown.canvas.drawing().labels.atlas.height() <= weft::qml::kLabelAtlas.height());
        }
        QVERIFY(shown.canvas.names() > 5);
    }

    void namesPastTheLimitAreLeftOut() {
        GraphFrame frame;
        const std::size_t nodes = weft::qml::kMostLabels + 1;
        Positions positions;
        for (std::size_t i = 0; i < nodes; ++i) {
            const std::size_t row = i / 16;
            positions.push_back({static_cast<float>(i % 16), static_cast<float>(row)});
        }
        frame.scene = std::make_shared<weft::graph::Scene>(sceneOf(nodes, {}, QStringLiteral("n")));
        frame.positions = std::make_shared<Positions>(positions);
        LabelBook book;
        book.setStyle(frame.font, 1, Qt::white);

        const auto names = weft::qml::namesOf(
            frame, std::vector<std::uint32_t>(nodes, 0), QRectF(-200, -200, 3000, 3000), {}, book);

        QCOMPARE(names.nodes.size(), weft::qml::kMostLabels);
    }

    void namesDoNotLieOverEachOther() {
        const auto source = sampleGraph(120);
        CanvasWindow shown(source.get());

        const auto& names = shown.canvas.drawing().labels.sprites;

        QVERIFY(names.size() > 10);
        for (std::size_t i = 0; i < names.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                const QRectF one(names[i].at, QSizeF(names[i].source.size()));
                QVERIFY(!one.intersects(QRectF(names[j].at, QSizeF(names[j].source.size()))));
            }
        }
    }

    void aFullBookSaysSoAndStartsAnew() {
        LabelBook book(QSize(200, 40));
        book.setStyle(QFont(), 1, Qt::white);
        int written = 0;
        while (book.find(QStringLiteral("name %1").arg(written), Qt::black)) {
            QVERIFY(++written < 100);
        }
        QVERIFY(written > 0);
        QVERIFY(book.find(QStringLiteral("name 0"), Qt::black));

        book.startAnew();

        QVERIFY(book.find(QStringLiteral("another"), Qt::black));
    }

    void foreignNamesAreOnePlainLine() {
        QFont font;
        font.setPixelSize(12);
        LabelBook book;
        book.setStyle(font, 1, Qt::white);
        const double line = book.sizeOf(QStringLiteral("plain")).height();
        const std::array<QString, 6> names{
            QStringLiteral("<b>bold</b><br><img src=x>"),
            QStringLiteral("two\nlines\r\nor three\u2028four"),
            QStringLiteral("\u202Eback\u2066wards"),
            QString(100'000, QLatin1Char('W')),
            QString(5000, QChar(0x0301)),
            QString(QChar(0xD800)) + QChar(0xFFFF)};
        for (const QString& name : names) {
            QCOMPARE(book.sizeOf(name).height(), line);
            QVERIFY(book.sizeOf(name).width() <= weft::qml::kWidestLabel);
            const auto cell = book.find(name, Qt::black);
            QVERIFY(cell);
            QCOMPARE(cell->height(), static_cast<int>(line));
        }
        // Markup stays as it is: what looks like a tag takes the room of its letters.
        const double shown = book.sizeOf(QStringLiteral("<b>x</b>")).width();
        QVERIFY(shown > QFontMetricsF(font).horizontalAdvance(QStringLiteral("<b>x</b>")));
    }
};

QTEST_MAIN(GraphNamesTest)
#include "graph_names_test.moc"
