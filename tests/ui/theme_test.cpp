// SPDX-License-Identifier: Apache-2.0
// What can be read on what, in every theme: contrasts as WCAG 2.1 computes them.
#include <QColor>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

namespace {

/// WCAG 2.1, success criteria 1.4.3 and 1.4.11.
constexpr double kText = 4.5;
constexpr double kPart = 3.0;

double linear(double channel) {
    return channel <= 0.03928 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& color) {
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
           + 0.0722 * linear(color.blueF());
}

double contrast(const QColor& one, const QColor& other) {
    const double light = std::max(luminance(one), luminance(other));
    const double dark = std::min(luminance(one), luminance(other));
    return (light + 0.05) / (dark + 0.05);
}

/// What is seen of `over` when it lies on `under`.
QColor laid(const QColor& over, const QColor& under) {
    const auto mix = [&over](float top, float bottom) {
        return top * over.alphaF() + bottom * (1 - over.alphaF());
    };
    return QColor::fromRgbF(
        mix(over.redF(), under.redF()),
        mix(over.greenF(), under.greenF()),
        mix(over.blueF(), under.blueF()));
}

struct Look {
    const char* name;
    bool dark;
    bool highContrast;
};

constexpr std::array kLooks{
    Look{"light", false, false},
    Look{"dark", true, false},
    Look{"high contrast on white", false, true},
    Look{"high contrast on black", true, true}};
constexpr std::array kGrounds{"bg", "surface", "sunken"};
constexpr std::array kTints{"tintAccent", "tintOk", "tintWarn", "tintError", "tintRelay"};
constexpr std::array kInks{"accent", "ok", "warn", "error", "relay"};
constexpr std::array kTexts{"text", "textSecondary", "textTertiary"};

}  // namespace

class ThemeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        engine_.addImportPath(QStringLiteral("qrc:/qt/qml"));
        QQmlComponent component(&engine_);
        component.setData(
            "import QtQuick\nimport Weft\nQtObject { property QtObject theme: Theme }", QUrl());
        holder_.reset(component.create());
        QVERIFY2(holder_ != nullptr, qPrintable(component.errorString()));
        theme_ = holder_->property("theme").value<QObject*>();
        QVERIFY(theme_ != nullptr);
    }

    void contrastIsComputedAsItIsDefined() {
        QCOMPARE(std::lround(contrast(Qt::black, Qt::white) * 10), 210L);
        QCOMPARE(std::lround(contrast(QColor(0x77, 0x77, 0x77), Qt::white) * 100), 448L);
        QCOMPARE(laid(QColor(255, 255, 255, 0), Qt::black), QColor(Qt::black));
    }

    void textCanBeReadOnEveryGround_data() { looks(); }
    void textCanBeReadOnEveryGround() {
        choose();

        for (const char* ground : kGrounds) {
            for (const char* text : kTexts) {
                check(text, ground, kText);
            }
            for (const char* ink : kInks) {
                check(ink, ground, kText);
            }
        }
        for (std::size_t i = 0; i < kTints.size(); ++i) {
            check("text", kTints.at(i), kText);
            check(kInks.at(i), kTints.at(i), kText);
        }
        check("accentText", "accent", kText);
        check("accentText", "error", kText);
    }

    void textCanBeReadUnderThePointer_data() { looks(); }
    void textCanBeReadUnderThePointer() {
        choose();

        for (const char* over : {"hover", "pressed"}) {
            for (const char* text : {"text", "textSecondary", "textTertiary", "accent"}) {
                compare(color(text), laid(color(over), color("bg")), kText, over);
                compare(color(text), laid(color(over), color("surface")), kText, over);
            }
        }
    }

    void partsOfControlsCanBeSeen_data() { looks(); }
    void partsOfControlsCanBeSeen() {
        choose();

        for (const char* ground : kGrounds) {
            check("outline", ground, kPart);
            check("focus", ground, kPart);
            check("accent", ground, kPart);
        }
        for (const char* tint : kTints) {
            check("focus", tint, kPart);
        }
        const QVariantList series = theme_->property("series").toList();
        QCOMPARE(series.size(), 6);
        for (const QVariant& line : series) {
            compare(line.value<QColor>(), color("bg"), kPart, "series on bg");
            compare(line.value<QColor>(), color("surface"), kPart, "series on surface");
            compare(line.value<QColor>(), color("sunken"), kPart, "series on sunken");
        }
    }

    void highContrastHasStrongBordersAndNoTints_data() { looks(); }
    void highContrastHasStrongBordersAndNoTints() {
        QFETCH(bool, dark);
        QFETCH(bool, highContrast);
        choose();

        QCOMPARE(theme_->property("border").toInt(), highContrast ? 2 : 1);
        for (const char* tint : kTints) {
            QCOMPARE(color(tint) == color("bg"), highContrast);
        }
        if (highContrast) {
            QCOMPARE(color("bg"), QColor(dark ? Qt::black : Qt::white));
            QCOMPARE(color("text"), QColor(dark ? Qt::white : Qt::black));
            QCOMPARE(color("hairline"), color("text"));
        }
    }

    void rowsAreLowerWhenItIsDense() {
        QCOMPARE(theme_->property("rowHeight").toInt(), 44);

        theme_->setProperty("compact", true);
        QCOMPARE(theme_->property("rowHeight").toInt(), 36);
        QCOMPARE(theme_->property("padding").toInt(), 12);
        theme_->setProperty("textScale", 1.5);
        QCOMPARE(theme_->property("rowHeight").toInt(), 54);
    }

private:
    static void looks() {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<bool>("highContrast");
        for (const Look& look : kLooks) {
            QTest::addRow("%s", look.name) << look.dark << look.highContrast;
        }
    }
    void choose() {
        QFETCH(bool, dark);
        QFETCH(bool, highContrast);
        theme_->setProperty("dark", dark);
        theme_->setProperty("highContrast", highContrast);
    }
    QColor color(const char* token) const { return theme_->property(token).value<QColor>(); }

    static void compare(
        const QColor& ink, const QColor& ground, double least, const QByteArray& what) {
        QVERIFY2(ink.isValid() && ground.isValid(), what.constData());
        const double found = contrast(ink, ground);
        const QByteArray names = ink.name().toLatin1() + " on " + ground.name().toLatin1();
        QVERIFY2(found >= least, what + ", " + names + ": " + QByteArray::number(found));
    }
    void check(const char* ink, const char* ground, double least) const {
        compare(color(ink), color(ground), least, QByteArray(ink) + " on " + ground);
    }

    QQmlEngine engine_;
    std::unique_ptr<QObject> holder_;
    QObject* theme_ = nullptr;
};

QTEST_MAIN(ThemeTest)
#include "theme_test.moc"
