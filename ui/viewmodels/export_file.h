// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace weft::viewmodels {

/// Where something of a mesh is to be written: in the folder for downloads, or else at home. `what`
/// is a word for the name of the file, or empty.
QString suggestedFile(const QString& mesh, const QString& what, const QString& ending);
/// What was typed, without a `~` at its beginning.
QString typedFile(const QString& path);
/// What is to be known before a file is written there; empty: nothing.
QString fileNote(const QString& path);

}  // namespace weft::viewmodels
