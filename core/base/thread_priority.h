// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace weft::base {

/// The nice value of the calling thread: -20 goes first, 19 last, 0 is the ordinary one.
int threadNice();

/// Gives the calling thread, and no other, a nice value. False when the system refuses it: below
/// what the thread has now it takes CAP_SYS_NICE, or a limit (RLIMIT_NICE) that allows it.
bool setThreadNice(int value);

}  // namespace weft::base
