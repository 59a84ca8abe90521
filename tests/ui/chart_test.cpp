// SPDX-License-Identifier: Apache-2.0
// Charts over time. Runs with and without a graphics card.
#include "ui/qml/items/time_chart.h"
#include "ui/viewmodels/chart/chart_source.h"
#include "ui/viewmodels/chart/chart_words.h"

#include <QAbstractEventDispatcher>
#include <QAbstractItemModelTester>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QQuickWindow>
#include <QSignalSpy>
#include <QTest>

#include <cmath>
#include <cstdlib>
#include <limits>
#include <memory>

using weft::chart::ChartData;
using weft::chart::ChartSource;
using weft::chart::ChartUnit;
using weft::qml::TimeChart;

namespace {

constexpr QSize kSize(640, 200);
constexpr qint64 kStart = 1'700'000'000'000;
constexpr double kGap = std::numeric_limits<double>::quiet_NaN();
const QColor kFirst(0x1F, 0x5F, 0xD6);
const QColor kSecond(0xB4, 0x58, 0x0A);

/// One value a second from kStart on.
ChartData dataOf(std::vector<double> received, std::vector<double> sent) {
    ChartData data;
    data.from = kStart;
    data.to = kStart + 1000 * static_cast<qint64>(received.size() - 1);
    for (std::size_t i = 0; i < received.size(); ++i) {
        data.times.push_back(kStart + 1000 * static_cast<qint64>(i));
    }
    data.series.push_back({QStringLiteral("Received"), std::move(received)});
    data.series.push_back({QStringLiteral("Sent"), std::move(sent)});
    return data;
}

struct ChartWindow {
    ChartWindow() {
        window.resize(kSize);
        window.setColor(Qt::white);
        chart.setParentItem(window.contentItem());
        chart.setSize(kSize);
        chart.setProperty("series", QVariantList{kFirst, kSecond});
        chart.setSource(&source);
        window.show();
        window.requestActivate();
        picture();
    }

    QImage picture() { return window.grabWindow(); }
    /// Whether something near to `ink` is within two pixels of `at`.
    bool hasInk(QPointF at, const QColor& ink) {
        const QImage image = picture();
        for (int y = static_cast<int>(at.y()) - 2; y <= static_cast<int>(at.y()) + 2; ++y) {
            for (int x = static_cast<int>(at.x()) - 2; x <= static_cast<int>(at.x()) + 2; ++x) {
                const QColor found = image.pixelColor(x, y);
                const int off = std::abs(found.red() - ink.red())
                                + std::abs(found.green() - ink.green())
                                + std::abs(found.blue() - ink.blue());
                if (off < 90) {
                    return true;
                }
            }
        }
        return false;
    }

    ChartSource source;
    QQuickWindow window;
    TimeChart chart;
};

/// Texts that stand beside each other.
QStringList words(QStringView texts) {
    return texts.toString().split(QLatin1Char('|'));
}

QStringList textsOf(const weft::qml::ValueAxis& axis) {
    QStringList texts;
    for (const auto& tick : axis.ticks) {
        texts.push_back(tick.text);
    }
    return texts;
}

QStringList textsOf(const std::vector<weft::qml::TimeTick>& ticks) {
    QStringList texts;
    for (const auto& tick : ticks) {
        texts.push_back(tick.text);
    }
    return texts;
}

ChartData highestAt(double value, ChartUnit unit) {
    ChartData data = dataOf({0, value}, {0, 0});
    data.unit = unit;
    return data;
}

}  // namespace

class ChartTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void valuesAreToldInTheUnitThatFits() {
        using weft::chart::valueText;
        QCOMPARE(valueText(ChartUnit::BytesPerSecond, 0), QStringLiteral("0 B/s"));
        QCOMPARE(valueText(ChartUnit::BytesPerSecond, 999), QStringLiteral("999 B/s"));
        QCOMPARE(valueText(ChartUnit::BytesPerSecond, 1000), QStringLiteral("1.0 KiB/s"));
        QCOMPARE(
            valueText(ChartUnit::BytesPerSecond, 1024 * 1024 - 1), QStringLiteral("1.0 MiB/s"));
        QCOMPARE(valueText(ChartUnit::Milliseconds, 12.34), QStringLiteral("12.3 ms"));
        QCOMPARE(valueText(ChartUnit::Milliseconds, kGap), QStringLiteral("–"));
    }

    void valueAxisEndsAtARoundValueAboveAll() {
        const auto rates =
            weft::qml::valueAxis(highestAt(1.3 * 1024 * 1024, ChartUnit::BytesPerSecond), 4);
        QCOMPARE(textsOf(rates), words(u"0 MiB/s|0.5 MiB/s|1.0 MiB/s|1.5 MiB/s"));
        QCOMPARE(rates.top, 1.5 * 1024 * 1024);

        const auto delays = weft::qml::valueAxis(highestAt(37, ChartUnit::Milliseconds), 4);
        QCOMPARE(textsOf(delays), words(u"0 ms|10 ms|20 ms|30 ms|40 ms"));

        const auto nothing = weft::qml::valueAxis(highestAt(0, ChartUnit::Milliseconds), 4);
        QVERIFY(nothing.top > 0);
        const auto few = weft::qml::valueAxis(highestAt(2, ChartUnit::BytesPerSecond), 4);
        QCOMPARE(textsOf(few), words(u"0 B/s|1 B/s|2 B/s"));
    }

    void timeAxisHasRoundTimes() {
        // 22:13:20 on the clock of these tests.
        QCOMPARE(
            textsOf(weft::qml::timeAxis(kStart, kStart + 300'000, 5)), words(u"22:14|22:16|22:18"));
        QCOMPARE(
            textsOf(weft::qml::timeAxis(kStart, kStart + 30'000, 4)),
            words(u"22:13:20|22:13:30|22:13:40|22:13:50"));
        QVERIFY(weft::qml::timeAxis(kStart, kStart, 5).empty());
        QVERIFY(weft::qml::timeAxis(kStart, kStart + 86'400'000, 6).size() <= 6);
    }

    void drawsTheFirstSeriesWholeAndTheSecondDashed() {
        ChartWindow shown;
        shown.source.setData(dataOf({80, 80, 80, 80, 80}, {40, 40, 40, 40, 40}));
        shown.picture();
        const auto place = shown.chart.place();

        int solid = 0;
        int dashed = 0;
        const QImage image = shown.picture();
        for (int x = static_cast<int>(place.plot.left()) + 2; x < place.plot.right() - 2; ++x) {
            const auto inked = [&](double value) {
                const int y = static_cast<int>(std::floor(place.y(value)));
                return image.pixelColor(x, y).lightness() < 190
                       || image.pixelColor(x, y - 1).lightness() < 190;
            };
            solid += inked(80) ? 1 : 0;
            dashed += inked(40) ? 1 : 0;
        }
        const int wide = static_cast<int>(place.plot.width()) - 4;
        QVERIFY2(solid >= wide - 2, qPrintable(QString::number(solid)));
        QVERIFY2(dashed > wide / 3 && dashed < wide * 4 / 5, qPrintable(QString::number(dashed)));
    }

    void fillsTheGroundBelowTheFirstSeriesAlone() {
        ChartWindow shown;
        shown.source.setData(dataOf({50, 50, 50}, {90, 90, 90}));
        shown.picture();
        const auto place = shown.chart.place();
        const QImage image = shown.picture();
        const auto colourAt = [&](double value) {
            return image.pixelColor(place.point(kStart + 700, value).toPoint());
        };

        // Between the lines of the grid.
        QCOMPARE(colourAt(70), QColor(Qt::white));
        const QColor ground = colourAt(30);
        QVERIFY(ground.blue() > ground.red() && ground.red() > 200 && ground != QColor(Qt::white));
    }

    void leavesAGapWhereNothingIsKnown() {
        ChartWindow shown;
        shown.source.setData(dataOf({50, 50, kGap, kGap, 50, 50}, {0, 0, 0, 0, 0, 0}));
        shown.picture();
        const auto place = shown.chart.place();

        QVERIFY(shown.hasInk(place.point(kStart + 500, 50), kFirst));
        QVERIFY(!shown.hasInk(place.point(kStart + 2500, 50), kFirst));
        QVERIFY(shown.hasInk(place.point(kStart + 4500, 50), kFirst));
    }

    void marksGapsThatMeanALoss() {
        ChartWindow shown;
        ChartData data = dataOf({50, kGap, 50}, {kGap, kGap, kGap});
        data.series.pop_back();
        data.series[0].marksGaps = true;
        shown.chart.setProperty("markColor", QColor(Qt::red));
        shown.source.setData(data);
        shown.picture();
        const auto place = shown.chart.place();

        const QPointF foot(place.x(kStart + 1000), place.plot.bottom() - 6);
        QVERIFY(shown.hasInk(foot, Qt::red));
        QVERIFY(!shown.hasInk(foot - QPointF(40, 0), Qt::red));
        shown.chart.setCursorIndex(1);
        QCOMPARE(shown.chart.cursorTexts(), words(u"Received: no answer"));
    }

    void theAxisTextIsDrawnAtTheEdgeThatTheLanguageBeginsAt() {
        ChartWindow shown;
        shown.chart.setProperty("textColor", QColor(Qt::black));
        shown.source.setData(dataOf({50, 50}, {0, 0}));
        const auto inked = [&](int from, int to) {
            const QImage image = shown.picture();
            int count = 0;
            for (int y = 0; y < 100; ++y) {
                for (int x = from; x < to; ++x) {
                    count += image.pixelColor(x, y).lightness() < 120 ? 1 : 0;
                }
            }
            return count;
        };

        QVERIFY(inked(0, 40) > 0);
        QCOMPARE(inked(600, 640), 0);
        shown.chart.setProperty("mirrored", true);
        QCOMPARE(inked(0, 40), 0);
        QVERIFY(inked(600, 640) > 0);
        // Time runs to the right all the same.
        QVERIFY(shown.chart.place().x(kStart) < shown.chart.place().x(kStart + 1000));
    }

    void thePointerShowsTheValuesOfTheNearestMoment() {
        ChartWindow shown;
        shown.source.setData(dataOf({1, 2, 3, 4}, {5, 6, kGap, 8}));
        shown.picture();
        const auto place = shown.chart.place();

        QTest::mouseMove(&shown.window, place.point(kStart + 500, 2).toPoint());
        QTest::mouseMove(&shown.window, place.point(kStart + 1900, 2).toPoint());
        QVERIFY(QTest::qWaitFor([&] { return shown.chart.cursor() == 2; }));
        QCOMPARE(shown.chart.cursorTime(), QStringLiteral("22:13:22"));
        QCOMPARE(shown.chart.cursorTexts(), words(u"Received: 3 B/s|Sent: –"));
        QTest::mouseMove(&shown.window, QPoint(1, 1));
        QVERIFY(QTest::qWaitFor([&] { return shown.chart.cursor() == -1; }));
    }

    void keysMoveTheCursor() {
        ChartWindow shown;
        shown.source.setData(dataOf({1, 2, 3, 4}, {5, 6, 7, 8}));
        shown.chart.forceActiveFocus();
        QVERIFY(QTest::qWaitForWindowActive(&shown.window));
        const auto press = [&](Qt::Key key) {
            QTest::keyClick(&shown.window, key);
            return shown.chart.cursor();
        };

        QCOMPARE(press(Qt::Key_Left), 3);
        QCOMPARE(press(Qt::Key_Left), 2);
        QCOMPARE(press(Qt::Key_Home), 0);
        QCOMPARE(press(Qt::Key_Left), 0);
        QCOMPARE(press(Qt::Key_Right), 1);
        QCOMPARE(press(Qt::Key_End), 3);
        QCOMPARE(press(Qt::Key_Right), 3);
        QCOMPARE(press(Qt::Key_Escape), -1);
    }

    void theCursorStaysAtItsMomentWhenDataComes() {
        ChartWindow shown;
        shown.source.setData(dataOf({1, 2, 3, 4}, {5, 6, 7, 8}));
        shown.chart.setCursorIndex(2);

        ChartData later = dataOf({2, 3, 4}, {6, 7, 8});
        for (qint64& at : later.times) {
            at += 1000;
        }
        shown.source.setData(later);
        QCOMPARE(shown.chart.cursor(), 1);
        QCOMPARE(shown.chart.cursorTexts().front(), QStringLiteral("Received: 3 B/s"));

        shown.source.setData({});
        QCOMPARE(shown.chart.cursor(), -1);
        shown.chart.moveCursor(-1);
        QCOMPARE(shown.chart.cursor(), -1);
        QCOMPARE(shown.chart.cursorTexts(), QStringList());
    }

    void hasNoTimersAndDrawsNothingForTheSameData() {
        ChartWindow shown;
        shown.source.setData(dataOf({1, 2, 3}, {1, 2, 3}));
        shown.picture();

        QVERIFY(QAbstractEventDispatcher::instance()->registeredTimers(&shown.chart).isEmpty());
        const auto* strokes = shown.chart.lines().strokes.data();
        shown.chart.setCursorIndex(1);
        shown.picture();
        // The cursor alone was drawn anew.
        QCOMPARE(shown.chart.lines().strokes.data(), strokes);
    }

    void aSourceMayGoWhileItIsShown() {
        ChartWindow shown;
        auto source = std::make_unique<ChartSource>();
        source->setData(dataOf({1, 2, 3}, {1, 2, 3}));
        shown.chart.setSource(source.get());
        shown.chart.setCursorIndex(2);
        shown.picture();

        source.reset();

        QCOMPARE(shown.chart.cursor(), -1);
        QVERIFY(!shown.picture().isNull());
    }

    void sizesWithoutRoomAreDrawn() {
        ChartWindow shown;
        shown.source.setData(dataOf({1, 2, 3}, {1, 2, 3}));
        for (const QSizeF size : {QSizeF(1, 1), QSizeF(30, 400), QSizeF(600, 8), QSizeF(0, 0)}) {
            shown.chart.setSize(size);
            QVERIFY(!shown.picture().isNull());
        }
    }

    void theSummaryTellsNowHighestAndMean() {
        ChartSource source;
        QVERIFY(!source.hasValues());
        source.setData(dataOf({kGap, 1024, 3072}, {kGap, kGap, kGap}));

        QVERIFY(source.hasValues());
        QCOMPARE(
            source.summary(),
            QStringLiteral("Received: 3.0 KiB/s now, 3.0 KiB/s at most, 2.0 KiB/s on average."));
        QCOMPARE(source.current(), words(u"3.0 KiB/s|–"));
    }

    void theTableHasTheSameDataInAFewRows() {
        ChartSource source;
        QAbstractItemModelTester tester(
            source.table(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        std::vector<double> values(300, 10);
        source.setData(dataOf(values, values));
        QCOMPARE(source.table()->count(), 0);
        source.setTableShown(true);

        const int rows = source.table()->count();
        QVERIFY(rows > 20 && rows <= weft::chart::kMostTableRows);
        const auto text = [&](int row) {
            return source.table()
                ->data(source.table()->index(row), weft::chart::ChartTable::TextRole)
                .toString();
        };
        QCOMPARE(text(rows - 1), QStringLiteral("22:13:20, Received: 10 B/s, Sent: 10 B/s"));

        // Ten seconds on: rows come at the top and go at the end.
        ChartData later = dataOf(values, values);
        for (qint64& at : later.times) {
            at += 10'000;
        }
        later.series[0].values.back() = kGap;
        source.setData(later);
        QVERIFY(source.table()->count() <= weft::chart::kMostTableRows);
        QCOMPARE(text(source.table()->count() - 1).left(8), QStringLiteral("22:13:30"));
        source.setTableShown(false);
        QCOMPARE(source.table()->count(), 0);
    }

    void theTableIsBoundedForAnySpan_data() {
        QTest::addColumn<qint64>("step");
        QTest::newRow("of a second") << qint64{1000};
        QTest::newRow("of five minutes") << qint64{288'000};
        QTest::newRow("of a day") << qint64{86'400'000};
    }

    void theTableIsBoundedForAnySpan() {
        QFETCH(const qint64, step);
        ChartData data = dataOf(std::vector<double>(301, 1), std::vector<double>(301, 1));
        for (std::size_t i = 0; i < data.times.size(); ++i) {
            data.times[i] = kStart + step * static_cast<qint64>(i);
        }
        ChartSource source;
        source.setTableShown(true);
        source.setData(data);
        QVERIFY(source.table()->count() > 10);
        QVERIFY(source.table()->count() <= weft::chart::kMostTableRows);
    }

    void theCardShowsAChartOrATable() {
        QQmlEngine engine;
        engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
        QQmlComponent component(&engine);
        component.setData(
            "import QtQuick\nimport Weft\nChartCard { width: 500; title: \"Throughput\";"
            " spans: [\"5 min\", \"1 h\"]; emptyText: \"No traffic yet\" }",
            {});
        ChartSource source;
        const std::unique_ptr<QObject> made(component.createWithInitialProperties(
            {{QStringLiteral("source"), QVariant::fromValue(&source)}}));
        QVERIFY2(made != nullptr, qPrintable(component.errorString()));
        auto* card = qobject_cast<QQuickItem*>(made.get());
        QQuickWindow window;
        window.resize(500, 300);
        card->setParentItem(window.contentItem());
        window.show();
        auto* chart = card->findChild<TimeChart*>();
        QVERIFY(chart != nullptr);
        QVERIFY(!chart->isVisible());

        source.setData(dataOf({1, 2, 3}, {1, 2, 3}));
        QVERIFY(chart->isVisible());
        QVERIFY(!source.tableShown());
        card->setProperty("asTable", true);
        QVERIFY(!chart->isVisible());
        QVERIFY(source.tableShown());
        QCOMPARE(source.table()->count(), 3);
    }
};

QTEST_MAIN(ChartTest)
#include "chart_test.moc"
