// SPDX-License-Identifier: Apache-2.0
// bench_etcd_peer put ENDPOINT WORKERS SECONDS
// The closed loop of bench_storage against an etcd, one channel for each worker. Prints
// "ops/s p50 p99 max failed", times in milliseconds.
#include "tests/bench/closed_loop.h"

#include "etcd_min.grpc.pb.h"

#include <grpcpp/grpcpp.h>

#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>

namespace weft::bench {
namespace {

constexpr std::chrono::seconds kDeadline{5};

LoopCall makePut(const std::string& endpoint, int worker) {
    grpc::ChannelArguments arguments;
    // Channels with the same arguments would share one connection.
    arguments.SetInt("weft.bench.worker", worker);
    const std::shared_ptr<etcdserverpb::KV::Stub> stub = etcdserverpb::KV::NewStub(
        grpc::CreateCustomChannel(endpoint, grpc::InsecureChannelCredentials(), arguments));
    return [stub](std::uint64_t number) {
        grpc::ClientContext context;
        context.set_deadline(std::chrono::system_clock::now() + kDeadline);
        etcdserverpb::PutRequest request;
        request.set_key(benchKey(number));
        request.set_value(std::string(kValueBytes, 'v'));
        etcdserverpb::PutResponse response;
        return stub->Put(&context, request, &response).ok();
    };
}

int run(int argc, char** argv) {
    if (argc != 5 || std::string_view(argv[1]) != "put") {
        std::cerr << "usage: bench_etcd_peer put ENDPOINT WORKERS SECONDS\n";
        return 2;
    }
    const std::string endpoint = argv[2];
    const LoopResult result =
        closedLoop(std::atoi(argv[3]), std::strtod(argv[4], nullptr), [&](int worker) {
            return makePut(endpoint, worker);
        });
    std::cout << lineOf(result);
    return result.perSecond > 0 ? 0 : 1;
}

}  // namespace
}  // namespace weft::bench

int main(int argc, char** argv) {
    return weft::bench::run(argc, argv);
}
