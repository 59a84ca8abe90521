// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/connection_presentation.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/words.h"

#include <QCoreApplication>

#include <algorithm>

namespace weft::viewmodels {
namespace {

using api::ConnectionState;
using look::Action;
using look::Shape;
using look::Tone;

/// The context of these texts in the catalogues.
class Presentation {
    Q_DECLARE_TR_FUNCTIONS(Presentation)
};

ConnectionPresentation withoutService(api::LinkState link, bool isSilent, bool isDenied) {
    ConnectionPresentation shown;
    shown.shape = Shape::Dashed;
    if (link == api::LinkState::Lost && isDenied) {
        shown.shape = Shape::Denied;
        shown.tone = Tone::Warn;
        shown.word = Presentation::tr("No permission for the background service");
        shown.detail = Presentation::tr("This account has to be in the group weft to use it.");
    } else if (link == api::LinkState::Lost && isSilent) {
        shown.word = Presentation::tr("Background service is not answering");
        shown.detail = Presentation::tr("The window goes on by itself as soon as it answers.");
    } else if (link == api::LinkState::Lost) {
        shown.word = Presentation::tr("Background service is not running");
        shown.detail = Presentation::tr("Weft attaches again as soon as it answers.");
    } else {
        shown.word = Presentation::tr("Waiting for the service");
        shown.animated = true;
    }
    return shown;
}

void setAction(ConnectionPresentation& shown, Action action) {
    shown.action = action;
    switch (action) {
    case Action::Connect:
        shown.actionText = Presentation::tr("Connect");
        break;
    case Action::Disconnect:
        shown.actionText = Presentation::tr("Disconnect");
        break;
    case Action::Cancel:
        shown.actionText = Presentation::tr("Cancel");
        break;
    case Action::Retry:
        shown.actionText = Presentation::tr("Try again");
        break;
    case Action::NoAction:
        break;
    }
}

void presentConnecting(ConnectionPresentation& shown, const api::Step& step) {
    shown.word = Presentation::tr("Connecting");
    shown.tone = Tone::Accent;
    shown.shape = Shape::Filling;
    shown.animated = true;
    if (step.count > 0) {
        shown.detail = Presentation::tr("%1 (step %2 of %3)")
                           .arg(bridge::shown(step.text))
                           .arg(step.number)
                           .arg(step.count);
    }
    setAction(shown, Action::Cancel);
}

/// Whether the lockdown of the mesh holds back what would leave outside its tunnels now.
bool isBlocked(const api::Connection& connection) {
    return std::ranges::any_of(connection.checklist, [](const api::CheckItem& item) {
        return item.id == "lockdown" && item.state == api::CheckState::Ok;
    });
}

void presentConnected(
    ConnectionPresentation& shown, const api::Connection& connection, const QString& exitNode) {
    shown.word = Presentation::tr("Connected");
    shown.detail = connection.tunnel ? Presentation::tr("Packets of the mesh go through %1.")
                                           .arg(bridge::shown(connection.tunnel->name))
                                     : Presentation::tr("Member of the mesh, without a tunnel.");
    shown.tone = Tone::Ok;
    shown.shape = Shape::Filled;
    if (!exitNode.isEmpty()) {
        shown.shape = Shape::Exit;
        shown.detail = Presentation::tr("Internet through %1.").arg(exitNode);
    }
    setAction(shown, Action::Disconnect);
}

void presentDegraded(ConnectionPresentation& shown, const api::Connection& connection) {
    shown.word = Presentation::tr("Connected, with a problem");
    shown.tone = Tone::Warn;
    shown.shape = Shape::Degraded;
    if (!connection.problems.empty()) {
        shown.detail = bridge::shown(connection.problems.front().text);
    }
    setAction(shown, Action::Disconnect);
}

void presentReconnecting(
    ConnectionPresentation& shown, const api::Connection& connection, WallTime now) {
    shown.tone = Tone::Warn;
    shown.shape = Shape::Filling;
    shown.animated = true;
    shown.word = Presentation::tr("Reconnecting");
    if (connection.retryAt && *connection.retryAt > now) {
        // Rounded up: "in 0 s" is said by nobody.
        const auto left = std::chrono::ceil<std::chrono::seconds>(*connection.retryAt - now);
        shown.word = Presentation::tr("Reconnecting in %1").arg(duration(left));
    }
    if (connection.failure) {
        shown.detail = asSentence(bridge::shown(connection.failure->text));
    }
    setAction(shown, Action::Retry);
}

/// The word stays: it says what the mesh does. The picture says what that means here.
void presentBlocked(ConnectionPresentation& shown) {
    shown.shape = Shape::Blocked;
    shown.tone = Tone::Warn;
    shown.animated = false;
    const QString blocked = Presentation::tr("Traffic is blocked until the mesh is back.");
    shown.detail = shown.detail.isEmpty()
                       ? blocked
                       : Presentation::tr("%1 %2", "two sentences").arg(blocked, shown.detail);
}

void presentFailed(ConnectionPresentation& shown, const api::Connection& connection) {
    shown.word = Presentation::tr("Could not connect");
    shown.tone = Tone::Error;
    shown.shape = Shape::Failed;
    if (connection.failure) {
        shown.detail = asSentence(bridge::shown(connection.failure->text));
    }
    setAction(shown, Action::Retry);
}

}  // namespace

ConnectionPresentation present(const PresentationInput& input) {
    if (input.link != api::LinkState::Ready) {
        return withoutService(input.link, input.isSilent, input.isDenied);
    }
    ConnectionPresentation shown;
    if (input.connection == nullptr) {
        shown.word = Presentation::tr("No mesh yet");
        return shown;
    }
    switch (input.connection->state) {
    case ConnectionState::Off:
        shown.word = Presentation::tr("Not connected");
        setAction(shown, Action::Connect);
        break;
    case ConnectionState::Connecting:
        presentConnecting(shown, input.connection->step);
        break;
    case ConnectionState::Connected:
        presentConnected(shown, *input.connection, input.exitNode);
        break;
    case ConnectionState::Degraded:
        presentDegraded(shown, *input.connection);
        break;
    case ConnectionState::Reconnecting:
        presentReconnecting(shown, *input.connection, input.now);
        break;
    case ConnectionState::Failed:
        presentFailed(shown, *input.connection);
        break;
    case ConnectionState::Disconnecting:
        shown.word = Presentation::tr("Disconnecting");
        shown.shape = Shape::Filling;
        shown.animated = true;
        break;
    }
    if (shown.tone != Tone::Ok && shown.shape != Shape::Degraded && isBlocked(*input.connection)) {
        presentBlocked(shown);
    }
    if (shown.action != Action::NoAction && input.grade < api::Grade::Operate) {
        shown.actionHint =
            Presentation::tr("You can look, not change: this account is not in the group weft.");
    }
    return shown;
}

}  // namespace weft::viewmodels
