// SPDX-License-Identifier: Apache-2.0
#include "core/net/endpoint.h"
#include "tests/fuzz/fuzz_check.h"

namespace {

void checkEndpoint(std::string_view text) {
    const auto endpoint = weft::net::Endpoint::parse(text);
    if (!endpoint.ok()) {
        return;
    }
    const auto again = weft::net::Endpoint::parse(endpoint->toString());
    WEFT_FUZZ_CHECK(again.ok());
    WEFT_FUZZ_CHECK(*again == *endpoint);
}

void checkHostPort(std::string_view text, std::uint16_t defaultPort) {
    const auto hostPort = weft::net::HostPort::parse(text, defaultPort);
    if (!hostPort.ok()) {
        return;
    }
    const auto again = weft::net::HostPort::parse(hostPort->toString(), defaultPort);
    WEFT_FUZZ_CHECK(again.ok());
    WEFT_FUZZ_CHECK(*again == *hostPort);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::uint16_t kDefaultPort = 8443;
    const auto text = weft::fuzz::asText(data, size);
    checkEndpoint(text);
    checkHostPort(text, 0);
    checkHostPort(text, kDefaultPort);
    return 0;
}
