// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/changes.h"
#include "core/api/policy.h"
#include "ui/viewmodels/look.h"

#include <QString>
#include <QVariantList>

#include <optional>

namespace weft::viewmodels {

/// Edits of the policy in words.

/// "Rule", "Group", ...
QString kindWord(api::PolicyKind kind);
/// "Rules", "Groups", ...
QString kindHeading(api::PolicyKind kind);
/// The name, or the two ends of an edge.
QString objectTitle(const api::ObjectRef& ref);
/// "Rule office".
QString objectText(const api::ObjectRef& ref);

/// An object of any kind as QML carries it. The way back takes what it made itself; everything
/// else is a role without a name.
QString toObjectKey(const api::ObjectRef& ref);
api::ObjectRef fromObjectKey(const QString& key);
/// One text for each object, however its ends are ordered.
QString identityOf(const api::ObjectRef& ref);

/// "New", "Changed", "Removed", and how much it matters.
QString editWord(bool before, bool after);
look::Tone editTone(bool before, bool after);

/// What differs: maps of label, before and after. Of an object that is made or removed, all that
/// it has.
QVariantList fieldChanges(
    const std::optional<api::PolicyObject>& before, const std::optional<api::PolicyObject>& after);
/// One object from three sides: maps of label, base, mine, theirs and differs. A side without the
/// object has empty texts.
QVariantList threeSides(
    const std::optional<api::PolicyObject>& base,
    const std::optional<api::PolicyObject>& mine,
    const std::optional<api::PolicyObject>& theirs);

}  // namespace weft::viewmodels
