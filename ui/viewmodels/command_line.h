// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

namespace weft::viewmodels {

/// One word for a shell: in quotes where it would be taken apart.
QString shellWord(const QString& word);

/// "weftctl ping nas": what does the same in a terminal. Words that a shell would take apart are in
/// quotes, so that a foreign name stays one word.
QString commandLine(const QStringList& words);

}  // namespace weft::viewmodels
