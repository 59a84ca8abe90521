// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace weft::app {

// OpenSSL learns which instructions it may use when it is loaded, from an environment variable
// (crypto::VectorAdvice). Whether one kind should be kept from it is known only after a
// measurement, so the program measures and, when it pays, starts itself anew once with the variable
// set. Thread: the only one, before there is another.

/// Whether somebody has said already what OpenSSL may use: the administrator, or we in a former
/// life.
bool isVectorMaskDecided();

/// Starts the running program anew in this process, with `argv` and the variable set besides the
/// environment there is. Returns only when that is not possible, with nothing changed and a line in
/// the log: slower, but right.
void startAnewWithVectorMask(char* const* argv);

/// Both with the measurement between; takes a millisecond the first time. The second time the
/// process is called after `argv` again.
void maskVectorsIfItPays(char* const* argv);

}  // namespace weft::app
