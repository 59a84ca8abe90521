// SPDX-License-Identifier: Apache-2.0
#include "core/services/server/library_log.h"

#include "core/base/log.h"

#include <grpc/support/log.h>

namespace weft::services {

void routeLibraryLog() {
    static const bool routed = [] {
        gpr_set_log_function([](gpr_log_func_args* line) {
            static auto& logger = base::logger("grpc");
            const auto level = line->severity == GPR_LOG_SEVERITY_ERROR ? spdlog::level::debug
                                                                        : spdlog::level::trace;
            logger.log(level, "{}", base::quoted(line->message));
        });
        return true;
    }();
    static_cast<void>(routed);
}

}  // namespace weft::services
