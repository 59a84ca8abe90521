// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands/commands.h"
#include "app/cli/connection_wait.h"
#include "app/cli/qr.h"
#include "app/cli/wording.h"
#include "core/base/text.h"
#include "core/config/options.h"
#include "core/mesh/invitation_code.h"
#include "core/net/endpoint.h"

#include <fmt/format.h>

#include <chrono>

namespace weft::cli {
namespace {

constexpr std::uint16_t kApiPort = 8443;

StatusOr<api::CreateInvitationParams> createParams(const Parsed& parsed) {
    api::CreateInvitationParams params;
    params.nodeId = parsed.text("node-id");
    params.note = parsed.text("note");
    if (!params.nodeId.empty()) {
        WEFT_RETURN_IF_ERROR(annotate(config::validateNodeId(params.nodeId), "--node-id"));
    }
    WEFT_ASSIGN_OR_RETURN(
        const Duration lifetime, parsed.duration("expires", std::chrono::hours(24)));
    params.lifetime = std::chrono::ceil<std::chrono::seconds>(lifetime);
    for (const auto& address : parsed.list("address")) {
        const auto parsedAddress = net::HostPort::parse(address, kApiPort);
        if (!parsedAddress.ok()) {
            return annotate(parsedAddress.status(), "--address");
        }
        params.addresses.push_back(parsedAddress->toString());
    }
    return params;
}

void printInvitation(Context& context, const api::NewInvitation& made) {
    const WallTime now = context.clock.wallNow();
    Facts facts;
    facts.add("Code", made.code);
    facts.add("Id", made.invitation.id);
    facts.add("For", made.invitation.nodeId.empty() ? "any name" : made.invitation.nodeId);
    facts.add("Note", made.invitation.note);
    facts.add("Expires", relativeText(made.invitation.expiresAt, now));
    facts.print(context.out);
    context.notes << "It works once. On the other computer: weftctl join CODE\n";
}

/// All of this stands in the code itself. The secret is not shown.
api::CodePreview previewOf(const mesh::InvitationCode& code, WallTime now) {
    api::CodePreview preview;
    preview.addresses = code.addresses;
    preview.authorityFingerprint = base::hexEncode(code.authorityFingerprint);
    preview.expiresAt = code.expiresAt;
    preview.expired = now >= code.expiresAt;
    preview.invitationId = code.invitationId;
    return preview;
}

}  // namespace

Status runInviteCreate(Context& context, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(const auto params, createParams(parsed));
    WEFT_ASSIGN_OR_RETURN(const auto id, requireConnected(context, parsed.text("profile")));
    WEFT_ASSIGN_OR_RETURN(
        const auto made,
        context.session->call<api::NewInvitation>([&](Callback<api::NewInvitation> done) {
            context.session->controller().createInvitation(id, params, std::move(done));
        }));
    Output& out = context.out;
    if (out.isStructured()) {
        out.write(
            Document::Members{{"code", made.code}, {"invitation", describe(made.invitation)}});
        return okStatus();
    }
    if (out.quiet()) {
        out.line(safe(made.code));
    } else {
        printInvitation(context, made);
    }
    if (parsed.has("qr")) {
        WEFT_ASSIGN_OR_RETURN(const std::string qr, qrText(made.code, out.colour()));
        out.stream() << qr;
    }
    return okStatus();
}

Status runInviteList(Context& context, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(const auto id, requireConnected(context, parsed.text("profile")));
    using Invitations = std::vector<api::Invitation>;
    WEFT_ASSIGN_OR_RETURN(
        const auto invitations, context.session->call<Invitations>([&](Callback<Invitations> done) {
            context.session->controller().invitations(id, std::move(done));
        }));
    Output& out = context.out;
    if (out.isStructured()) {
        Document::List list;
        for (const auto& invitation : invitations) {
            list.push_back(describe(invitation));
        }
        out.write(list);
        return okStatus();
    }
    const WallTime now = context.clock.wallNow();
    Table table({"ID", "STATE", "FOR", "EXPIRES", "USED BY", "NOTE"});
    for (const auto& each : invitations) {
        if (out.quiet()) {
            out.line(safe(each.id));
        }
        table.add(
            {each.id,
             std::string(nameOf(each.state)),
             each.nodeId,
             relativeText(each.expiresAt, now),
             each.usedBy,
             each.note});
    }
    if (!out.quiet()) {
        table.print(out.stream());
    }
    return okStatus();
}

Status runInviteRevoke(Context& context, const Parsed& parsed) {
    const std::string invitation = parsed.text("ID");
    WEFT_ASSIGN_OR_RETURN(const auto id, requireConnected(context, parsed.text("profile")));
    WEFT_RETURN_IF_ERROR(context.session->run([&](StatusCallback done) {
        context.session->controller().revokeInvitation(id, invitation, std::move(done));
    }));
    if (context.out.isStructured()) {
        context.out.write(Document::Members{{"revoked", invitation}});
    } else if (!context.out.quiet()) {
        context.out.line(fmt::format("Invitation {} is revoked.", safe(invitation)));
    }
    return okStatus();
}

Status runInviteOpen(Context& context, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(const auto text, wordOrLine(context, parsed.text("CODE")));
    WEFT_ASSIGN_OR_RETURN(const auto code, mesh::InvitationCode::parse(text));
    const auto preview = previewOf(code, context.clock.wallNow());
    if (context.out.isStructured()) {
        context.out.write(describe(preview));
        return okStatus();
    }
    Facts facts;
    facts.add("Invitation", preview.invitationId);
    for (const auto& address : preview.addresses) {
        facts.add("Address", address);
    }
    facts.add("Authority", preview.authorityFingerprint);
    facts.add(
        preview.expired ? "Expired" : "Expires",
        relativeText(preview.expiresAt, context.clock.wallNow()),
        preview.expired ? Tone::Bad : Tone::Plain);
    facts.print(context.out);
    if (preview.expired) {
        context.notes << "This invitation is over: ask for a new one.\n";
    }
    return okStatus();
}

}  // namespace weft::cli
