// SPDX-License-Identifier: Apache-2.0
// The window in languages that are not English: their texts, their plural forms, the room they
// need, and the side they begin at.
#include "ui/viewmodels/language.h"

#include "tests/ui/shown_page.h"
#include "ui/viewmodels/digits.h"
#include "ui/viewmodels/words.h"

#include <QGuiApplication>
#include <QTest>

#include <algorithm>

using namespace std::chrono_literals;
using weft::tests::ShownPage;
using weft::viewmodels::Language;

namespace {

const QLocale kGerman(QStringLiteral("de_DE"));
const QLocale kArabic(QStringLiteral("ar_EG"));
// QCOMPARE shows texts, not lists.
const QString kBetween = QStringLiteral(" | ");
constexpr QSize kUsual(1120, 740);
/// The window takes its smallest size instead.
constexpr QSize kSmallest(1, 1);

QRectF placeOf(const QQuickItem& item) {
    return item.mapRectToScene(QRectF(0, 0, item.width(), item.height()));
}

QQuickItem* findByClass(QQuickItem& root, const char* name) {
    QQuickItem* found = nullptr;
    weft::tests::walkVisible(&root, [&](QQuickItem& item) {
        if (found == nullptr && QByteArray(item.metaObject()->className()).startsWith(name)) {
            found = &item;
        }
    });
    return found;
}

/// Texts that begin at the left although the window begins at the right. Those of one script that
/// runs from the left, commands and JSON, may when they have several lines.
QStringList textsAtTheLeft(QQuickItem& root) {
    QStringList found;
    weft::tests::walkVisible(&root, [&found](QQuickItem& item) {
        if (!item.inherits("QQuickText")
            || item.property("effectiveHorizontalAlignment").toInt() != Qt::AlignLeft) {
            return;
        }
        const QString text = item.property("text").toString();
        const bool wraps = item.property("wrapMode").toInt() != 0;
        if (!text.isEmpty() && !(wraps && !text.isRightToLeft())) {
            found.append(text);
        }
    });
    return found;
}

/// Controls of one row that Tab reaches in another order than the eye.
QStringList againstReadingOrder(QQuickItem& root) {
    QStringList found;
    QList<QQuickItem*> chain;
    QQuickItem* item = root.nextItemInFocusChain(true);
    while (item != nullptr && !chain.contains(item)) {
        chain.append(item);
        item = item->nextItemInFocusChain(true);
    }
    for (qsizetype i = 1; i < chain.size(); ++i) {
        const QRectF before = placeOf(*chain.at(i - 1));
        const QRectF after = placeOf(*chain.at(i));
        const bool oneRow = chain.at(i)->parentItem() == chain.at(i - 1)->parentItem()
                            && qAbs(before.center().y() - after.center().y()) < 4;
        if (oneRow && after.right() > before.left() + 1) {
            found.append(QString::fromLatin1(chain.at(i)->metaObject()->className()));
        }
    }
    return found;
}

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
        QTest::addColumn<bool>("translated");
        QTest::newRow("English") << QLocale(QStringLiteral("en_GB")) << QStringLiteral("1 member")
                                 << QStringLiteral("12 members") << QStringLiteral("2 days ago")
                                 << false;
        QTest::newRow("C") << QLocale::c() << QStringLiteral("1 member")
                           << QStringLiteral("12 members") << QStringLiteral("2 days ago") << false;
        QTest::newRow("German") << kGerman << QStringLiteral("1 Mitglied")
                                << QStringLiteral("12 Mitglieder") << QStringLiteral("vor 2 Tagen")
                                << true;
        QTest::newRow("Arabic") << kArabic << QStringLiteral("عضو واحد")
                                << QStringLiteral("12 عضوًا")
                                << QStringLiteral("قبل \u2068يومين\u2069") << true;
        QTest::newRow("a language without a catalogue")
            << QLocale(QStringLiteral("sw_KE")) << QStringLiteral("1 member")
            << QStringLiteral("12 members") << QStringLiteral("2 days ago") << false;
    }
    void pluralFormsAreRight() {
        QFETCH(QLocale, locale);
        const Language language(locale);

        QTEST(weft::viewmodels::memberCount(1), "one");
        QTEST(weft::viewmodels::memberCount(12), "many");
        QTEST(weft::viewmodels::relativeTime(weft::WallTime(1h), weft::WallTime(49h)), "ago");
        QTEST(language.isTranslated(), "translated");
    }

    void arabicCountsByItsSixForms() {
        const Language arabic(kArabic);
        using weft::viewmodels::memberCount;

        QCOMPARE(memberCount(0), QStringLiteral("لا أعضاء"));
        QCOMPARE(memberCount(2), QStringLiteral("عضوان"));
        QCOMPARE(memberCount(3), QStringLiteral("3 أعضاء"));
        QCOMPARE(memberCount(110), QStringLiteral("110 أعضاء"));
        QCOMPARE(memberCount(111), QStringLiteral("111 عضوًا"));
        QCOMPARE(memberCount(100), QStringLiteral("100 عضو"));
    }

    void digitsAreThoseOfAddresses() {
        using weft::viewmodels::withPlainDigits;
        QLocale::setDefault(kArabic);

        QCOMPARE(withPlainDigits(QStringLiteral("٢٫٥ x²")), QStringLiteral("2.5 x²"));
        QVERIFY(weft::viewmodels::bytes(2'621'440).startsWith(QLatin1String("2.5")));
    }

    void theLanguageGoesWithItsObject() {
        { const Language german(kGerman); }
        const Language english(QLocale::c());

        QCOMPARE(weft::viewmodels::memberCount(2), QStringLiteral("2 members"));
    }

    void theLanguageCanBeChanged() {
        Language language(QLocale::c());
        QCOMPARE(Language::available(), (QStringList{u"ar"_qs, u"de"_qs, u"en"_qs}));
        QCOMPARE(weft::viewmodels::memberCount(12), QStringLiteral("12 members"));

        language.use(kGerman);
        QVERIFY(language.isTranslated());
        QCOMPARE(weft::viewmodels::memberCount(12), QStringLiteral("12 Mitglieder"));
        language.use(QLocale(QStringLiteral("en")));

        QVERIFY(!language.isTranslated());
        QCOMPARE(weft::viewmodels::memberCount(1), QStringLiteral("1 member"));
    }

    void theWindowBeginsAtTheRightWithALanguageThatDoes() {
        { const Language arabic(kArabic); }
        QVERIFY(QGuiApplication::isRightToLeft());
        const Language english(QLocale::c());
        QVERIFY(QGuiApplication::isLeftToRight());
        // Without a catalogue the texts are English.
        const Language hebrew(QLocale(QStringLiteral("he_IL")));
        QVERIFY(QGuiApplication::isLeftToRight());
    }

    void pagesSpeakTheLanguageOfTheLocale() {
        QLocale::setDefault(kGerman);
        const QStringList texts = ShownPage("home", QStringLiteral("overview"), kSmallest).texts();

        QVERIFY(texts.contains(QStringLiteral("Dieser Knoten")));
        QVERIFY(texts.contains(QStringLiteral("Verbunden")));
        QVERIFY(!texts.contains(QStringLiteral("This node")));
    }

    void everyLanguageHasRoomAtTheSmallestSize_data() {
        QTest::addColumn<QLocale>("locale");
        QTest::addColumn<QByteArray>("scene");
        QTest::addColumn<QString>("place");
        const auto add = [](const char* scene, const char* place) {
            for (const QLocale& locale : {kGerman, kArabic}) {
                QTest::addRow("%s in %s, %s", place, scene, qPrintable(locale.name()))
                    << locale << QByteArray(scene) << QString::fromLatin1(place);
            }
        };
        for (const char* place :
             {"overview",
              "peers",
              "graph",
              "routes",
              "access",
              "changes",
              "settings",
              "invite",
              "shortcuts",
              "choose",
              "create",
              "join",
              "attach"}) {
            add("home", place);
        }
        for (const char* scene :
             {"first-run", "alone", "off", "reconnecting", "failed", "lost", "read-only"}) {
            add(scene, "overview");
        }
        for (const char* scene : {"draft", "countdown"}) {
            add(scene, "changes");
        }
    }
    void everyLanguageHasRoomAtTheSmallestSize() {
        QFETCH(QLocale, locale);
        QFETCH(QByteArray, scene);
        QFETCH(QString, place);
        const auto cutInEnglish =
            weft::tests::textsCut(ShownPage(scene.constData(), place, kSmallest).root()).size();
        QLocale::setDefault(locale);

        const ShownPage page(scene.constData(), place, kSmallest);

        const QStringList cut = weft::tests::textsCut(page.root());
        QCOMPARE(weft::tests::textsOutside(page.root(), page.main.window()->size()), QStringList());
        QVERIFY2(cut.size() <= cutInEnglish, qPrintable(cut.join(QStringLiteral(" | "))));
    }

    void arabicMirrorsEveryPage_data() {
        QTest::addColumn<QString>("place");
        for (const char* place :
             {"overview",
              "peers",
              "graph",
              "routes",
              "routes/4",
              "access",
              "changes",
              "changes/1",
              "changes/2",
              "settings",
              "invite",
              "simulate",
              "choose",
              "create",
              "join"}) {
            QTest::addRow("%s", place) << QString::fromLatin1(place);
        }
    }
    void arabicMirrorsEveryPage() {
        QFETCH(QString, place);
        QLocale::setDefault(kArabic);

        const ShownPage page("draft", place, kUsual);

        QCOMPARE(textsAtTheLeft(page.root()).join(kBetween), QString());
        QCOMPARE(weft::tests::textsOutside(page.root(), page.main.window()->size()), QStringList());
    }

    void theRailIsOnTheSideWhereReadingBegins() {
        for (const bool arabic : {false, true}) {
            QLocale::setDefault(arabic ? kArabic : QLocale::c());
            const ShownPage page("home", QStringLiteral("overview"), kUsual);
            const QQuickItem* rail = findByClass(page.root(), "Rail_");

            QVERIFY(rail != nullptr);
            QCOMPARE(placeOf(*rail).left() < 1, !arabic);
            QCOMPARE(placeOf(*rail).right() > page.main.window()->width() - 1, arabic);
        }
    }

    void theKeyboardFollowsTheEye_data() {
        QTest::addColumn<QString>("place");
        for (const char* place : {"overview", "peers", "routes", "settings"}) {
            QTest::addRow("%s", place) << QString::fromLatin1(place);
        }
    }
    void theKeyboardFollowsTheEye() {
        QFETCH(QString, place);
        // The other way round in English, so that the walk is seen to find it.
        QVERIFY(!againstReadingOrder(ShownPage("home", place, kUsual).root()).isEmpty());
        QLocale::setDefault(kArabic);

        QCOMPARE(againstReadingOrder(ShownPage("home", place, kUsual).root()), QStringList());
    }
};

QTEST_MAIN(LanguageTest)
#include "language_test.moc"
