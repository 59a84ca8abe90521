// SPDX-License-Identifier: Apache-2.0
// mesh_call: one call of a member to another node's mesh-facing server.
//
//   mesh_call ADDRESS:PORT SERVER-NAME PROFILE-FOLDER METHOD [REQUEST-IN-HEX] [HEADER=VALUE...]
// Shows the certificate of the profile. Prints what came of it as JSON:
// {"code": N, "message": "...", "answer": "HEX"}.
#include "core/base/file.h"
#include "core/base/text.h"
#include "core/services/link/channel.h"

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/completion_queue.h>
#include <grpcpp/generic/generic_stub.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

namespace weft::tests {
namespace {

constexpr std::chrono::seconds kLimit{20};
constexpr std::size_t kMaxFileBytes = 1 << 20;

StatusOr<services::LinkOptions> optionsOf(
    const std::string& serverName, const std::filesystem::path& folder) {
    services::LinkOptions options;
    options.serverName = serverName;
    WEFT_ASSIGN_OR_RETURN(options.authorityPem, base::readFile(folder / "ca.crt", kMaxFileBytes));
    WEFT_ASSIGN_OR_RETURN(
        options.identity.certificatePem, base::readFile(folder / "node.crt", kMaxFileBytes));
    WEFT_ASSIGN_OR_RETURN(const auto key, base::readFile(folder / "node-tls.key", kMaxFileBytes));
    options.identity.keyPem = crypto::SecretBytes(key);
    return options;
}

int call(const std::vector<std::string>& words) {
    const auto address = net::HostPort::parse(words[0]);
    auto options = optionsOf(words[1], words[2]);
    if (!address.ok() || !options.ok()) {
        const auto& why = address.ok() ? options.status() : address.status();
        std::fprintf(stderr, "mesh_call: %s\n", messageOf(why).c_str());
        return 2;
    }
    const auto request = base::hexDecode(words.size() > 4 ? words[4] : "");
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + kLimit);
    for (std::size_t i = 5; i < words.size(); ++i) {
        const auto equals = words[i].find('=');
        context.AddMetadata(words[i].substr(0, equals), words[i].substr(equals + 1));
    }
    grpc::GenericStub stub(services::makeChannel(*address, *options));
    grpc::CompletionQueue queue;
    const grpc::Slice slice(request.value_or(""));
    const auto reader =
        stub.PrepareUnaryCall(&context, words[3], grpc::ByteBuffer(&slice, 1), &queue);
    grpc::ByteBuffer answer;
    grpc::Status status;
    reader->StartCall();
    reader->Finish(&answer, &status, nullptr);
    void* tag = nullptr;
    bool ok = false;
    queue.Next(&tag, &ok);
    queue.Shutdown();
    while (queue.Next(&tag, &ok)) {
    }
    grpc::Slice bytes;
    const bool read = status.ok() && answer.DumpToSingleSlice(&bytes).ok();
    const std::string text =
        read ? std::string(reinterpret_cast<const char*>(bytes.begin()), bytes.size()) : "";
    std::string message;
    for (const char letter : status.error_message()) {
        message += letter == '"' || letter == '\\' || letter < ' ' ? ' ' : letter;
    }
    std::printf(
        "{\"code\": %d, \"message\": \"%s\", \"answer\": \"%s\"}\n",
        static_cast<int>(status.error_code()),
        message.c_str(),
        base::hexEncode(text).c_str());
    return 0;
}

}  // namespace
}  // namespace weft::tests

int main(int argc, char** argv) {
    const std::vector<std::string> words(argv + 1, argv + argc);
    if (words.size() < 4) {
        std::fprintf(
            stderr,
            "usage: mesh_call ADDRESS:PORT SERVER-NAME PROFILE-FOLDER METHOD [HEX] "
            "[HEADER=VALUE...]\n");
        return 2;
    }
    const int code = weft::tests::call(words);
    std::fflush(stdout);
    // The library's threads may still be ending a connection, which its globals must not end
    // before.
    std::_Exit(code);
}
