// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QQmlEngine>

/// What view-models say about looks: meanings, not colours. QML and the tray turn them into both.
namespace weft::viewmodels::look {

Q_NAMESPACE
QML_NAMED_ELEMENT(Look)

/// The colour role of a state or a note.
enum class Tone { Neutral, Accent, Ok, Warn, Error, Relay };
Q_ENUM_NS(Tone)

/// The shape of the state picture in the window and in the tray. The shape carries the meaning.
/// Exit: filled, and the Internet is reached through a member. Blocked: nothing leaves until the
/// mesh is back. Denied: the service is there and this account may not use it.
enum class Shape { Hollow, Filling, Filled, Degraded, Failed, Dashed, Exit, Blocked, Denied };
Q_ENUM_NS(Shape)

/// The one thing that the big button does.
enum class Action { NoAction, Connect, Disconnect, Cancel, Retry };
Q_ENUM_NS(Action)

}  // namespace weft::viewmodels::look
