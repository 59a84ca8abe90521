// SPDX-License-Identifier: Apache-2.0
// The settings that the caller of a Connect hands to a daemon, as bytes of a Struct.
#include "core/config/detail/codec.h"
#include "core/config/key_table.h"
#include "core/config/load.h"
#include "core/daemon/app_overrides.h"
#include "tests/fuzz/fuzz_check.h"

#include <google/protobuf/struct.pb.h>

namespace {

namespace config = weft::config;

bool sameValue(
    const config::Key& key, const config::NodeOptions& left, const config::NodeOptions& right) {
    return config::detail::render(key, left).items == config::detail::render(key, right).items;
}

/// A caller who may only operate has changed nothing that needs an administrator.
void checkGuarded(const config::NodeOptions& base, const config::NodeOptions& merged) {
    for (const auto& key : config::keyTable()) {
        if (key.supported() && key.guard != config::Guard::None) {
            WEFT_FUZZ_CHECK(!merged.origins.contains(key.name) || sameValue(key, base, merged));
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const google::protobuf::LogSilencer kQuiet;
    google::protobuf::Struct settings;
    if (!settings.ParseFromArray(data, static_cast<int>(size))) {
        return 0;
    }
    const auto overrides = weft::daemon::overridesOf(settings);
    if (!overrides.ok()) {
        WEFT_FUZZ_CHECK(overrides.status().code() == weft::StatusCode::kInvalidArgument);
        return 0;
    }
    const config::NodeOptions base;
    const auto operated = config::merge(base, *overrides, config::Grade::Operate);
    const auto administered = config::merge(base, *overrides, config::Grade::Administer);
    if (operated.ok()) {
        checkGuarded(base, *operated);
        WEFT_FUZZ_CHECK(administered.ok());
    } else {
        WEFT_FUZZ_CHECK(!operated.status().message().empty());
    }
    return 0;
}
