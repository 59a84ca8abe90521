// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands/commands.h"
#include "app/cli/connection_wait.h"
#include "app/cli/wording.h"
#include "core/base/text.h"

#include <fmt/format.h>

#include <chrono>
#include <iterator>

namespace weft::cli {
namespace {

/// What v1.AppDaemon takes as one value.
constexpr std::size_t kMostValueBytes = std::size_t{1} << 20;

StatusOr<std::string> readValue(Context& context, const std::string& word) {
    if (word != "-") {
        return word;
    }
    std::string value;
    for (char c = 0; context.in.get(c);) {
        value += c;
        if (value.size() > kMostValueBytes) {
            return invalidArgument("a value has at most {} KiB", kMostValueBytes / 1024);
        }
    }
    return value;
}

void printPair(Output& out, const api::KeyValue& pair) {
    out.line(fmt::format("{}  {}", safe(pair.key), safe(pair.value)));
}

}  // namespace

Status runQueryGet(Context& context, const Parsed& parsed) {
    const std::string key = parsed.text("KEY");
    WEFT_ASSIGN_OR_RETURN(
        const auto value, context.session->call<std::string>([&](Callback<std::string> done) {
            context.session->controller().get(key, std::move(done));
        }));
    if (context.out.isStructured()) {
        context.out.write(describe(api::KeyValue{key, value}));
    } else if (parsed.has("raw")) {
        context.out.stream() << value;
    } else {
        context.out.line(base::escapeForLine(value, kMostValueBytes));
    }
    return okStatus();
}

Status runQueryList(Context& context, const Parsed& parsed) {
    using Keys = std::vector<std::string>;
    WEFT_ASSIGN_OR_RETURN(const auto keys, context.session->call<Keys>([&](Callback<Keys> done) {
        context.session->controller().listKeys(parsed.text("PREFIX"), std::move(done));
    }));
    if (context.out.isStructured()) {
        context.out.write(Document::listOf(keys));
        return okStatus();
    }
    for (const auto& key : keys) {
        context.out.line(safe(key));
    }
    return okStatus();
}

Status runQueryIter(Context& context, const Parsed& parsed) {
    using Pairs = std::vector<api::KeyValue>;
    WEFT_ASSIGN_OR_RETURN(const auto pairs, context.session->call<Pairs>([&](Callback<Pairs> done) {
        context.session->controller().iterate(parsed.text("PREFIX"), std::move(done));
    }));
    Document::List list;
    for (const auto& pair : pairs) {
        if (context.out.isStructured()) {
            list.push_back(describe(pair));
        } else {
            printPair(context.out, pair);
        }
    }
    if (context.out.isStructured()) {
        context.out.write(list);
    }
    return okStatus();
}

Status runSubscribe(Context& context, const Parsed& parsed) {
    EventPump& pump = context.session->pump();
    Output& out = context.out;
    const auto ended = std::make_shared<std::optional<Status>>();
    const Subscription watch = context.session->controller().subscribe(
        parsed.text("PREFIX"),
        [&pump, &out](const api::KeyValue& pair) {
            pump.post([&out, pair] {
                if (out.isStructured()) {
                    out.writeEvent(describe(pair));
                } else {
                    printPair(out, pair);
                    out.stream() << std::flush;
                }
            });
        },
        [&pump, ended](const Status& status) { pump.post([ended, status] { *ended = status; }); });
    const Status status = pump.runUntil([&ended] { return ended->has_value(); }, std::nullopt);
    if (status.code() == StatusCode::kCancelled) {
        return okStatus();  // Ctrl-C is how it is meant to end
    }
    WEFT_RETURN_IF_ERROR(status);
    return (*ended)->ok() ? unavailable("the daemon ended the subscription: subscribe again")
                          : **ended;
}

Status runPublish(Context& context, const Parsed& parsed) {
    api::KeyValue pair{.key = parsed.text("KEY"), .value = {}};
    WEFT_ASSIGN_OR_RETURN(pair.value, readValue(context, parsed.text("VALUE")));
    std::optional<std::chrono::seconds> ttl;
    if (parsed.has("ttl")) {
        WEFT_ASSIGN_OR_RETURN(const Duration given, parsed.duration("ttl", Duration::zero()));
        ttl = std::chrono::ceil<std::chrono::seconds>(given);
    }
    WEFT_RETURN_IF_ERROR(context.session->run([&](StatusCallback done) {
        context.session->controller().publish(pair, ttl, std::move(done));
    }));
    if (context.out.isStructured()) {
        context.out.write(Document::Members{{"published", pair.key}});
    }
    return okStatus();
}

}  // namespace weft::cli
