// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/fake_clock.h"
#include "tests/support/fake_controller.h"
#include "tests/ui/fake_core_choice.h"
#include "ui/viewmodels/app_view_model.h"
#include "ui/viewmodels/language.h"

#include <QCoreApplication>
#include <QTranslator>

#include <memory>
#include <utility>

namespace weft::tests {

/// The view-models over a scene, with threads and time in the hand of the test.
struct UiFixture {
    /// `over` comes before the catalogues.
    explicit UiFixture(
        const char* sceneName,
        api::SecretStore* secrets = nullptr,
        std::unique_ptr<QTranslator> over = nullptr)
        : translator(install(std::move(over)))
        , controller(sceneAt(sceneName, clock.wallNow()), FakeController::Delivery::Manual)
        , app(controller, {clock, appearance, secrets, &core, &preferences, &login}) {
        app.start();
        settle();
    }

    static FakeScene sceneAt(const char* name, WallTime now) {
        FakeScene scene = fakeScene(name, now).value();
        scene.stoppedAt = now;
        return scene;
    }

    static std::unique_ptr<QTranslator> install(std::unique_ptr<QTranslator> over) {
        if (over) {
            QCoreApplication::installTranslator(over.get());
        }
        return over;
    }

    /// Lets everything that was asked and answered arrive.
    void settle() {
        for (int round = 0; round < 4; ++round) {
            controller.run();
            QCoreApplication::sendPostedEvents();
        }
    }
    /// Moves the time of the daemon on, as its steps need it.
    void advance(Duration by) {
        controller.advance(by);
        settle();
    }

    viewmodels::Language language{QLocale()};
    std::unique_ptr<QTranslator> translator;
    FakeClock clock;
    viewmodels::Appearance appearance{nullptr};
    viewmodels::Preferences preferences{nullptr};
    FakeCoreChoice core;
    FakeLoginItem login;
    FakeController controller;
    viewmodels::AppViewModel app;
};

}  // namespace weft::tests
