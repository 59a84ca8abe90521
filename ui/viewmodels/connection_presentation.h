// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/controller.h"
#include "core/base/clock.h"
#include "ui/viewmodels/look.h"

#include <QString>

namespace weft::viewmodels {

/// The state of one mesh in one vocabulary: window, tray and notifications say the same.
struct ConnectionPresentation {
    /// "Connected": the state word, without a full stop.
    QString word;
    /// What the word leaves open: the step, the cause, the time to the next try. May be empty.
    QString detail;
    look::Tone tone = look::Tone::Neutral;
    look::Shape shape = look::Shape::Hollow;
    /// Whether the shape moves.
    bool animated = false;
    look::Action action = look::Action::NoAction;
    QString actionText;
    /// Why the action cannot be taken now; empty when it can.
    QString actionHint;

    friend bool operator==(const ConnectionPresentation&, const ConnectionPresentation&) = default;
};

struct PresentationInput {
    api::LinkState link = api::LinkState::Connecting;
    api::Grade grade = api::Grade::None;
    /// Null while nothing is known about the mesh, or there is none.
    const api::Connection* connection = nullptr;
    WallTime now;
    /// The service is lost because it does not answer; it is there.
    bool isSilent = false;
    /// It is there, and this account may not use it.
    bool isDenied = false;
    /// The member through which the Internet is reached; empty for none.
    QString exitNode{};
};

/// Pure.
ConnectionPresentation present(const PresentationInput& input);

}  // namespace weft::viewmodels
