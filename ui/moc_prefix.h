// SPDX-License-Identifier: Apache-2.0
#pragma once

// Read by moc before each header; never compiled. See ui/CMakeLists.txt.
#include <string>
