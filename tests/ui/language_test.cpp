// SPDX-License-Identifier: Apache-2.0
// The window in a language that is not English: its texts, its plural forms, and the room they
// need.
#include "ui/viewmodels/language.h"

#include "tests/ui/item_walk.h"
#include "tests/ui/ui_fixture.h"
#include "ui/qml/items/main_window.h"
#include "ui/viewmodels/words.h"

#include <QTest>

#include <memory>

using namespace std::chrono_literals;
using weft::tests::UiFixture;
using weft::viewmodels::Language;

namespace {

const QLocale kGerman(QStringLiteral("de_DE"));

/// What a page at the smallest size shows in the default locale.
struct Page {
    Page(const char* scene, const QString& place) : ui(scene) {
        ui.appearance.setReduceMotion(true);
        weft::qml::MainWindow main(ui.app);
        main.window()->resize(main.window()->minimumSize());
        main.window()->show();
        main.open(place);
        if (place == QLatin1String("peers")) {
            ui.app.peer()->show(ui.app.peers()->idAt(1));
        }
        for (int round = 0; round < 3; ++round) {
            ui.settle();
            QCoreApplication::processEvents();
            main.window()->grabWindow();
        }
        QQuickItem& root = *main.window()->contentItem();
        outside = weft::tests::textsOutside(root, main.window()->size());
        cut = weft::tests::textsCut(root);
        weft::tests::walkVisible(&root, [this](QQuickItem& item) {
            if (item.inherits("QQuickText")) {
                texts.append(item.property("text").toString());
            }
        });
    }

    UiFixture ui;
    QStringList outside;
    QStringList cut;
    QStringList texts;
};

}  // namespace

class LanguageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QLocale::setDefault(QLocale::c()); }

    void pluralFormsAreRight_data() {
        QTest::addColumn<QLocale>("locale");
        QTest::addColumn<QString>("one");
        QTest::addColumn<QString>("many");
        QTest::addColumn<QString>("ago");
        QTest::newRow("English") << QLocale(QStringLiteral("en_GB")) << QStringLiteral("1 member")
                                 << QStringLiteral("12 members") << QStringLiteral("2 days ago");
        QTest::newRow("C") << QLocale::c() << QStringLiteral("1 member")
                           << QStringLiteral("12 members") << QStringLiteral("2 days ago");
        QTest::newRow("German") << kGerman << QStringLiteral("1 Mitglied")
                                << QStringLiteral("12 Mitglieder") << QStringLiteral("vor 2 Tagen");
        QTest::newRow("a language without a catalogue")
            << QLocale(QStringLiteral("sw_KE")) << QStringLiteral("1 member")
            << QStringLiteral("12 members") << QStringLiteral("2 days ago");
    }
    void pluralFormsAreRight() {
        QFETCH(QLocale, locale);
        const Language language(locale);

        QTEST(weft::viewmodels::memberCount(1), "one");
        QTEST(weft::viewmodels::memberCount(12), "many");
        QTEST(weft::viewmodels::relativeTime(weft::WallTime(1h), weft::WallTime(49h)), "ago");
        QCOMPARE(language.isTranslated(), locale == kGerman);
    }

    void theLanguageGoesWithItsObject() {
        { const Language german(kGerman); }
        const Language english(QLocale::c());

        QCOMPARE(weft::viewmodels::memberCount(2), QStringLiteral("2 members"));
    }

    void theLanguageCanBeChanged() {
        Language language(QLocale::c());
        QCOMPARE(Language::available(), (QStringList{u"de"_qs, u"en"_qs}));
        QCOMPARE(weft::viewmodels::memberCount(12), QStringLiteral("12 members"));

        language.use(kGerman);
        QVERIFY(language.isTranslated());
        QCOMPARE(weft::viewmodels::memberCount(12), QStringLiteral("12 Mitglieder"));
        language.use(QLocale(QStringLiteral("en")));

        QVERIFY(!language.isTranslated());
        QCOMPARE(weft::viewmodels::memberCount(1), QStringLiteral("1 member"));
    }

    void pagesSpeakTheLanguageOfTheLocale() {
        QLocale::setDefault(kGerman);
        const Page page("home", QStringLiteral("overview"));

        QVERIFY(page.texts.contains(QStringLiteral("Dieser Knoten")));
        QVERIFY(page.texts.contains(QStringLiteral("Verbunden")));
        QVERIFY(!page.texts.contains(QStringLiteral("This node")));
    }

    void germanHasRoomAtTheSmallestSize_data() {
        QTest::addColumn<QByteArray>("scene");
        QTest::addColumn<QString>("place");
        for (const char* place :
             {"overview",
              "peers",
              "graph",
              "routes",
              "changes",
              "settings",
              "invite",
              "shortcuts",
              "choose",
              "create",
              "join",
              "attach"}) {
            QTest::addRow("%s", place) << QByteArray("home") << QString::fromLatin1(place);
        }
        for (const char* scene :
             {"first-run", "alone", "off", "reconnecting", "failed", "lost", "read-only"}) {
            QTest::addRow("overview in %s", scene)
                << QByteArray(scene) << QStringLiteral("overview");
        }
        for (const char* scene : {"draft", "countdown"}) {
            QTest::addRow("changes in %s", scene) << QByteArray(scene) << QStringLiteral("changes");
        }
    }
    void germanHasRoomAtTheSmallestSize() {
        QFETCH(QByteArray, scene);
        QFETCH(QString, place);
        const auto cutInEnglish = Page(scene.constData(), place).cut.size();
        QLocale::setDefault(kGerman);

        const Page german(scene.constData(), place);

        QCOMPARE(german.outside, QStringList());
        QVERIFY2(
            german.cut.size() <= cutInEnglish, qPrintable(german.cut.join(QStringLiteral(" | "))));
    }
};

QTEST_MAIN(LanguageTest)
#include "language_test.moc"
