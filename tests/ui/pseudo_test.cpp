// SPDX-License-Identifier: Apache-2.0
// Every page in a language that nobody speaks: finds texts that no translation reaches, and items
// that have no room for languages longer than English.
#include "tests/ui/pseudo_language.h"
#include "tests/ui/shown_page.h"

#include <QDir>
#include <QFile>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <memory>

using weft::tests::pseudoText;
using weft::tests::ShownPage;
using weft::tests::Words;

namespace {

constexpr QSize kUsual(1120, 740);
// QCOMPARE shows texts, not lists.
const QString kBetween = QStringLiteral(" | ");

/// What the daemon in memory says, in small letters: the names in its scenes, and the words of the
/// core, which are English in every language (translations/README.md).
const QString& wordsOfTheDaemon() {
    static const QString kWords = [] {
        QString all;
        for (const QString& folder : {QStringLiteral("support"), QStringLiteral("ui")}) {
            const QDir sources(QStringLiteral(WEFT_TESTS "/") + folder);
            for (const QFileInfo& info : sources.entryInfoList({QStringLiteral("fake_*")})) {
                QFile file(info.filePath());
                all += file.open(QFile::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
            }
        }
        // A long text stands on several lines.
        static const QRegularExpression kSeam(QStringLiteral("\"\\s*\n\\s*\""));
        return all.remove(kSeam).toLower();
    }();
    return kWords;
}

bool isOfTheDaemon(const QString& text) {
    const QString word = text.toLower();
    // A word alone has to be all that it says: "online" is a part of much.
    return wordsOfTheDaemon().contains(
        word.contains(u' ') ? word.chopped(word.endsWith(u'.') ? 1 : 0)
                            : QStringLiteral("\"%1\"").arg(word));
}

/// A language is called as those call it who speak it.
bool isLanguage(const QString& text) {
    const QStringList codes = weft::viewmodels::Language::available();
    return std::ranges::any_of(codes, [&text](const QString& code) {
        return QLocale(code).nativeLanguageName().compare(text, Qt::CaseInsensitive) == 0
               || text == QLatin1String("English");
    });
}

/// Not for translation: names, addresses, keys, numbers, versions, commands.
bool isData(const QString& text) {
    // Numbers, signs, one letter for a picture.
    static const QRegularExpression kNoWord(QStringLiteral("^[^\\p{L}]*\\p{L}?[^\\p{L}]*$"));
    // "vps-fra", "10.1.0.0/24", "home.internal", "6.4 GiB", "8Q3c…"
    static const QRegularExpression kToken(
        QStringLiteral("^(\\S*[-_.:/=+@0-9…]\\S*( ([KMGT]?i?B(/s)?|bytes))?|weftctl .*)$"));
    return kNoWord.match(text).hasMatch() || kToken.match(text).hasMatch() || isOfTheDaemon(text)
           || isLanguage(text);
}

/// Visible texts that are neither translated nor data.
QStringList hardCoded(QQuickItem& root) {
    QStringList found;
    weft::tests::walkVisible(&root, [&found](QQuickItem& item) {
        const QString text = item.property("text").toString();
        if (item.inherits("QQuickText") && !text.contains(QChar(u'⟦')) && !isData(text)) {
            found.append(text);
        }
    });
    return found;
}

bool isWithin(const QQuickItem& item, const char* kind) {
    const QQuickItem* at = item.parentItem();
    while (at != nullptr && !at->inherits(kind)) {
        at = at->parentItem();
    }
    return at != nullptr;
}

/// Translated texts that end with an ellipsis. Not those in the columns of a list, which say it in
/// full beside it, nor the hint in an empty field, which the field is named by.
QStringList cutOff(QQuickItem& root) {
    QStringList found;
    weft::tests::walkVisible(&root, [&found](QQuickItem& item) {
        const QString text = item.property("text").toString();
        if (item.property("truncated").toBool() && text.contains(QChar(u'⟦'))
            && !isWithin(item, "QQuickListView") && !isWithin(item, "QQuickTextField")) {
            found.append(text);
        }
    });
    return found;
}

}  // namespace

class PseudoTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QLocale::setDefault(QLocale::c()); }

    void textsAreLongerAndKeepTheirPlaceholders() {
        QCOMPARE(pseudoText(QStringLiteral("Back")), QStringLiteral("⟦Ɓåçķĺö⟧"));
        QCOMPARE(pseudoText(QStringLiteral(" on %1")), QStringLiteral(" ⟦öñ %1ĺö⟧"));
        const QString text = pseudoText(QStringLiteral("%n member(s) of %L1 in the mesh"));
        QVERIFY(text.startsWith(QStringLiteral("⟦%n ")));
        QVERIFY(text.contains(QLatin1String("%L1")));
        QVERIFY(text.size() >= 35);
    }

    void everyPage_data() {
        QTest::addColumn<QByteArray>("scene");
        QTest::addColumn<QString>("place");
        for (const char* place :
             {"overview", "peers",  "graph",     "routes",    "routes/1",  "routes/2", "routes/3",
              "routes/4", "access", "changes",   "changes/1", "changes/2", "settings", "palette",
              "simulate", "invite", "shortcuts", "choose",    "create",    "join",     "attach"}) {
            QTest::addRow("%s", place) << QByteArray("draft") << QString::fromLatin1(place);
        }
        for (const char* scene :
             {"first-run",
              "alone",
              "off",
              "connecting",
              "degraded",
              "reconnecting",
              "failed",
              "lost",
              "read-only",
              "waiting",
              "countdown"}) {
            QTest::addRow("overview in %s", scene)
                << QByteArray(scene) << QStringLiteral("overview");
        }
    }
    void everyPage() {
        QFETCH(QByteArray, scene);
        QFETCH(QString, place);

        const ShownPage page(scene.constData(), place, kUsual, Words::Pseudo);

        QVERIFY(page.texts().filter(QStringLiteral("⟦")).size() > 2);
        QCOMPARE(hardCoded(page.root()).join(kBetween), QString());
        QCOMPARE(cutOff(page.root()).join(kBetween), QString());
        QCOMPARE(weft::tests::textsOutside(page.root(), page.main.window()->size()), QStringList());
    }

    // The walk above proves nothing unless it can fail.
    void theWalkFindsWhatItLooksFor() {
        QQmlEngine engine;
        QQmlComponent component(&engine);
        component.setData(
            R"(import QtQuick
               Item {
                   width: 300; height: 100
                   Text { text: "Hard-coded words" }
                   Text { text: "online" }
                   Text { text: "⟦Ţŕåñšļåţéð⟧" }
                   Text { text: "⟦Ţöö ļöñĝ ƒöŕ îţ⟧"; width: 30; elide: Text.ElideRight }
                   Text { text: "10.1.0.0/24" }
                   Text { text: "vps-fra" }
                   Text { text: "6.4 GiB" }
                   Text { text: "12" }
               })",
            QUrl());
        const std::unique_ptr<QObject> made(component.create());
        auto* root = qobject_cast<QQuickItem*>(made.get());
        QVERIFY2(root != nullptr, qPrintable(component.errorString()));

        QCOMPARE(
            hardCoded(*root),
            QStringList({QStringLiteral("Hard-coded words"), QStringLiteral("online")}));
        QCOMPARE(cutOff(*root).size(), 1);
    }
};

QTEST_MAIN(PseudoTest)
#include "pseudo_test.moc"
