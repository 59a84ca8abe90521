// SPDX-License-Identifier: Apache-2.0
// What the graph writes into files, with names that try to leave their place.
#include "ui/viewmodels/graph/graph_export.h"

#include "tests/support/temp_dir.h"
#include "tests/ui/ui_fixture.h"
#include "ui/viewmodels/graph/export_text.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>
#include <QXmlStreamReader>

using weft::graph::Positions;
using weft::graph::Scene;
using weft::viewmodels::AppViewModel;
using weft::viewmodels::dotText;
using weft::viewmodels::GraphExporter;
using weft::viewmodels::MapNode;
using weft::viewmodels::MeshMap;
using weft::viewmodels::toDot;
using weft::viewmodels::toJson;
using weft::viewmodels::toSvg;
using weft::viewmodels::writeFile;
using weft::viewmodels::xmlText;

namespace {

QStringList hostileNames() {
    return {
        QStringLiteral("<script>alert(1)</script>"),
        QStringLiteral("\"];evil [label=\"x"),
        QStringLiteral("a\\\"b\\"),
        QStringLiteral("two\nlines\r\nand\ttab"),
        QString::fromUtf8("\u202Etxt.exe\u202C"),
        QStringLiteral("&amp;&#x41;]]>--><![CDATA["),
        QStringLiteral("\\N\\L\\G"),
        QString(QChar(0)) + QChar(0x1B) + QStringLiteral("[31m") + QChar(0xFFFF) + QChar(0xD800),
        QString(10'000, QLatin1Char('w')),
        QString::fromUtf8("Büro \U0001F4BB"),
        QString(),
    };
}

struct Graph {
    Scene scene;
    Positions positions;
    MeshMap map;
};

/// A ring of hostile names.
Graph hostileGraph() {
    Graph graph;
    const QStringList names = hostileNames();
    const auto count = static_cast<std::uint32_t>(names.size());
    for (std::uint32_t i = 0; i < count; ++i) {
        const QString& name = names.at(static_cast<qsizetype>(i));
        graph.scene.nodes.push_back(
            {name,
             static_cast<std::uint8_t>(i % 6),
             i == 0 ? weft::graph::kSelf : weft::graph::kNoMark,
             i == 2,
             i == 3});
        MapNode node;
        node.id = name.toStdString();
        node.name = name;
        node.zone = name;
        graph.map.nodes.push_back(node);
        graph.positions.push_back({static_cast<float>(i), static_cast<float>(i % 3)});
        graph.scene.links.push_back(
            {i,
             (i + 1) % count,
             static_cast<weft::graph::LinkStyle>(i % 4),
             weft::graph::Permission::None,
             12.5F,
             i == 3});
    }
    return graph;
}

Graph withPermissions(Graph graph) {
    for (std::size_t i = 0; i < graph.scene.links.size(); ++i) {
        graph.scene.links[i].permission = static_cast<weft::graph::Permission>(1 + i % 3);
    }
    return graph;
}

/// The texts of the elements, and how many there are of a kind.
struct Read {
    QStringList texts;
    QMap<QString, int> elements;
    QString error;
};

Read readXml(const QByteArray& svg) {
    Read read;
    QXmlStreamReader reader(svg);
    while (!reader.atEnd()) {
        reader.readNext();
        if (reader.isStartElement()) {
            ++read.elements[reader.name().toString()];
            if (reader.name() == QLatin1String("text")) {
                read.texts.append(reader.readElementText());
            }
        }
    }
    read.error = reader.hasError() ? reader.errorString() : QString();
    return read;
}

/// What `dot` makes of it; empty when it is not installed.
QByteArray throughDot(const QByteArray& source, bool& isThere) {
    const QString program = QStandardPaths::findExecutable(QStringLiteral("dot"));
    isThere = !program.isEmpty();
    if (!isThere) {
        return {};
    }
    QProcess process;
    process.start(program, {QStringLiteral("-Tdot_json")});
    process.write(source);
    process.closeWriteChannel();
    process.waitForFinished(60'000);
    return process.exitCode() == 0 ? process.readAllStandardOutput() : QByteArray();
}

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}  // namespace

class GraphExportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void xmlTextKeepsNoMarkup() {
        QCOMPARE(xmlText(QStringLiteral("a<b>&\"'")), QByteArray("a&lt;b&gt;&amp;&quot;&#39;"));
        QCOMPARE(xmlText(QStringLiteral("one\ntwo")), QByteArray("onetwo"));
        QCOMPARE(xmlText(QString::fromUtf8("\u202Eexe\u202C")), QByteArray("exe"));
        QCOMPARE(xmlText(QString(QChar(0)) + QChar(0xFFFE) + QLatin1Char('x')), QByteArray("x"));
    }

    void dotTextIsOneQuotedId() {
        QCOMPARE(dotText(QStringLiteral("a\"b\\N")), QByteArray("\"a\\\"b\\\\N\""));
        QCOMPARE(dotText(QStringLiteral("one\ntwo")), QByteArray("\"onetwo\""));
        QCOMPARE(dotText(QStringLiteral("&lt;")), QByteArray("\"&amp;lt;\""));
        QCOMPARE(dotText({}), QByteArray("\"\""));
    }

    void theDrawingIsWellFormed() {
        for (const Graph& graph : {hostileGraph(), withPermissions(hostileGraph())}) {
            const Read read = readXml(toSvg(graph.scene, graph.positions));

            QCOMPARE(read.error, QString());
            const auto count = static_cast<int>(graph.scene.nodes.size());
            QCOMPARE(read.texts.size(), count);
            QCOMPARE(read.elements.value(QStringLiteral("line")), count);
            QCOMPARE(read.elements.value(QStringLiteral("script")), 0);
            QCOMPARE(read.texts.first(), QStringLiteral("<script>alert(1)</script>"));
            QVERIFY(read.texts.contains(QStringLiteral("twolinesandtab")));
            QVERIFY(read.texts.contains(QString(10'000, QLatin1Char('w'))));
        }
    }

    void nothingIsDrawnOfNothing() {
        const Read read = readXml(toSvg({}, {}));

        QCOMPARE(read.error, QString());
        QCOMPARE(read.texts, QStringList());
    }

    void aMissingPlaceIsNoReasonToFail() {
        Graph graph = hostileGraph();
        graph.positions.resize(2);

        QCOMPARE(readXml(toSvg(graph.scene, graph.positions)).error, QString());
        QVERIFY(!toJson(graph.scene, graph.map, graph.positions).isEmpty());
    }

    void graphvizReadsTheSameNames() {
        for (const Graph& graph : {hostileGraph(), withPermissions(hostileGraph())}) {
            const QByteArray dot = toDot(graph.scene, graph.map);
            bool isThere = false;
            const QByteArray read = throughDot(dot, isThere);
            if (!isThere) {
                QSKIP("Graphviz is not installed");
            }

            QVERIFY2(!read.isEmpty(), dot.left(2000).constData());
            const auto parsed = QJsonDocument::fromJson(read).object();
            const auto objects = parsed.value(QStringLiteral("objects")).toArray();
            const auto edges = parsed.value(QStringLiteral("edges")).toArray();
            QCOMPARE(objects.size(), static_cast<qsizetype>(graph.scene.nodes.size()));
            QCOMPARE(edges.size(), static_cast<qsizetype>(graph.scene.links.size()));
        }
    }

    void jsonSaysWhatIsThere() {
        const Graph graph = hostileGraph();

        const auto read =
            QJsonDocument::fromJson(toJson(graph.scene, graph.map, graph.positions)).object();

        const auto nodes = read.value(QStringLiteral("nodes")).toArray();
        const auto links = read.value(QStringLiteral("links")).toArray();
        QCOMPARE(nodes.size(), static_cast<qsizetype>(graph.scene.nodes.size()));
        QCOMPARE(links.size(), static_cast<qsizetype>(graph.scene.links.size()));
        QCOMPARE(
            nodes.at(0).toObject().value(QStringLiteral("id")).toString(),
            QStringLiteral("<script>alert(1)</script>"));
        QCOMPARE(
            nodes.at(3).toObject().value(QStringLiteral("id")).toString(),
            QStringLiteral("twolinesandtab"));
        QCOMPARE(
            links.at(1).toObject().value(QStringLiteral("style")).toString(),
            QStringLiteral("ice"));
        QCOMPARE(links.at(1).toObject().value(QStringLiteral("to")).toInt(), 2);
        const Graph rules = withPermissions(graph);
        const auto permitted =
            QJsonDocument::fromJson(toJson(rules.scene, rules.map, rules.positions)).object();
        QCOMPARE(
            permitted.value(QStringLiteral("links"))
                .toArray()
                .at(1)
                .toObject()
                .value(QStringLiteral("permission"))
                .toString(),
            QStringLiteral("forward"));
    }

    void theFileIsWrittenWholeOrNotAtAll() {
        const weft::tests::TempDir folder;
        const QString path = QString::fromStdString((folder / "graph.svg").string());

        QVERIFY(writeFile(path, "one").ok());
        QVERIFY(writeFile(path, "two").ok());
        QCOMPARE(contentOf(path), QByteArray("two"));
        QCOMPARE(writeFile({}, "x").code(), weft::StatusCode::kInvalidArgument);
        QCOMPARE(
            writeFile(QString::fromStdString(folder.path().string()), "x").code(),
            weft::StatusCode::kInvalidArgument);
        QVERIFY(!writeFile(path + QStringLiteral("/below/it"), "x").ok());
        // Nothing of the attempts is left.
        QCOMPARE(
            QDir(QString::fromStdString(folder.path().string())).entryList(QDir::Files),
            QStringList{QStringLiteral("graph.svg")});
    }

    void writesWhatIsShown() {
        const weft::tests::TempDir folder;
        weft::tests::UiFixture ui("linked");
        auto& graph = *ui.app.graph();
        graph.show(true);
        ui.settle();
        auto& exporter = *graph.exporter();
        const QSignalSpy done(&ui.app, &AppViewModel::toast);
        const auto path = [&folder](const char* name) {
            return QString::fromStdString((folder / name).string());
        };
        using Format = GraphExporter::Format;

        QVERIFY(exporter.write(Format::Svg, path("a.svg")));
        QVERIFY(exporter.write(Format::Dot, path("a.dot")));
        QVERIFY(exporter.write(Format::Json, path("a.json")));
        QCOMPARE(done.count(), 3);
        QCOMPARE(readXml(contentOf(path("a.svg"))).texts.size(), 12);
        QVERIFY(contentOf(path("a.dot")).startsWith("graph mesh {"));
        QVERIFY(contentOf(path("a.json")).contains("\"tablet-kitchen\""));
        // Pictures are the canvas's.
        QVERIFY(!exporter.write(Format::Png, path("a.png")));
        QCOMPARE(exporter.errorText(), QString());
    }

    void saysWhatIsInTheWay() {
        const weft::tests::TempDir folder;
        weft::tests::UiFixture ui("hostile");
        auto& exporter = *ui.app.graph()->exporter();
        const QString here = QString::fromStdString(folder.path().string());

        QVERIFY(!exporter.write(GraphExporter::Format::Svg, here));
        QVERIFY(exporter.errorText().contains(QStringLiteral("folder")));
        exporter.forget();
        QCOMPARE(exporter.errorText(), QString());
        exporter.finish(false, here);
        QVERIFY(!exporter.errorText().isEmpty());

        QVERIFY(exporter.noteFor(here).contains(QStringLiteral("folder")));
        QCOMPARE(exporter.noteFor(here + QStringLiteral("/new.svg")), QString());
        QVERIFY(!exporter.noteFor(here + QStringLiteral("/none/new.svg")).isEmpty());
        QVERIFY(!exporter.noteFor(QStringLiteral("  ")).isEmpty());
        QVERIFY(writeFile(here + QStringLiteral("/old.svg"), "x").ok());
        QVERIFY(exporter.noteFor(here + QStringLiteral("/old.svg"))
                    .contains(QStringLiteral("replaced")));
    }

    void theSuggestedNameIsAFileName() {
        weft::tests::UiFixture ui("hostile");
        const auto& exporter = *ui.app.graph()->exporter();

        const QFileInfo file(exporter.suggestedPath(GraphExporter::Format::Dot));

        QCOMPARE(file.fileName(), QStringLiteral("weft-h1-home-h1-evil.dot"));
        QVERIFY(file.isAbsolute());
        QVERIFY(file.dir().exists());
        QCOMPARE(
            exporter.fileAt(QStringLiteral(" ~/x.svg ")),
            QDir::homePath() + QStringLiteral("/x.svg"));
    }
};

QTEST_MAIN(GraphExportTest)
#include "graph_export_test.moc"
