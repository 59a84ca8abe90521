// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/ui/item_walk.h"
#include "tests/ui/pseudo_language.h"
#include "tests/ui/ui_fixture.h"
#include "ui/qml/items/main_window.h"

#include <QLocale>

namespace weft::tests {

/// What the texts are: those of the default locale, or those of the pseudo-locale.
enum class Words { OfLocale, Pseudo };

/// A page of the window over a scene, in the default locale, laid out and polished.
struct ShownPage {
    /// `place` as in MainWindow::open(); "routes/2" is a part of a page, "peers" and "access" are
    /// shown with their drawer.
    ShownPage(const char* scene, const QString& place, QSize size, Words words = Words::OfLocale)
        : ui(scene, nullptr, words == Words::Pseudo ? std::make_unique<PseudoLanguage>() : nullptr)
        , main((ui.appearance.setReduceMotion(true), ui.app)) {
        main.window()->resize(size.expandedTo(main.window()->minimumSize()));
        main.window()->show();
        main.open(place.section(QLatin1Char('/'), 0, 0));
        settle();
        openPart(place);
        settle();
    }

    void settle() {
        for (int round = 0; round < 3; ++round) {
            ui.settle();
            QCoreApplication::processEvents();
            main.window()->grabWindow();
        }
    }
    QQuickItem& root() const { return *main.window()->contentItem(); }
    /// Every text that is seen.
    QStringList texts() const {
        QStringList found;
        walkVisible(&root(), [&found](QQuickItem& item) {
            if (item.inherits("QQuickText")) {
                found.append(item.property("text").toString());
            }
        });
        return found;
    }

    UiFixture ui;
    qml::MainWindow main;

private:
    void openPart(const QString& place) {
        const QString part = place.section(QLatin1Char('/'), 1);
        const QByteArray page = place.section(QLatin1Char('/'), 0, 0).toLatin1();
        walkVisible(&root(), [&](QQuickItem& item) {
            if (!part.isEmpty() && item.metaObject()->indexOfProperty(page.constData()) >= 0
                && item.metaObject()->indexOfProperty("tab") >= 0) {
                item.setProperty("tab", part.toInt());
            }
        });
        if (place == QLatin1String("peers")) {
            ui.app.peer()->show(ui.app.peers()->idAt(1));
        }
        if (place == QLatin1String("routes/4")) {
            ui.app.access()->route()->openNew();
        }
        if (place == QLatin1String("access")) {
            ui.app.access()->rule()->openNew();
        }
    }
};

}  // namespace weft::tests
