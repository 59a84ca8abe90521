// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands/commands.h"
#include "app/cli/connection_wait.h"
#include "app/cli/wording.h"
#include "core/config/options.h"
#include "core/net/network.h"

#include <fmt/format.h>

namespace weft::cli {
namespace {

/// Shows a profile that was just made, after waiting for its connection.
Status finish(
    Context& context, const Parsed& parsed, const api::Profile& profile, std::uint64_t revision) {
    Output& out = context.out;
    if (!parsed.has("no-wait")) {
        WEFT_RETURN_IF_ERROR(annotate(
            waitUntilConnected(context, profile.id, revision),
            "profile {} is kept but not connected",
            profile.id.value()));
    }
    if (out.isStructured()) {
        out.write(describe(profile));
    } else if (out.quiet()) {
        out.line(safe(profile.id.value()));
    } else {
        out.line(fmt::format(
            "{} is {} as profile {}.",
            safe(profile.nodeId),
            parsed.has("no-wait") ? "on its way" : "a member",
            safe(profile.id.value())));
    }
    return okStatus();
}

StatusOr<api::TlsMode> tlsModeOf(const std::string& text) {
    for (const auto mode :
         {api::TlsMode::Mutual, api::TlsMode::ServerOnly, api::TlsMode::Insecure}) {
        if (text == nameOf(mode)) {
            return mode;
        }
    }
    return text.empty() ? StatusOr<api::TlsMode>(api::TlsMode::Mutual)
                        : invalidArgument("--tls is mutual, server-only or insecure");
}

Status checkNodeId(const std::string& id) {
    return id.empty() ? okStatus() : annotate(config::validateNodeId(id), "--node-id");
}

StatusOr<api::CreateMeshParams> createParams(const Parsed& parsed) {
    api::CreateMeshParams params;
    params.domain = parsed.has("domain") ? parsed.text("domain") : "webmesh.internal";
    params.name = parsed.text("name");
    params.nodeId = parsed.text("node-id");
    params.ipv4Network = parsed.text("ipv4-network");
    params.disableIpv4 = parsed.has("no-ipv4");
    params.defaultDeny = parsed.has("default-deny");
    params.listenAddress = parsed.text("listen");
    params.endpoints = parsed.list("endpoint");
    WEFT_ASSIGN_OR_RETURN(params.tlsMode, tlsModeOf(parsed.text("tls")));
    WEFT_RETURN_IF_ERROR(checkNodeId(params.nodeId));
    if (!params.ipv4Network.empty()) {
        const auto network = net::parseNetwork(params.ipv4Network);
        if (!network.ok()) {
            return annotate(network.status(), "--ipv4-network");
        }
        if (params.disableIpv4) {
            return invalidArgument("--no-ipv4 and --ipv4-network exclude each other: give one");
        }
    }
    return params;
}

}  // namespace

Status runMeshCreate(Context& context, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(const auto params, createParams(parsed));
    WEFT_ASSIGN_OR_RETURN(const auto before, context.session->state());
    WEFT_ASSIGN_OR_RETURN(
        const auto profile, context.session->call<api::Profile>([&](Callback<api::Profile> done) {
            context.session->controller().createMesh(params, std::move(done));
        }));
    return finish(context, parsed, profile, before.revision);
}

Status runJoin(Context& context, const Parsed& parsed) {
    api::JoinWithCodeParams params;
    WEFT_ASSIGN_OR_RETURN(params.code, wordOrLine(context, parsed.text("CODE")));
    params.nodeId = parsed.text("node-id");
    params.name = parsed.text("name");
    params.endpoints = parsed.list("endpoint");
    WEFT_RETURN_IF_ERROR(checkNodeId(params.nodeId));
    WEFT_ASSIGN_OR_RETURN(const auto before, context.session->state());
    WEFT_ASSIGN_OR_RETURN(
        const auto profile, context.session->call<api::Profile>([&](Callback<api::Profile> done) {
            context.session->controller().joinWithCode(params, std::move(done));
        }));
    return finish(context, parsed, profile, before.revision);
}

Status runMeshRelease(Context& context, const Parsed& parsed) {
    const std::string node = parsed.text("NODE");
    WEFT_RETURN_IF_ERROR(config::validateNodeId(node));
    WEFT_ASSIGN_OR_RETURN(const auto id, requireConnected(context, parsed.text("profile")));
    WEFT_RETURN_IF_ERROR(context.session->run([&](StatusCallback done) {
        context.session->controller().releaseNode(id, node, std::move(done));
    }));
    if (context.out.isStructured()) {
        context.out.write(Document::Members{{"released", node}});
    } else if (!context.out.quiet()) {
        context.out.line(fmt::format("{} may join again with a new key.", safe(node)));
    }
    return okStatus();
}

}  // namespace weft::cli
